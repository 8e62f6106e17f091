import { indexOfEntry, isFields, keysOf } from './_list-keys';
import { fieldPlace, itemPlace, type Place } from './_schema-walk';

type Fields = Readonly<Record<string, unknown>>;

/** What a value becomes that is to go. */
export const gone = Symbol('gone');

/** Strategies whose details belong to one type only. */
const strategies: ReadonlySet<string> = new Set(['DeploymentStrategy', 'DaemonSetUpdateStrategy', 'StatefulSetUpdateStrategy']);

function merged(place: Place | undefined, value: unknown, patch: unknown): unknown {
  if (patch === null) return gone;
  if (Array.isArray(patch)) return Array.isArray(value) ? mergedList(place, value, patch) : plainList(patch);
  return isFields(patch) ? mergedFields(place, isFields(value) ? value : {}, patch) : patch;
}

/** An object with a patch laid over it. */
export function mergedFields(place: Place | undefined, value: Fields, patch: Fields): unknown {
  if (patch.$patch === 'delete') return gone;
  const result = new Map(patch.$patch === 'replace' ? [] : Object.entries(value));
  for (const [key, said] of Object.entries(patch)) {
    if (said === undefined || isDirective(key, said)) continue;
    const next = merged(fieldPlace(place, key), result.get(key), said);
    if (next === gone) result.delete(key);
    else result.set(key, next);
  }
  for (const key of contradicted(place, patch)) result.delete(key);
  return Object.fromEntries(result);
}

/** A list with a patch laid over it. */
export function mergedList(place: Place | undefined, value: readonly unknown[], patch: readonly unknown[]): unknown[] {
  if (keysOf(place) === undefined || patch.some(isReplaceMark)) return plainList(patch);
  const result = [...value];
  for (const entry of patch) {
    const index = isFields(entry) ? indexOfEntry(place, result, entry) : result.indexOf(entry);
    const next = merged(itemPlace(place), result[index], entry);
    if (index >= 0) result.splice(index, 1, ...(next === gone ? [] : [next]));
    else if (next !== gone) result.push(next);
  }
  return result;
}

/** A list that stands where none stood: without what only means something in a merge. */
function plainList(patch: readonly unknown[]): unknown[] {
  return patch.filter(entry => !isReplaceMark(entry)).map(entry => merged(undefined, undefined, entry)).filter(entry => entry !== gone);
}

/** Of several alternatives only one can stand: whoever names another one means that the first goes. */
function contradicted(place: Place | undefined, patch: Fields): readonly string[] {
  const choices = place?.node.exactlyOne ?? [];
  const isSaid = (field: string) => patch[field] !== undefined && patch[field] !== null;
  if (choices.some(isSaid)) return choices.filter(field => !isSaid(field));
  const leaves = strategies.has(place?.definition ?? '') && isSaid('type') && patch.type !== 'RollingUpdate' && !isSaid('rollingUpdate');
  return leaves ? ['rollingUpdate'] : [];
}

const isReplaceMark = (entry: unknown) => isFields(entry) && entry.$patch === 'replace' && Object.keys(entry).length === 1;
const isDirective = (key: string, value: unknown) => key === '$patch' && (value === 'delete' || value === 'replace');
