import { readFile } from 'node:fs/promises';
import { MartyError } from '../../errors';
import type { RuntimeConfig } from '../../spec/runtime-config';
import { secretNameOf } from '../../spec/names';
import { reasonOf } from '../config/reason';

/**
 * The content of a mounted secret, without the line break at its end.
 *
 * @param path where the ConfigMap names the file.
 * @throws CONFIG_INVALID when the file cannot be read.
 */
export async function secretOf(service: string, path: string, file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw new MartyError('CONFIG_INVALID',
      `${service}: ${path} is ${file}, which cannot be read (${reasonOf(cause)}); mount the Secret ${secretNameOf(service)} there`, { cause });
  }
}

/** A function per declared secret that reads it. */
export function secretsOf(service: string, secrets: RuntimeConfig['secrets']): Record<string, () => Promise<string>> {
  return Object.fromEntries(Object.entries(secrets).map(([alias, { file }]) => [
    alias, async () => secretOf(service, `secrets.${alias}.file`, file),
  ]));
}
