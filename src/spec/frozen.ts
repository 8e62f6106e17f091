import { isPlain } from './configuration';

/** Makes objects and lists unchangeable, however deep; instances of classes stay as they are. */
export function frozen<T>(value: T): T {
  const items: readonly unknown[] = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
  if ((Array.isArray(value) || isRecord(value)) && !Object.isFrozen(value)) {
    Object.freeze(value);
    items.forEach(frozen);
  }
  return value;
}

/** Whether a value is an object of its own keys, and no instance of a class. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isPlain(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
