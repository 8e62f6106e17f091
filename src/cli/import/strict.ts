import { kubernetesVersions, type KubernetesVersion } from '../../spec/kubernetes-version';
import { problemsOfManifest } from '../../manifests/schema';
import { isFields, type Fields } from './value';
import type { SourceObject } from './source';

/** Objects as an API server would take them, and what it would not. */
export interface Strict {
  readonly objects: readonly SourceObject[];
  /** What no manifest that is checked can say, with its place. */
  readonly refused: readonly string[];
}

const newest: KubernetesVersion = kubernetesVersions[kubernetesVersions.length - 1];

/** Takes out of each object what its schema does not know or allow, since no rendered object could say it. */
export function strictlyRead(objects: readonly SourceObject[]): Strict {
  const refused: string[] = [];
  const seen = new Set<string>();
  const kept = objects.flatMap(({ object, place }): SourceObject[] => {
    const { status: _, ...rest } = withoutNulls(object) as Fields;
    const subject = `${place}: ${String(object.kind)}/${String((object.metadata as Fields).name)}`;
    const namespace = String((object.metadata as Fields).namespace ?? '');
    const key = `${String(object.apiVersion).replace(/\/.*/, '')} ${String(object.kind)} ${namespace} ${String((object.metadata as Fields).name)}`;
    if (seen.has(key)) {
      refused.push(`${subject} is there a second time`);
      return [];
    }
    seen.add(key);
    const strict = allowed(rest, message => refused.push(`${subject} ${message}`));
    return strict ? [{ object: strict, place }] : [];
  });
  return { objects: kept, refused };
}

function allowed(object: Fields, refuse: (message: string) => void): Fields | undefined {
  let current = object;
  for (let round = 0; round < 100; round++) {
    const problem = problemsOfManifest(current, newest).find(({ reason }) => reason !== 'unknown-kind');
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
