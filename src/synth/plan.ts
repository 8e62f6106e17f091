import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MartyError, type Problem } from '../errors';
import { isOurs, ownershipFile, parseOwnership, type Ownership } from './ownership';
import { deliveryFolders } from './delivery-folders';
import { kustomizationOf, ownershipOf, type Tree } from './tree';
import type { Layout } from './layout';

/** What happens to one file of the output. */
export type Action = 'write' | 'keep' | 'remove';

export interface Change {
  readonly folder: string;
  readonly file: string;
  readonly action: Action;
  /** Whether somebody changed by hand what we wrote; such a file is written again, and never removed. */
  readonly edited: boolean;
  readonly text?: string;
}

/** Everything that is to be done to an output folder. */
export interface Plan {
  readonly outdir: string;
  readonly changes: readonly Change[];
  /** The ownership of each folder before and after. */
  readonly folders: ReadonlyMap<string, { readonly before?: Ownership; readonly after?: Ownership }>;
  /** The kustomization that lists the folders of each environment, by the folder that it is in, where it changes; undefined removes it. */
  readonly indexes: ReadonlyMap<string, string | undefined>;
}

/** The first line of an index, by which we know that it is ours. */
const indexMark = '# The folders beside this file; each says in .marty-ownership who writes it.\n';

/**
 * Compares a tree with the output folder.
 *
 * @param environments only these are looked at, when given: nothing outside of them is stale.
 * @param layout how the folders are arranged, where it is not one folder per service in each environment.
 * @throws OUTPUT_CONFLICT when a file or folder that would be written belongs to somebody else.
 * @throws UPGRADE_REFUSED when a cluster could not follow the change of an object.
 */
export function planOf(tree: Tree, outdir: string, owners: ReadonlySet<string>, environments?: readonly string[], layout?: Layout): Plan {
  const existing = ownedFolders(outdir);
  const problems: Problem[] = [];
  const changes: Change[] = [];
  const folders = new Map<string, { before?: Ownership; after?: Ownership }>();
  for (const [folder, entry] of tree) {
    const way = fileInTheWay(outdir, folder);
    if (way) {
      problems.push({ path: way, message: 'is a file where a folder has to be; move it away' });
      continue;
    }
    const { owner, files } = entry;
    const before = existing.get(folder);
    if (before && before.owner !== owner) problems.push({ path: join(outdir, folder), message: `belongs to "${before.owner}", not to "${owner}"; write elsewhere, or let its owner remove it` });
    folders.set(folder, { before, after: ownershipOf(entry) });
    for (const [file, planned] of files) {
      const there = textOf(join(outdir, folder, file));
      const ours = before?.files[file];
      const same = there === planned.text;
      if (there !== undefined && !same && !ours) problems.push({ path: join(outdir, folder, file), message: 'is there already and was not written by us; move it away' });
      changes.push({ folder, file, get text() { return planned.text; }, action: same ? 'keep' : 'write', edited: edited(there, ours) });
    }
  }
  for (const [folder, before] of existing) {
    if (!owners.has(before.owner) || (environments && !environments.includes(environmentOf(folder)))) continue;
    const files = tree.get(folder)?.files;
    for (const [file, ours] of Object.entries(before.files)) {
      const there = textOf(join(outdir, folder, file));
      if (!files?.has(file) && there !== undefined) changes.push({ folder, file, action: edited(there, ours) ? 'keep' : 'remove', edited: edited(there, ours) });
    }
    if (!files) folders.set(folder, { before });
  }
  const indexes = indexesOf(outdir, existing, folders, problems, layout);
  if (problems.length) throw new MartyError('OUTPUT_CONFLICT', `nothing was written to ${outdir}:`, { problems });
  // Where nothing of ours is there yet, nothing can change; what tells is not loaded then.
  const guardedIn = ({ folder, file }: Change) => (layout ? layout.guardedIn(folder, file) : environmentOf(folder));
  if (existing.size) upgrades().checkUpgrades(outdir, changes, guardedIn);
  return { outdir, changes, folders, indexes };
}

/** Whether a kustomization is one of ours that lists the folders beside it. */
export const isIndex = (text: string) => text.startsWith(indexMark);

/** The environment that a folder belongs to: `production/orders`, or `_argo-cd/production/orders` for what delivers it. */
export const environmentOf = (folder: string) => lastOf(indexFolderOf(folder));

/** The folder whose index lists a folder: that of its environment, in its layout. */
export function indexFolderOf(folder: string): string {
  const [first, second] = folder.split('/');
  return deliveryFolders.has(first) && second !== undefined ? `${first}/${second}` : first;
}

const lastOf = (folder: string) => folder.slice(folder.lastIndexOf('/') + 1);
export const indexFileOf = (environment: string) => join(environment, 'kustomization.yaml');

/** A file that stands where a folder has to be made. */
function fileInTheWay(outdir: string, folder: string): string | undefined {
  const steps = folder.split('/');
  return steps.map((_, index) => join(outdir, ...steps.slice(0, index + 1))).find(path => statSync(path, { throwIfNoEntry: false })?.isFile());
}

const edited = (there: string | undefined, ours: Ownership['files'][string] | undefined) => there !== undefined && ours !== undefined && !isOurs(there, ours);

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Every folder below the output folder that says whose it is. */
function ownedFolders(outdir: string): Map<string, Ownership> {
  const found = new Map<string, Ownership>();
  for (const entry of existsSync(outdir) ? readdirSync(outdir, { recursive: true, withFileTypes: true }) : []) {
    if (entry.name !== ownershipFile) continue;
    const folder = entry.parentPath.slice(outdir.length).split(/[\\/]/).filter(Boolean).join('/');
    const ownership = parseOwnership(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    if (!ownership) throw new MartyError('OUTPUT_CONFLICT', `${join(outdir, folder, ownershipFile)} cannot be read; restore it, or remove the folder`);
    found.set(folder, ownership);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The index of a folder's environment. */
function plainIndexOf(folder: string): ReturnType<Layout['indexOf']> {
  const index = indexFolderOf(folder);
  return dirname(folder) === '.' ? undefined : { folder: index, entry: folder.slice(index.length + 1) };
}

function indexesOf(
  outdir: string, existing: ReadonlyMap<string, Ownership>, folders: Plan['folders'], problems: Problem[], layout?: Layout,
): Map<string, string | undefined> {
  const indexOf = (folder: string) => (layout ? layout.indexOf(folder) : plainIndexOf(folder));
  const staying = [...new Set([...existing.keys(), ...folders.keys()])].filter(folder => !folders.has(folder) || folders.get(folder)?.after);
  const environments = new Set([...folders.keys()].flatMap(folder => indexOf(folder)?.folder ?? []));
  const indexes = new Map<string, string | undefined>();
  for (const environment of environments) {
    const inside = staying.map(indexOf).flatMap(index => (index?.folder === environment ? [index.entry] : []));
    const text = inside.length ? indexMark + kustomizationOf(inside) : undefined;
    const there = textOf(join(outdir, indexFileOf(environment)));
    if (there !== undefined && !isIndex(there)) problems.push({ path: join(outdir, indexFileOf(environment)), message: 'is there already and was not written by us; move it away' });
    if (there !== text) indexes.set(environment, text);
  }
  return indexes;
}

// eslint-disable-next-line @typescript-eslint/no-require-imports
const upgrades = () => require('./upgrades') as typeof import('./upgrades');
