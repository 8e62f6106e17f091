import { ownershipText, sha256, type Ownership } from './ownership';
import type { ObjectFile } from './render';

/** One folder of the output: its files by name, without the ownership file. */
export interface Folder {
  readonly owner: string;
  readonly files: ReadonlyMap<string, { readonly text: string; readonly construct: string }>;
}

/** The whole output by folder: `production/orders` and what is in it. */
export type Tree = ReadonlyMap<string, Folder>;

/** The files that an app's objects become: one per object, and a kustomization per folder. */
export function treeOf(objects: readonly ObjectFile[], owner: string): Tree {
  const tree = new Map<string, { owner: string; files: Map<string, { text: string; construct: string }> }>();
  for (const object of objects) {
    const { folder, file } = object;
    const entry = tree.get(folder) ?? { owner, files: new Map<string, { text: string; construct: string }>() };
    tree.set(folder, entry);
    // Its text may be made only when it is asked for.
    entry.files.set(file, object);
  }
  for (const { files } of tree.values()) files.set('kustomization.yaml', { text: kustomizationOf([...files.keys()]), construct: '' });
  return tree;
}

/** @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export function kustomizationOf(resources: readonly string[]): string {
  const entries = [...resources].sort().map(name => `  - ${isPlainScalar(name) ? name : JSON.stringify(name)}\n`);
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${entries.join('')}`;
}

/** Whether a name means itself in YAML 1.1 without quotes: a folder may well be called `on`. */
function isPlainScalar(name: string): boolean {
  return /^[A-Za-z_][\w./-]*$/.test(name) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(name);
}

/** What the ownership file of a folder says. */
export function ownershipOf(folder: Folder): Ownership {
  const files = Object.fromEntries([...folder.files].map(([name, { text, construct }]) => [name, { construct, sha256: sha256(text) }]));
  return { format: 'marty-msf/ownership/v1', owner: folder.owner, files };
}

/** The ownership file of a folder. */
export const ownershipTextOf = (folder: Folder) => ownershipText(ownershipOf(folder));
