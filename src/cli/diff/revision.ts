import { dirname, posix, relative, resolve, sep } from 'node:path';
import { MartyError } from '../../errors';
import { sideAt, type Side } from './side';
import type { Files, Io } from '../io';

/**
 * What stood in a folder at a revision, read from the repository on this machine.
 *
 * @throws TOOL_MISSING without git.
 * @throws USAGE when there is no such revision, or the folder is in no repository.
 */
export function sideSince(io: Io, cwd: string, path: string, revision: string): Side {
  const git = (args: readonly string[], input?: string) => {
    const said = io.capture('git', args, { cwd: existing(io, resolve(cwd, path)), input });
    if (!said) throw new MartyError('TOOL_MISSING', 'git is not on the PATH; install it, or compare two folders: marty diff BEFORE AFTER');
    if (said.code !== 0) {
      const [reason] = said.err.trim().split('\n');
      throw new MartyError('USAGE', `--since is ${revision}, expected a revision of the repository that ${path} is in${reason ? `: ${reason}` : ''}`);
    }
    return said.out;
  };
  if (revision.startsWith('-')) throw new MartyError('USAGE', `--since is ${revision}, expected a revision such as main or HEAD~1`);
  const commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]).trim();
  const inside = posix.join(git(['rev-parse', '--show-prefix']).trim(), relative(existing(io, resolve(cwd, path)), resolve(cwd, path)).split(sep).join('/'));
  const folder = inside === '' || inside === '.' ? '' : inside.replace(/\/?$/, '/');
  const names = git(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit]).split('\0').filter(name => name.startsWith(folder) && /\.(?:ya?ml|json|txt)$|kustomization$/i.test(name));
  const texts = textsOf(git(['cat-file', '--batch'], names.map(name => `${commit}:${name}\n`).join('')), names);
  const files = new Map(names.map((name, index) => [name.slice(folder.length), texts[index]]));
  return sideAt(io, cwd, path, { name: `${path} at ${revision}`, files: filesOf(resolve(cwd, path), files) });
}

/** The nearest folder that is there, since the one that is asked for may have come or gone since then. */
function existing(io: Io, path: string): string {
  const isFolder = io.files.exists(path) && !/\.(?:ya?ml|json)$/.test(path);
  return isFolder || dirname(path) === path ? path : existing(io, dirname(path));
}

/** The contents that `git cat-file --batch` prints, one after another, each behind its size in bytes. */
function textsOf(printed: string, names: readonly string[]): string[] {
  const bytes = Buffer.from(printed);
  let at = 0;
  return names.map(() => {
    const end = bytes.indexOf('\n', at);
    const size = Number(/ (\d+)$/.exec(bytes.toString('utf8', at, end))?.[1] ?? 0);
    at = end + 1 + size + 1;
    return bytes.toString('utf8', end + 1, end + 1 + size);
  });
}

function filesOf(root: string, files: ReadonlyMap<string, string>): Files {
  const nothing = (): never => { throw new Error('a revision is only read'); };
  return {
    exists: () => true,
    isFolder: () => true,
    text: path => files.get(relative(root, path).split(sep).join('/')),
    list: () => [...files.keys()],
    create: nothing, temporary: nothing, remove: nothing,
  };
}
