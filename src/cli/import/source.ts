import { parseAllDocuments, type Document, type ScalarTag } from 'yaml';
import { isPlainSecret } from '../../spec/patches';
import { MartyError, type Problem } from '../../errors';
import { filesAt, type Skipped } from './files';
import { at, isFields, textAt, type Fields } from './value';
import type { Io } from '../io';

/** One object, and where it was read. */
export interface SourceObject {
  readonly object: Fields;
  /** The file and the line where its document begins. */
  readonly place: string;
}

/** What was read, and what was not. */
export interface Source {
  readonly objects: readonly SourceObject[];
  /** Files and documents that are no objects of a cluster. */
  readonly skipped: readonly Skipped[];
  /** What one should know of what was read. */
  readonly notes: readonly string[];
}

/** As Kubernetes' own reader has it: a leading zero means octal, as in `defaultMode: 0644`. */
const octal: ScalarTag = {
  tag: 'tag:yaml.org,2002:int', identify: () => false, default: true, test: /^[-+]?0[0-7]+$/, resolve: text => Number.parseInt(text, 8), format: 'OCT',
};

/**
 * Reads every object of a file, of all YAML and JSON files below a folder, or of stdin.
 *
 * @param path a file, a folder, or `-` for stdin.
 * @throws USAGE when there is no such file or folder.
 * @throws INPUT_INVALID with the place of everything that is no YAML.
 */
export function readSource(io: Io, cwd: string, path: string): Source {
  const problems: Problem[] = [];
  const objects: SourceObject[] = [];
  const notes: string[] = [];
  const found = filesAt(io, cwd, path);
  const skipped = [...found.skipped];
  for (const { name, text } of found.files) {
    const broken: Problem[] = [];
    for (const [place, document] of documentsIn(name, text, broken, notes)) {
      const items = itemsOf(document);
      for (const [index, object] of items.entries()) {
        const where = items.length > 1 ? `${place}, item ${index + 1}` : place;
        if (isPlainSecret(object)) skipped.push({ place: where, reason: `is the Secret ${textAt(object, 'metadata', 'name') ?? ''}: its values go into no code; leave it where it is, or seal or encrypt it` });
        else if (isObject(object)) objects.push({ object, place: where });
        else if (object !== null && object !== undefined) skipped.push({ place: where, reason: `is no object of a cluster: ${summaryOf(object)}` });
      }
    }
    // Among the files of a folder there is YAML of other programs, in dialects of theirs.
    if (broken.length && found.files.length > 1 && !namesAKind.test(text)) skipped.push({ place: name, reason: 'is no object of a cluster, and no YAML either: it names no apiVersion and kind' });
    else problems.push(...broken);
  }
  if (problems.length) throw new MartyError('INPUT_INVALID', `${path === '-' ? 'stdin' : path} cannot be read:`, { problems });
  if (!objects.length) throw new MartyError('INPUT_INVALID', `${path === '-' ? 'stdin' : path} holds no Kubernetes object; expected rendered manifests: YAML or JSON with apiVersion, kind and metadata.name`);
  return { objects, skipped, notes };
}

const namesAKind = /^\s*"?(apiVersion|kind)"?\s*:/m;

function documentsIn(name: string, text: string, problems: Problem[], notes: string[]): (readonly [place: string, document: unknown])[] {
  const lines = lineStarts(text);
  const placeOf = (offset: number) => `${name}:${lines.findLastIndex(start => start <= offset) + 1}`;
  let parsed: readonly Document[];
  try {
    parsed = parseAllDocuments(text, { merge: true, customTags: tags => [octal, ...tags], logLevel: 'silent' }) as readonly Document[];
  } catch (error) {
    problems.push({ path: name, message: `is no YAML: ${messageOf(error)}` });
    return [];
  }
  return (Array.isArray(parsed) ? parsed : []).flatMap(document => {
    const place = placeOf(document.contents?.range?.[0] ?? document.range[0]);
    const [error] = document.errors.filter((each: { readonly code: string }) => each.code !== 'DUPLICATE_KEY');
    if (error) {
      problems.push({ path: placeOf(error.pos[0]), message: `is no YAML: ${error.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '')}` });
      return [];
    }
    for (const twice of error ? [] : document.errors) notes.push(`${placeOf(twice.pos[0])} has a key that stands above already; the last one counts`);
    try {
      return [[place, document.toJS({ maxAliasCount: 1000 }) as unknown] as const];
    } catch (cause) {
      problems.push({ path: place, message: `is no YAML that can be read: ${messageOf(cause)}` });
      return [];
    }
  });
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(match => match.index + 1)];
}

/** The objects in a document: of a list, its items, of which an empty one has none. */
function itemsOf(document: unknown): unknown[] {
  const items = at(document, 'items');
  return isFields(document) && /List$/.test(textAt(document, 'kind') ?? '') && Array.isArray(items) ? items.flatMap(itemsOf) : [document];
}

/** Whether something is an object of a cluster: a kustomization is read by a program beside it. */
function isObject(value: unknown): value is Fields {
  return isFields(value) && Boolean(textAt(value, 'kind') && textAt(value, 'apiVersion') && textAt(value, 'metadata', 'name')) && !textAt(value, 'apiVersion')?.startsWith('kustomize.config.k8s.io/');
}

function summaryOf(value: unknown): string {
  const [apiVersion, kind] = [textAt(value, 'apiVersion'), textAt(value, 'kind')];
  if (kind) return [apiVersion, kind, textAt(value, 'metadata', 'name') ? '' : 'without a name'].filter(Boolean).join(' ');
  return isFields(value) ? `it has ${Object.keys(value).slice(0, 3).join(', ') || 'no field'}` : 'it has no apiVersion and kind';
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message.split('\n')[0] : String(error));
