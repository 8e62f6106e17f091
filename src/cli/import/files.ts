import { dirname, join, posix, resolve } from 'node:path';
import { MartyError } from '../../errors';
import { at, listAt, textAt } from './value';
import type { Io } from '../io';

/** A file that is read. */
export interface SourceFile { readonly name: string; readonly text: string }

/** Something that was found and not read as an object, and why. */
export interface Skipped {
  /** The file, and the line where it begins. */
  readonly place: string;
  /** What it is instead, and what to do to have it read. */
  readonly reason: string;
}

/** Files that may hold objects, and those that are known to hold something else. */
export interface Found { readonly files: readonly SourceFile[]; readonly skipped: readonly Skipped[] }

/**
 * The files that a path names: one, all YAML and JSON below a folder, or stdin for `-`.
 *
 * @param verb what is done with them, as messages have it.
 * @throws USAGE when there is no such file or folder.
 */
export function filesAt(io: Io, cwd: string, path: string, verb: 'import' | 'check' = 'import'): Found {
  if (path === '-') return { files: [{ name: 'stdin', text: io.input() }], skipped: [] };
  const file = resolve(cwd, path);
  if (!io.files.exists(file)) throw new MartyError('USAGE', `${path} is not there; expected a file or folder of manifests, or - for stdin`);
  const below = io.files.list(file).filter(name => !name.split('/').includes('node_modules')).sort();
  const read = (name: string): SourceFile => ({ name, text: io.files.text(resolve(cwd, name)) ?? '' });
  if (!below.length) return { files: io.files.isFolder(file) ? [] : [read(path)], skipped: [] };
  const others = new Map([...partsOfCharts(below, verb), ...partsOfKustomizations(below, verb, name => read(join(path, name)).text)]);
  const manifests = below.filter(name => /\.(ya?ml|json)$/.test(name) && !others.has(name));
  return {
    files: manifests.map(name => read(join(path, name))),
    skipped: [...others].map(([name, reason]) => ({ place: join(path, name), reason })),
  };
}

const isKustomization = (name: string) => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(name);

/** Files of Helm charts, which Helm makes manifests of; definitions of resources stand in a chart as they are. */
function partsOfCharts(names: readonly string[], verb: string): [string, string][] {
  const charts = names.filter(name => /(^|\/)Chart\.yaml$/.test(name)).map(name => dirname(name));
  return names.flatMap((name): [string, string][] => {
    const chart = charts.filter(folder => folder === '.' || name.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)[0];
    if (chart === undefined) return [];
    const part = posix.relative(chart, name);
    if (/^(Chart\.(yaml|lock)|values[^/]*\.(ya?ml|json))$/.test(part)) return [[name, `is read by Helm alone: it belongs to a chart; ${verb} what \`helm template\` prints`]];
    if (/(^|\/)NOTES\.txt$/.test(part)) return [[name, 'is what Helm says to whoever installs the chart']];
    return /^templates\/.*\.(ya?ml|json)$/.test(part) ? [[name, `is a template of a Helm chart; ${verb} what \`helm template\` prints`]] : [];
  });
}

/** Kustomizations, and the patches and settings that they name. */
function partsOfKustomizations(names: readonly string[], verb: string, textOf: (name: string) => string): [string, string][] {
  return names.filter(isKustomization).flatMap(name => [
    [name, `is a kustomization; ${verb} what \`kustomize build\` prints`] as [string, string],
    ...patchesOf(textOf(name)).map(patch => posix.join(dirname(name), patch)).filter(patch => names.includes(patch) && !isKustomization(patch))
      .map((patch): [string, string] => [patch, `is no whole object: ${name} lays it over others; ${verb} what \`kustomize build\` prints`]),
  ]);
}

function patchesOf(text: string): string[] {
  if (!/patches|replacements|transformers/.test(text)) return [];
  if (!/patches|replacements|transformers/.test(text)) return [];
  // Loaded when a kustomization names patches.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  const document: unknown = Array.isArray(documents) && documents[0]?.errors.length === 0 ? documents[0].toJS() : undefined;
  const merged = at(document, 'patchesStrategicMerge');
  const named = ['patches', 'patchesJson6902', 'replacements', 'transformers'].flatMap(field => listAt(document, field).map(entry => textAt(entry, 'path')));
  return [...named, ...Array.isArray(merged) ? merged : []].filter((path): path is string => typeof path === 'string' && /\.(ya?ml|json)$/.test(path));
}
