import { dirname } from 'node:path';
import { groupOf } from '../../check/manifest';
import { fieldAt, isSet, textAt } from '../../check/value';
import { MartyError, type Problem } from '../../errors';
import { readYaml, type YamlDocument } from '../../manifests/yaml-documents';
import { filesAt, type Skipped } from '../import/files';
import { isFields, type Fields } from '../import/value';
import type { Io } from '../io';
import { createOwners, type Owner } from './owners';

/** An object that is checked, and where it stands. */
export interface CheckedObject {
  readonly object: Fields;
  readonly file: string;
  /** The line it begins on. */
  readonly line: number;
  /** The line of what stands at a path of it. */
  lineOf(path: string): number;
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
      const wrong = faultOf(value);
      if (isFields(value) && wrong === undefined) {
        objects.push(new ReadObject(value, file, owner.construct, document, path));
        continue;
      }
      const place = `${file}:${lineOfItem(document, path)}`;
      if (wrong?.isForeign && !isAlone) skipped.push({ place, reason: wrong.message });
      else if (wrong) problems.push({ path: place, message: wrong.message });
    }
  }
}

/** An object where it was read. Lines are counted when somebody asks: most objects are as they should be. */
class ReadObject implements CheckedObject {
  constructor(
    readonly object: Fields,
    readonly file: string,
    readonly construct: string | undefined,
    private readonly document: YamlDocument,
    private readonly path: string,
  ) {}

  get line(): number {
    return lineOfItem(this.document, this.path);
  }

  lineOf(path: string): number {
    return this.document.lineOf(this.path === '' ? path : `${this.path}.${path}`);
  }
}

function lineOfItem(document: YamlDocument, path: string): number {
  return path === '' ? document.line : document.lineOf(path);
}

interface Item { readonly value: unknown; readonly path: string }

/** The objects in a document: of a list, its items, of which an empty one has none. */
function itemsOf({ value: root }: YamlDocument): Item[] {
  const seen = new Set<unknown>();
  const inside = (value: unknown, path: string): Item[] => {
    const items = fieldAt(value, 'items');
    if (!Array.isArray(items) || !textAt(value, 'kind').endsWith('List')) return [{ value, path }];
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
  const isKustomization = apiVersion.startsWith('kustomize.config.k8s.io/');
  const isForeign = (!apiVersion && !kind) || !isSet(value, 'metadata') || isKustomization;
  const missing = [
    ...(apiVersion ? [] : ['apiVersion']), ...(kind ? [] : ['kind']),
    ...(textAt(value, 'metadata.name') || textAt(value, 'metadata.generateName') ? [] : ['metadata.name']),
  ];
  if (missing.length) return { message: `${[kind, 'has no'].filter(Boolean).join(' ')} ${missing.join(', ')}, ${expected}`, isForeign };
  return isKustomization ? { message: 'is a kustomization; check what `kustomize build` prints', isForeign } : undefined;
}

/** What one cluster cannot have twice. */
function repeated(objects: readonly CheckedObject[]): Problem[] {
  const named = new Map<string, CheckedObject[]>();
  return objects.flatMap(checked => {
    const { object } = checked;
    const name = textAt(object, 'metadata.name');
    if (!name) return [];
    const kind = textAt(object, 'kind');
    const place = `${textAt(object, 'metadata.namespace')}/${name}`;
    const others = named.get(place) ?? [];
    const other = others.find(each => isSame(each.object, object));
    if (!other) {
      if (others.push(checked) === 1) named.set(place, others);
      return [];
    }
    const title = [kind, [textAt(object, 'metadata.namespace'), name].filter(Boolean).join('/')].join(' ');
    return [{ path: `${checked.file}:${checked.line}`, message: `is ${title} a second time; it stands in ${other.file}:${other.line} already` }];
  });
}

/** Whether a cluster takes two objects for one. */
function isSame(one: Fields, other: Fields): boolean {
  return textAt(one, 'kind') === textAt(other, 'kind') && textAt(one, 'metadata.name') === textAt(other, 'metadata.name')
    && namespaceOf(one) === namespaceOf(other) && groupOf(textAt(one, 'apiVersion')) === groupOf(textAt(other, 'apiVersion'));
}

function namespaceOf(object: Fields): string | undefined {
  const namespace = fieldAt(object, 'metadata.namespace');
  return typeof namespace === 'string' ? namespace : undefined;
}
