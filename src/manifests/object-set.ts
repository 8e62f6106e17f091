import { differencesOf, type Difference } from './difference';
import { keyOf, type Identified } from './identity';
import { isRecord } from './_walk';
import { isNamespaced } from './scope';

type Fields = Readonly<Record<string, unknown>>;

/** An object of a set, as a plain object that names a kind and itself. */
export type SetObject = Identified & Fields;

/** Objects by what tells them apart in a cluster. */
export interface ObjectSet {
  readonly objects: ReadonlyMap<string, SetObject>;
  /** What stood in the set a second time; only the first one counts. */
  readonly repeated: readonly SetObject[];
}

export interface SetOptions {
  /** The namespace that objects are applied to when they name none. @default - none: they stay without one */
  readonly namespace?: string;
}

/** Whether a value is an object of a cluster: it names a kind and itself. */
export function isSetObject(value: unknown): value is SetObject {
  if (!isRecord(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string' || !isRecord(value.metadata)) return false;
  const { name, namespace } = value.metadata;
  return typeof name === 'string' && name !== '' && (namespace === undefined || namespace === null || typeof namespace === 'string');
}

/** The objects in values of any origin, those of lists among them; what is none is passed over. */
export function objectsIn(values: readonly unknown[]): SetObject[] {
  return values.flatMap(value => {
    if (isRecord(value) && typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items)) return objectsIn(value.items);
    return isSetObject(value) ? [value] : [];
  });
}

/** An index of objects. A kind is the same in every version of its API. */
export function setOf(values: readonly unknown[], { namespace }: SetOptions = {}): ObjectSet {
  const objects = new Map<string, SetObject>();
  const repeated: SetObject[] = [];
  for (const object of objectsIn(values)) {
    const key = keyOf(placed(object, namespace));
    if (objects.has(key)) repeated.push(object);
    else objects.set(key, object);
  }
  return { objects, repeated };
}

/** An object with the namespace that it is in: none, where its kind belongs to the whole cluster. */
function placed({ apiVersion, kind, metadata }: SetObject, namespace: string | undefined): Identified {
  const where = isNamespaced(apiVersion, kind) ? metadata.namespace || namespace : undefined;
  return { apiVersion, kind, metadata: { name: metadata.name, ...(where ? { namespace: where } : {}) } };
}

/** What became of one object between two sets. */
export interface ObjectChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly before?: SetObject;
  readonly after?: SetObject;
  /** Where the two differ; empty for an object that came or went. */
  readonly differences: readonly Difference[];
}

/** What differs between two sets, in the order of their objects' names. */
export interface SetDifference { readonly changes: readonly ObjectChange[]; readonly unchanged: number }

/** How two objects are made comparable. */
export type Comparison = (before: SetObject, after: SetObject) => readonly [Fields, Fields];

/**
 * Compares two sets object by object.
 *
 * @param same how one is made comparable with the other before they are compared, such as a live one with a written one.
 */
export function compareSets(before: ObjectSet, after: ObjectSet, same: Comparison = unplaced): SetDifference {
  const changes: ObjectChange[] = [];
  let unchanged = 0;
  for (const key of inOrder(new Set([...before.objects.keys(), ...after.objects.keys()]))) {
    const [old, fresh] = [before.objects.get(key), after.objects.get(key)];
    if (!old || !fresh) {
      changes.push(old ? { change: 'removed', before: old, differences: [] } : { change: 'added', after: fresh, differences: [] });
      continue;
    }
    const differences = differencesOf(...same(old, fresh));
    if (differences.length) changes.push({ change: 'changed', before: old, after: fresh, differences });
    else unchanged++;
  }
  return { changes, unchanged };
}

/** Two objects of one place: whether it is written or understood makes no difference. */
export function unplaced(before: SetObject, after: SetObject): readonly [Fields, Fields] {
  if (before.metadata.namespace === after.metadata.namespace) return [before, after];
  const without = ({ metadata, ...object }: SetObject): Fields => {
    const { namespace: _, ...rest } = metadata;
    return { ...object, metadata: rest };
  };
  return [without(before), without(after)];
}

/** By namespace, kind and name: what belongs together stands together. */
function inOrder(keys: ReadonlySet<string>): string[] {
  const places = [...keys].map(key => {
    const [group, kind, namespace, name] = key.split('/');
    return { key, place: [namespace, kind, name, group].join('\u0000') };
  });
  return places.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0)).map(({ key }) => key);
}
