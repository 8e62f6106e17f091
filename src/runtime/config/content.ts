import { readFileSync } from 'node:fs';
import { MartyError } from '../../errors';
import { isPlain } from '../../spec/configuration';
import { configMapNameOf, mounts } from '../../spec/names';
import { textOfValue } from '../../spec/problems';
import type { Schema } from './json-schema';
import type { Variables } from './overrides';
import { reasonOf } from './reason';

/** The variable that names the file, where it is not in its usual place. */
export const fileVariable = 'MARTY_CONFIG_FILE';

const format = 'marty-msf/runtime/v1';

/** The file that a process reads its configuration from. */
export function configFileOf(env: Variables): string {
  return env[fileVariable] ?? `${mounts.config}/${mounts.configFile}`;
}

/**
 * The text of the file.
 *
 * @throws CONFIG_INVALID when it cannot be read.
 */
export function textOf(file: string, service: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MartyError('CONFIG_INVALID',
      `${service}: ${file} cannot be read (${reasonOf(cause)}); mount the ConfigMap ${configMapNameOf(service)} there, or name another file in ${fileVariable}`, { cause });
  }
}

/**
 * What a text says, when it is of the format that is read here.
 *
 * @throws CONFIG_INVALID when it is no JSON, or of another format.
 */
export function contentOf(text: string, file: string, service: string): Schema {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new MartyError('CONFIG_INVALID', `${service}: ${file} is no JSON (${reasonOf(cause)}); write it with marty synth`, { cause });
  }
  if (isPlain(content) && content.format === format) return content;
  const got = textOfValue(isPlain(content) ? content.format : undefined);
  throw new MartyError('CONFIG_INVALID', `${service}: ${file}: format is ${got}, expected "${format}"; ${
    got === 'missing' ? 'write it with marty synth' : 'write it with the marty-msf that this build contains, or build the service with the one that wrote it'}`);
}
