import { canonicalFields, canonicalValue, keepsOrder, textOf } from './_canonical-fields';
import { indexOfEntry, isFields, keyFieldsOf, keysOf, keyValuesOf } from './_list-keys';
import { mergedList } from './_merge';
import { fieldPlace, itemPlace, rootPlace, type Place } from './_schema-walk';
import type { Patch } from './patch';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The smallest patch that makes one object mean the same as another: `applyPatch(from, patchBetween(from, to))` is `to`, by canonical
 * comparison. What the server would write anyway is no difference.
 */
export function patchBetween(from: Fields, to: Fields): Patch {
  const { status: _, ...wanted } = to;
  return changes(rootPlace(from), from, wanted);
}

function changes(place: Place | undefined, from: Fields, to: Fields): Patch {
  const [before, after] = [canonicalFields(place, from), canonicalFields(place, to)];
  const patch: Record<string, unknown> = {};
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])]) {
    if (textOf(before[key]) === textOf(after[key])) continue;
    if (!(key in after)) patch[key] = null;
    else patch[key] = change(fieldPlace(place, key), from[key], to[key] ?? after[key]);
  }
  const choices = place?.node.exactlyOne ?? [];
  // An alternative goes by itself when another one is named.
  if (choices.some(key => (patch[key] ?? null) !== null)) choices.filter(key => patch[key] === null).forEach(key => delete patch[key]);
  return patch;
}

function change(place: Place | undefined, from: unknown, to: unknown): unknown {
  if (isFields(from) && isFields(to)) return changes(place, from, to);
  if (Array.isArray(from) && Array.isArray(to) && keysOf(place)) return listChanges(place, from, to);
  return withoutNulls(to);
}

function listChanges(place: Place | undefined, from: readonly unknown[], to: readonly unknown[]): unknown[] {
  const whole = [{ $patch: 'replace' }, ...to.map(withoutNulls)];
  if (!isKeyed(place, from) || !isKeyed(place, to)) return whole;
  const item = itemPlace(place);
  const removed = from.filter(entry => exactIndex(place, to, entry) < 0).map(entry => ({ ...keyFieldsOf(place, entry), $patch: 'delete' }));
  const changed = to.flatMap(entry => {
    const before = from[exactIndex(place, from, entry)];
    if (before === undefined) return [withoutNulls(entry)];
    const patch = changes(item, before, entry);
    return Object.keys(patch).length ? [{ ...keyFieldsOf(place, before), ...patch }] : [];
  });
  const patch = [...removed, ...changed];
  const result = mergedList(place, from, patch);
  const isSame = textOf(canonicalValue(place, result)) === textOf(canonicalValue(place, to));
  return isSame && (!keepsOrder(place, to) || inOrder(place, result, to)) ? patch : whole;
}

function inOrder(place: Place | undefined, one: readonly unknown[], other: readonly unknown[]): boolean {
  const keys = (list: readonly unknown[]) => textOf(list.map(entry => (isFields(entry) ? keyValuesOf(place, entry) : entry)));
  return keys(one) === keys(other);
}

/** The entry with all the same keys; a port's name does not count here, since its number would be lost. */
function exactIndex(place: Place | undefined, list: readonly unknown[], entry: unknown): number {
  const keys = isFields(entry) ? textOf(keyValuesOf(place, entry)) : '';
  return list.findIndex(other => isFields(other) && textOf(keyValuesOf(place, other)) === keys);
}

/** Whether every entry has keys of its own, so that a patch finds it. */
function isKeyed(place: Place | undefined, list: readonly unknown[]): list is readonly Fields[] {
  const keys = list.map(entry => (isFields(entry) ? textOf(keyValuesOf(place, entry)) : ''));
  const isUnique = keys.every(key => key !== '') && new Set(keys).size === keys.length;
  return isUnique && list.every((entry, index) => isFields(entry) && indexOfEntry(place, list, entry) === index);
}

/** A value as it may stand in a patch, where `null` would remove something. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null).map(([key, item]) => [key, withoutNulls(item)]));
}
