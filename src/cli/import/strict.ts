import { isSameObject } from '../../manifests/canonical';
import { problemsOfManifest } from '../../manifests/schema';
import { namespaceOf } from './group';
import { nameOf } from './object-index';
import { isFields, type Fields } from './value';
import type { KubernetesVersion } from '../../spec/kubernetes-version';
import type { SourceObject } from './source';

/** An object that cannot be imported, and why. */
export interface Dropped extends SourceObject { readonly reason: string }

/** Objects as an API server would take them, and what it would not. */
export interface Strict {
  readonly objects: readonly SourceObject[];
  /** What no manifest that is checked can say, with its place. */
  readonly refused: readonly string[];
  /** The objects of which nothing is left. */
  readonly dropped: readonly Dropped[];
}

/**
 * Takes out of each object what its schema does not know or allow, since no rendered object could say it.
 *
 * @param home the namespace of what names none. @default - one of its own
 */
export function strictlyRead(objects: readonly SourceObject[], version: KubernetesVersion, home?: string): Strict {
  const refused: string[] = [];
  const dropped: Dropped[] = [];
  const seen = new Map<string, SourceObject>();
  const kept = objects.flatMap(({ object, place }): SourceObject[] => {
    const { status: _, ...rest } = withoutNulls(object) as Fields;
    const subject = `${place}: ${nameOf(object)}`;
    const drop = (reason: string) => {
      dropped.push({ object, place, reason });
      return [];
    };
    const key = [String(object.apiVersion).replace(/\/.*/, ''), String(object.kind), namespaceOf(object) ?? home ?? '', nameOf(object)].join(' ');
    const first = seen.get(key);
    if (first) {
      if (isSameObject(first.object, rest, { namespace: home })) return drop(`stands at ${first.place} already`);
      refused.push(`${subject} is there a second time, and differs from the one at ${first.place}, which is imported`);
      return drop(`is another one of the name of that at ${first.place}`);
    }
    seen.set(key, { object: rest, place });
    const strict = allowed(rest, version, message => refused.push(`${subject} ${message}`));
    return strict ? [{ object: strict, place }] : drop('is none that an API server would take; what is wrong with it is among the differences');
  });
  return { objects: kept, refused, dropped };
}

function allowed(object: Fields, version: KubernetesVersion, refuse: (message: string) => void): Fields | undefined {
  let current = object;
  for (let round = 0; round < 100; round++) {
    const problem = problemsOfManifest(current, version).find(({ reason }) => reason !== 'unknown-kind');
    if (!problem) return current;
    refuse(problem.message);
    const path = stepsOf(problem.path);
    if (problem.reason === 'missing' || path.length < 2) return undefined;
    current = without(current, path) as Fields;
  }
  return undefined;
}

/** The steps of a path such as `spec.containers[0].resources.limits["a/b"]`. */
function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)]
    .map(([, index, quoted, name]) => {
      if (index !== undefined) return Number(index);
      return quoted === undefined ? name : JSON.parse(quoted) as string;
    });
}

function without(value: unknown, [step, ...rest]: readonly (string | number)[]): unknown {
  const kept = (at: number | string, item: unknown) => (at !== step ? [item] : rest.length ? [without(item, rest)] : []);
  if (Array.isArray(value)) return value.flatMap((item, index) => kept(index, item));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => kept(key, item).map(each => [key, each])));
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isFields(value)) return value;
  const set = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(set.map(([key, item]) => [key, withoutNulls(item)]));
}
