import { dirname } from 'node:path';
import { MartyError, type Problem } from '../../errors';
import { readYaml, type YamlDocument } from '../../manifests/yaml-documents';
import { filesAt, type Skipped } from '../import/files';
import { at, isFields, textAt, type Fields } from '../import/value';
import type { Io } from '../io';
import { createOwners, type Owner } from './owners';

/** An object that is checked, and where it stands. */
export interface CheckedObject {
  readonly object: Fields;
  readonly file: string;
  /** The line it begins on. */
  readonly line: number;
  /** The line of what stands at a path of it. */
  readonly lineOf: (path: string) => number;
  /** The construct that defined it, where a file beside it says so. */
  readonly construct?: string;
}

/** Objects that go to one cluster: an environment of ours, or everything else that was given. */
export interface CheckedSet { readonly name: string; readonly objects: readonly CheckedObject[] }

/** What was read, and what was not. */
export interface CheckSource { readonly sets: readonly CheckedSet[]; readonly skipped: readonly Skipped[] }

const namesAKind = /^\s*"?(apiVersion|kind)"?\s*:/m;

/**
 * Reads every object that paths name, environment by environment.
 *
 * @param paths files, folders, or `-` for stdin.
 * @throws USAGE when there is no such file or folder.
 * @throws INPUT_INVALID with the place of everything that is no YAML, no object, or there twice.
 */
export function readSets(io: Io, cwd: string, paths: readonly string[]): CheckSource {
  const problems: Problem[] = [];
  const skipped: Skipped[] = [];
  const sets = new Map<string, CheckedObject[]>();
  const owners = createOwners(io, cwd);
  for (const path of paths) {
    const found = filesAt(io, cwd, path, 'check');
    const isAlone = found.files.length === 1;
    for (const { name, text } of found.files) readFile(name, text, isAlone, owners.ownerOf(name), { problems, skipped, sets });
    // In a folder of ours, a kustomization beside the objects is no surprise.
    skipped.push(...found.skipped.filter(({ place }) => !owners.isOurs(dirname(place))));
  }
  for (const objects of sets.values()) problems.push(...repeated(objects));
  const what = paths.map(path => (path === '-' ? 'stdin' : path)).join(', ');
  if (problems.length) throw new MartyError('INPUT_INVALID', `${what} cannot be checked:`, { problems });
  if (![...sets.values()].some(objects => objects.length)) throw new MartyError('INPUT_INVALID', `${what} holds no Kubernetes object; expected rendered manifests: YAML or JSON with apiVersion, kind and metadata.name`);
  return { sets: [...sets].map(([name, objects]) => ({ name, objects })).sort((a, b) => (a.name < b.name ? -1 : 1)), skipped };
}

interface Collected { readonly problems: Problem[]; readonly skipped: Skipped[]; readonly sets: Map<string, CheckedObject[]> }

function readFile(file: string, text: string, isAlone: boolean, owner: Owner, { problems, skipped, sets }: Collected): void {
  const { documents, problems: broken } = readYaml(text);
  // Among the files of a folder there is YAML of other programs, in dialects of theirs.
  if (broken.length && !isAlone && !namesAKind.test(text)) {
    skipped.push({ place: file, reason: 'is no object of a cluster, and no YAML either: it names no apiVersion and kind' });
    return;
  }
  problems.push(...broken.map(({ line, message }) => ({ path: `${file}:${line}`, message: `is no YAML: ${message}` })));
  const objects = sets.get(owner.set) ?? [];
  sets.set(owner.set, objects);
  for (const document of documents) {
    for (const { value, path } of itemsOf(document)) {
      const line = path === '' ? document.line : document.lineOf(path);
      const wrong = faultOf(value);
      if (isFields(value) && wrong === undefined) {
        const prefix = path === '' ? '' : `${path}.`;
        objects.push({ object: value, file, line, lineOf: inner => document.lineOf(prefix + inner), construct: owner.construct });
      } else if (wrong?.isForeign && !isAlone) {
        skipped.push({ place: `${file}:${line}`, reason: wrong.message });
      } else if (wrong) {
        problems.push({ path: `${file}:${line}`, message: wrong.message });
      }
    }
  }
}

interface Item { readonly value: unknown; readonly path: string }

/** The objects in a document: of a list, its items, of which an empty one has none. */
function itemsOf({ value: root }: YamlDocument): Item[] {
  const seen = new Set<unknown>();
  const inside = (value: unknown, path: string): Item[] => {
    const items = at(value, 'items');
    if (!isFields(value) || !/List$/.test(textAt(value, 'kind') ?? '') || !Array.isArray(items)) return [{ value, path }];
    // An alias can make a list contain itself.
    if (seen.has(value)) return [];
    seen.add(value);
    return items.flatMap((item, index) => (item === null || item === undefined ? [] : inside(item, `${path === '' ? '' : `${path}.`}items[${index}]`)));
  };
  return inside(root, '');
}

interface Fault { readonly message: string; readonly isForeign: boolean }

/** Why something is no object of a cluster; `isForeign` tells that it may well be meant for another program. */
function faultOf(value: unknown): Fault | undefined {
  const expected = 'expected an object with apiVersion, kind and metadata.name';
  if (!isFields(value)) return { message: `is ${Array.isArray(value) ? 'a list' : 'no object'}, ${expected}`, isForeign: true };
  const [apiVersion, kind] = [textAt(value, 'apiVersion'), textAt(value, 'kind')];
  const isForeign = (!apiVersion && !kind) || at(value, 'metadata') === undefined || Boolean(apiVersion?.startsWith('kustomize.config.k8s.io/'));
  const missing = [
    ...(apiVersion ? [] : ['apiVersion']), ...(kind ? [] : ['kind']),
    ...(textAt(value, 'metadata', 'name') || textAt(value, 'metadata', 'generateName') ? [] : ['metadata.name']),
  ];
  if (missing.length) return { message: `${[kind, 'has no'].filter(Boolean).join(' ')} ${missing.join(', ')}, ${expected}`, isForeign };
  return apiVersion?.startsWith('kustomize.config.k8s.io/') ? { message: 'is a kustomization; check what `kustomize build` prints', isForeign } : undefined;
}

/** What one cluster cannot have twice. */
function repeated(objects: readonly CheckedObject[]): Problem[] {
  const first = new Map<string, CheckedObject>();
  return objects.flatMap(checked => {
    const name = textAt(checked.object, 'metadata', 'name');
    if (!name) return [];
    const apiVersion = textAt(checked.object, 'apiVersion') ?? '';
    const [kind, namespace] = [textAt(checked.object, 'kind'), textAt(checked.object, 'metadata', 'namespace')];
    const key = JSON.stringify([apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind, namespace, name]);
    const other = first.get(key);
    if (!other) first.set(key, checked);
    const title = [kind, [namespace, name].filter(Boolean).join('/')].join(' ');
    return other ? [{ path: `${checked.file}:${checked.line}`, message: `is ${title} a second time; it stands in ${other.file}:${other.line} already` }] : [];
  });
}

