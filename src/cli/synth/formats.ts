import { resolve } from 'node:path';
import { MartyError } from '../../errors';
import { helmTree } from '../../synth/helm/arrange';
import { kustomizeTree } from '../../synth/kustomize/arrange';
import type { Layout } from '../../synth/layout';
import type { Tree } from '../../synth/tree';
import type { Project } from '../project/config';

/** What manifests are written as; each has a folder of its own. */
export const formats = ['plain', 'kustomize', 'helm'] as const;
export type Format = (typeof formats)[number];

/** @throws USAGE when there is no such format, or when it needs all environments and only some are asked for. */
export function formatNamed(name: string, environments: readonly string[] | undefined): Format {
  const format = formats.find(each => each === name);
  if (!format) throw new MartyError('USAGE', `--format is ${name}, expected ${formats.join(', ')}`);
  if (format === 'plain' || !environments) return format;
  throw new MartyError('USAGE', `--format is ${format} for ${environments.join(', ')} only, expected all environments; it says once what they have in common, so leave out --env and MARTY_ENVIRONMENTS`);
}

/** A tree in a format, with its layout where it is not the plain one. */
export function arranged(format: Format, tree: Tree): { readonly tree: Tree; readonly layout?: Layout } {
  if (format === 'plain') return { tree };
  return format === 'helm' ? helmTree(tree) : kustomizeTree(tree);
}

/**
 * Where a format goes to.
 *
 * @throws USAGE when that is the folder of another format, all of which would go.
 */
export function outdirOf(format: Format, project: Project, cwd: string, out: string | undefined): string {
  const outdir = out === undefined ? folderOf(format, project) : resolve(cwd, out);
  const other = formats.find(each => each !== format && folderOf(each, project) === outdir);
  if (other === undefined) return outdir;
  throw new MartyError('USAGE', `--out is ${out}, the folder of the format ${other}, whose files would go; expected a folder of its own for ${format}`);
}

/** Where a format is written when nobody says otherwise: beside the plain manifests, which stay what they are. */
function folderOf(format: Format, project: Project): string {
  return resolve(project.folder, format === 'plain' ? project.output : format);
}
