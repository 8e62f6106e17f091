import type { Tree } from '../../src/synth/tree';

/** A tree of plain folders with their files. */
export function treeOf(folders: Readonly<Record<string, Readonly<Record<string, string>>>>, owner = 'shop'): Tree {
  return new Map(Object.entries(folders).map(([folder, files]) => [folder, {
    owner, files: new Map(Object.entries(files).map(([file, text]) => [file, { text, construct: `app/${folder}/${file}` }])),
  }]));
}

/** A tree as text by path. */
export function textsOf(tree: Tree): Record<string, string> {
  return Object.fromEntries([...tree].flatMap(([folder, { files }]) => [...files].map(([file, { text }]) => [`${folder}/${file}`, text])).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const configMap = (value: string, name = 'settings') => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: shop\ndata:\n  level: ${value}\n`;
