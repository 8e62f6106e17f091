import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder that this package is installed in. */
export const packageFolder = join(__dirname, '..', '..');

/** The version of this package. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  return version;
}
