import { isFields } from '../_list-keys';

type Fields = Readonly<Record<string, unknown>>;

/** Lists that Kustomize merges by the names of their entries, in the kinds whose schema it knows. Of other lists none is patched here. */
const namedLists: ReadonlySet<string> = new Set(['containers', 'initContainers', 'env']);
const groupsWithPods: ReadonlySet<string> = new Set(['apps', 'batch']);

/** What a merge patch cannot say. */
const inexpressible = Symbol('inexpressible');

/**
 * What makes one object another, as a strategic merge patch without apiVersion, kind and metadata.name: fields that change, `null` for
 * those that go, entries of containers and variables by name. Left out is what Kustomize does in a way of its own: other lists, and
 * objects that are or become empty.
 *
 * @returns undefined when a JSON patch is needed.
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
 */
export function mergeBetween(from: Fields, to: Fields): Fields | undefined {
  const group = String(to.apiVersion).split('/')[0];
  const patch = fieldsBetween(from, to, groupsWithPods.has(group));
  return patch === inexpressible ? undefined : patch;
}

function fieldsBetween(from: Fields, to: Fields, named: boolean): Fields | typeof inexpressible {
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const change = !Object.hasOwn(to, key) ? null : valueBetween(key, Object.hasOwn(from, key) ? from[key] : undefined, to[key], named);
    if (change === inexpressible) return inexpressible;
    if (change !== undefined) patch[key] = change;
  }
  return Object.keys(to).length ? patch : inexpressible;
}

/** Undefined when nothing changes. */
function valueBetween(key: string, from: unknown, to: unknown, named: boolean): unknown {
  if (isFields(from) && isFields(to)) {
    if (!Object.keys(from).length && !Object.keys(to).length) return undefined;
    const patch = fieldsBetween(from, to, named);
    return patch === inexpressible || Object.keys(patch).length ? patch : undefined;
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    if (JSON.stringify(from) === JSON.stringify(to)) return undefined;
    return named && namedLists.has(key) ? entriesBetween(from, to) : inexpressible;
  }
  if (from === to) return undefined;
  return isPlain(to) ? to : inexpressible;
}

/** Kustomize puts patched entries first: an entry that comes before one that changes has to be named, to stay before it. */
function entriesBetween(from: readonly unknown[], to: readonly unknown[]): unknown {
  const before = new Map(from.map(entry => [nameOf(entry), entry]));
  if (before.size !== from.length || from.length !== to.length) return inexpressible;
  if (from.some((entry, index) => nameOf(entry) === undefined || nameOf(entry) !== nameOf(to[index]))) return inexpressible;
  const patches: Fields[] = [];
  for (const entry of to) {
    const patch = fieldsBetween(before.get(nameOf(entry)) as Fields, entry as Fields, true);
    if (patch === inexpressible) return inexpressible;
    patches.push({ name: nameOf(entry), ...patch });
  }
  const last = patches.findLastIndex(patch => Object.keys(patch).length > 1);
  return patches.slice(0, last + 1);
}

const nameOf = (entry: unknown) => (isFields(entry) && typeof entry.name === 'string' ? entry.name : undefined);

/** A value that may stand in a merge patch as it is. */
function isPlain(value: unknown): boolean {
  if (isFields(value)) return Object.keys(value).length > 0 && Object.values(value).every(isPlain);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** An object after a merge patch, as Kustomize does it. */
export function applyMerge(object: Fields, patch: Fields): Fields {
  const result: Record<string, unknown> = { ...object };
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete result[key];
    else result[key] = mergedValue(object[key], change);
  }
  return result;
}

function mergedValue(value: unknown, change: unknown): unknown {
  if (Array.isArray(change) && Array.isArray(value)) {
    const patched = change.map(patch => applyMerge(value.find(entry => nameOf(entry) === nameOf(patch)) as Fields ?? {}, patch as Fields));
    const names = new Set(change.map(nameOf));
    return [...patched, ...value.filter(entry => !names.has(nameOf(entry)))];
  }
  return isFields(change) && isFields(value) ? applyMerge(value, change) : change;
}
