import { yamlOf } from '../yaml';
import { readYaml } from '../yaml-documents';

export type Fields = Readonly<Record<string, unknown>>;

/** An object as far as it is told apart from others. */
export interface SourceObject extends Fields {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Fields & { readonly name: string; readonly namespace?: string };
}

/** One file of an environment. */
export interface Source {
  readonly text: string;
  /** The path of the construct that defined it. */
  readonly construct: string;
  /** The only object in it; undefined where it holds several, or something else. Read when it is asked for. */
  readonly object: SourceObject | undefined;
}

/** The files of one environment by name. */
export type Sources = ReadonlyMap<string, Source>;

/** A file whose object is read when it is asked for. */
export function sourceOf(text: string, construct = ''): Source {
  let read: { readonly object: SourceObject | undefined } | undefined;
  return { text, construct, get object() { return (read ??= { object: objectIn(text) }).object; } };
}

function objectIn(text: string): SourceObject | undefined {
  const { documents, problems } = readYaml(text);
  if (problems.length || documents.length !== 1) return undefined;
  const [{ value }] = documents;
  return isObject(value) ? withoutEmptyMetadata(value) : undefined;
}

function isObject(value: unknown): value is SourceObject {
  const { apiVersion, kind, metadata } = Object(value) as Fields;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof Object(metadata as unknown).name === 'string';
}

/** Kustomize drops labels and annotations that are empty before it patches anything, so that no patch may count on them. */
function withoutEmptyMetadata(object: SourceObject): SourceObject {
  const { metadata } = object;
  const isEmpty = (key: string) => (key === 'labels' || key === 'annotations') && Object.keys(Object(metadata[key])).length === 0;
  if (!Object.keys(metadata).some(isEmpty)) return object;
  return { ...object, metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !isEmpty(key))) as SourceObject['metadata'] };
}

/** Whether two texts of one file name are about the same object, so that one can be patched into the other. */
export function isSameIdentity(one: Source, other: Source): boolean {
  const [a, b] = [one.object, other.object];
  return a !== undefined && b !== undefined && a.apiVersion === b.apiVersion && a.kind === b.kind && a.metadata.name === b.metadata.name;
}

/** A document as YAML. */
export const printed = (document: unknown) => yamlOf(document, unusual => yaml().stringify(unusual, { version: '1.1', lineWidth: 0 }));

/** Loaded when something unusual is printed. */
function yaml(): typeof import('yaml') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('yaml') as typeof import('yaml');
}
