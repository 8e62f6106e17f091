import { execFileSync } from 'node:child_process';
import { relative } from 'node:path';
import { root } from './sources';

/** The files, from the root of the repository, that a process has loaded after it ran some code. */
export function loadedFilesBy(code: string): string[] {
  const output = execFileSync(process.execPath, ['-e', `${code}; console.log(JSON.stringify(Object.keys(require.cache)))`], { cwd: root, encoding: 'utf8' });
  return (JSON.parse(output) as string[]).map(file => relative(root, file).replace(/\\/g, '/'));
}
