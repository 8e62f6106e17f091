import { posix } from 'node:path';
import { MartyError } from '../../errors';
import { ownershipFile, parseOwnership, type Ownership } from '../../synth/ownership';
import { environmentOf, isIndex } from '../../synth/plan';
import type { Tree } from '../../synth/tree';

/** Who writes the project's folders. */
export interface Owners {
  /** Who writes them when nobody says otherwise. */
  readonly project: string;
  /** Who is to be named in the project's place. */
  readonly instead?: string;
}

/**
 * What an app wrote, as a tree. A folder with an ownership file has the owner it names; the folders of a plain cdk8s app, which knows of no
 * ownership, have the project's. Our indexes are left out: they list what other repositories write, too.
 */
export function stagedTree(written: ReadonlyMap<string, string>, { project, instead = project }: Owners): Tree {
  const tree = new Map<string, { owner: string; files: Map<string, { text: string; construct: string }> }>();
  for (const [path, text] of written) {
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
    const file = posix.basename(path);
    if (file === ownershipFile || (file === 'kustomization.yaml' && isIndex(text))) continue;
    const ownership = ownershipIn(written, folder);
    const owner = ownership?.owner ?? project;
    const entry = tree.get(folder) ?? { owner: owner === project ? instead : owner, files: new Map<string, { text: string; construct: string }>() };
    tree.set(folder, entry);
    entry.files.set(file, { text, construct: ownership?.files[file]?.construct ?? '' });
  }
  return tree;
}

function ownershipIn(written: ReadonlyMap<string, string>, folder: string): Ownership | undefined {
  const text = written.get(posix.join(folder, ownershipFile));
  return text === undefined ? undefined : parseOwnership(text);
}

/**
 * As much of a tree as belongs to some environments.
 *
 * @throws PLATFORM_INVALID when nothing belongs to one of them.
 */
export function treeFor(tree: Tree, environments: readonly string[]): Tree {
  const there = new Set([...tree.keys()].map(environmentOf));
  const unknown = environments.filter(environment => !there.has(environment));
  if (unknown.length) throw new MartyError('PLATFORM_INVALID', `the app wrote nothing for ${unknown.join(', ')}, only for ${[...there].map(name => name || '(no environment)').join(', ')}`);
  return new Map([...tree].filter(([folder]) => environments.includes(environmentOf(folder))));
}
