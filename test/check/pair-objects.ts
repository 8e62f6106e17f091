import { fieldAt } from '../../src/check/value';
import { objectsOf, parse } from './manifest-sets';
import type { Pair } from './pairs';

/** The set that the rule of a pair accepts. */
export function acceptedBy({ base, added = '' }: Pair): unknown[] {
  return [...objectsOf(base), ...parse(added)];
}

/** The same set with the one field changed. */
export function refusedBy(pair: Pair): unknown[] {
  const objects = acceptedBy(pair);
  const [kind, name] = pair.object.split('/');
  const keys = pair.field.slice(1).split('/').map(key => key.replaceAll('~1', '/'));
  const last = keys.pop() ?? '';
  const parent = valueAt(objectNamed(objects, kind, name), keys) as Record<string, unknown>;
  if (pair.value !== undefined) parent[last] = pair.value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return objects;
}

export function objectNamed(objects: readonly unknown[], kind?: string, name?: string): unknown {
  return objects.find(object => fieldAt(object, 'kind') === kind && fieldAt(object, 'metadata.name') === name);
}

export function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce((holder, key) => (holder as Record<string, unknown> | undefined)?.[key], value);
}
