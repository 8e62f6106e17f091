import { resolve } from 'node:path';
import { z } from 'zod';
import { MartyError } from '../../errors';
import { parseDescription } from '../../spec/description';
import { checkFleet } from '../../spec/fleet';
import type { Context } from '../command';

/** What `marty spec --check --json` prints when nothing is wrong. */
export const specCheckResultSchema = z.strictObject({
  file: z.string(),
  platform: z.string(),
  services: z.array(z.string()),
});

export type SpecCheckResult = z.output<typeof specCheckResultSchema>;

/**
 * Checks a description that was written as JSON.
 *
 * @param file its path, or `-` for stdin.
 * @throws SPEC_INVALID with every problem of the document.
 * @throws PLATFORM_INVALID when its services do not fit together.
 */
export function checkDescription({ io, cwd }: Context, file: string): SpecCheckResult {
  const text = file === '-' ? io.input() : io.files.text(resolve(cwd, file));
  if (text === undefined) throw new MartyError('USAGE', `--check is ${file}, which is not there; expected the path of a JSON file, or - for stdin`);
  const services = parseDescription(documentIn(text, file));
  checkFleet(services);
  return { file, platform: services[0].platform.name, services: services.map(({ name }) => name) };
}

function documentIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new MartyError('SPEC_INVALID', `${file === '-' ? 'stdin' : file} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
