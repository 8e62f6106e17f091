import { isPlain } from './configuration';

/** The same value with the keys of every object in one order, since the order in which things are described means nothing. */
export function inOrder<T>(value: T): T {
  if (Array.isArray(value)) return value.map(inOrder) as T;
  if (!isPlain(value)) return value;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    // As a plain assignment this one key would be the prototype.
    if (key === '__proto__') Object.defineProperty(ordered, key, { value: inOrder(value[key]), enumerable: true, configurable: true, writable: true });
    else ordered[key] = inOrder(value[key]);
  }
  return ordered as T;
}
