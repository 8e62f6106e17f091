import { isPlain } from './configuration';

/** The same value with the keys of every object in one order, since the order in which things are described means nothing. */
export function inOrder<T>(value: T): T {
  if (Array.isArray(value)) return value.map(inOrder) as T;
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, inOrder(value[key])])) as T;
}
