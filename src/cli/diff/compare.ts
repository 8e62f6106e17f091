import { blockedDrains } from '../../manifests/blocked-drain';
import { keyOf } from '../../manifests/identity';
import { liveComparison } from '../../manifests/live';
import { lostData } from '../../manifests/lost-data';
import { compareSets, setOf, type ObjectChange, type ObjectSet } from '../../manifests/object-set';
import { upgradeProblems } from '../../manifests/upgrade';
import { folded, type Fold } from './environments';
import type { ChangedObject, DiffResult, Refusal } from './result';
import type { Located, Side } from './side';

export interface CompareOptions {
  /** Which side is that of a cluster, if any: what it fills in by itself is no difference. */
  readonly live?: 'before' | 'after';
  /** The names of two environments, when it is those that are compared. */
  readonly environments?: readonly [string, string];
  /** The namespace of objects that name none. @default - none */
  readonly namespace?: string;
  /** Whether to tell what a cluster could not follow. @default true */
  readonly guard?: boolean;
}

/** Compares two sides object by object; folders with the same objects in several places are compared place by place. */
export function compareSides(before: Side, after: Side, options: CompareOptions = {}): DiffResult {
  const { environments } = options;
  const fold = environments && folded(before.objects, after.objects, environments);
  const old = fold?.before ?? before.objects;
  const placed = !environments && options.live === undefined && [old, after.objects].some(standsTwice);
  const places = placed ? [...new Set([...old, ...after.objects].map(placeOf))].sort() : [''];
  const of = (objects: readonly Located[], place: string) => (placed ? objects.filter(object => placeOf(object) === place) : objects);
  const parts = places.map(place => comparePlace(of(old, place), of(after.objects, place), place, { ...options, fold }));
  const objects = parts.flatMap(part => part.objects);
  const counted = (change: ChangedObject['change']) => objects.filter(object => object.change === change).length;
  return {
    before: before.name, after: after.name, objects, refused: parts.flatMap(part => part.refused),
    total: { added: counted('added'), removed: counted('removed'), changed: counted('changed'), unchanged: parts.reduce((sum, part) => sum + part.unchanged, 0) },
    notes: [...new Set([...before.notes, ...after.notes, ...parts.flatMap(part => part.notes)])],
  };
}

/** The first folder that an object stands in: that of its environment, in an output folder. */
const placeOf = ({ file }: Located) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '');

function standsTwice(objects: readonly Located[]): boolean {
  if (new Set(objects.map(placeOf)).size < 2) return false;
  const seen = new Map<string, string>();
  return objects.some(located => {
    const key = keyOf(located.object);
    const first = seen.get(key);
    seen.set(key, first ?? placeOf(located));
    return first !== undefined && first !== placeOf(located);
  });
}

interface Part extends Pick<DiffResult, 'objects' | 'refused' | 'notes'> { readonly unchanged: number }
interface PartOptions extends CompareOptions { readonly fold?: Fold }

function comparePlace(before: readonly Located[], after: readonly Located[], place: string, options: PartOptions): Part {
  const { live, fold, namespace, guard = true } = options;
  const [old, fresh] = [before, after].map(side => setOf(side.map(({ object }) => object), { namespace }));
  const comparison = live && liveComparison(live === 'before' ? fresh : old);
  const { changes, unchanged } = compareSets(old, fresh, comparison && (live === 'after' ? comparison : (one, other) => {
    const [said, there] = comparison(other, one);
    return [there, said];
  }));
  const unbound = (change: ObjectChange): ObjectChange => (
    { ...change, differences: change.differences.filter(difference => !fold?.isBound(difference)) });
  const kept = fold ? changes.map(unbound) : changes;
  const real = kept.filter(({ change, differences }) => change !== 'changed' || differences.length > 0);
  const files = new Map([...before, ...after].map(located => [located.object as unknown, located]));
  return {
    objects: real.map(change => changedOf(change, place, files)),
    refused: guard ? refusalsOf(real, old, fresh, place) : [],
    unchanged: unchanged + kept.length - real.length,
    notes: [...old.repeated, ...fresh.repeated].map(object => `${nameOf(object, place)} stands there a second time; the first one counts`),
  };
}

function changedOf({ change, before, after, differences }: ObjectChange, place: string, files: ReadonlyMap<unknown, Located>): ChangedObject {
  const object = after ?? before;
  if (!object) throw new TypeError('a change is of some object');
  const { apiVersion, kind, metadata: { name = '', namespace } } = object;
  const located = files.get(after) ?? files.get(before);
  return {
    ...(place ? { place } : {}), apiVersion, kind, ...(namespace ? { namespace } : {}), name, change,
    ...(located?.file ? { file: located.file, line: located.line } : {}),
    differences: [...differences],
  };
}

/** What a cluster that has the one could not follow to the other. */
function refusalsOf(changes: readonly ObjectChange[], before: ObjectSet, after: ObjectSet, place: string): Refusal[] {
  const told = (object: Parameters<typeof nameOf>[0], { path, message, remedy }: Omit<Refusal, 'object'>): Refusal => ({ object: nameOf(object, place), path, message, remedy });
  const drains = blockedDrains([...after.objects.values()]);
  const blocked = new Set(drains.length ? blockedDrains([...before.objects.values()]).map(({ object }) => keyOf(object)) : []);
  return [
    ...changes.flatMap(({ before: old, after: fresh, differences }) => {
      if (!old || !fresh) return [];
      // They are one object, whether its namespace is written or understood.
      const placed = { ...fresh, metadata: { ...fresh.metadata, namespace: old.metadata.namespace } };
      return upgradeProblems(old, placed, differences).map(problem => told(fresh, problem));
    }),
    ...lostData(
      changes.flatMap(({ change, before: old }) => (change === 'removed' && old ? [old] : [])),
      changes.flatMap(({ change, after: fresh }) => (change === 'added' && fresh ? [fresh] : [])),
    ).map(lost => told(lost.object, lost)),
    ...drains.filter(({ object }) => !blocked.has(keyOf(object))).map(drain => told(drain.object, drain)),
  ];
}

/** An object in words: `production: Deployment shop/api`. */
function nameOf({ kind, metadata: { name = '', namespace } }: { readonly kind: string; readonly metadata: { readonly name?: string; readonly namespace?: string } }, place: string): string {
  return `${place ? `${place}: ` : ''}${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
