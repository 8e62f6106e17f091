import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MartyError } from '../errors';

/**
 * The name in the nearest package.json, going up from a folder: who writes what is synthesized there.
 *
 * @throws PROJECT_INVALID when a package.json cannot be read.
 */
export function ownerOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const name = nameIn(join(at, 'package.json'));
    if (typeof name === 'string' && name) return name;
    if (dirname(at) === at) return 'marty-msf';
  }
}

function nameIn(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown } | null)?.name;
  } catch (cause) {
    throw new MartyError('PROJECT_INVALID', `${file} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
