import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where judges are kept, outside the tree: `MARTY_JUDGES_CACHE`, or `marty-msf/judges` in the user's cache folder.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env.MARTY_JUDGES_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'marty-msf', 'judges');
}

/** The program of a judge; name and version are in the file name, so two versions never meet. */
export function programPath(name: string, version: string): string {
  return join(cacheFolder(), 'bin', `${name}-${version}`);
}

/** The file that says from which pins the program was built. */
export function stampPath(name: string, version: string): string {
  return join(cacheFolder(), 'stamps', `${name}-${version}.json`);
}
