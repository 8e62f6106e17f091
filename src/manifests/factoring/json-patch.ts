import { isFields } from '../_list-keys';
import { isSame } from './same';

/** One step of a JSON patch. */
export type Operation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/**
 * What makes one value another, as a JSON patch. A list or object is replaced whole where that is shorter.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function operationsBetween(from: unknown, to: unknown, path = ''): Operation[] {
  if (Object.is(from, to)) return [];
  const whole: Operation = { op: 'replace', path, value: to };
  const parts = isFields(from) && isFields(to) ? fieldOperations(from, to, path)
    : Array.isArray(from) && Array.isArray(to) ? itemOperations(from, to, path)
      : [whole];
  return path !== '' && parts.length > 1 && lengthOf(parts) > lengthOf([whole]) ? [whole] : parts;
}

const lengths = new WeakMap<object, number>();

/** How long a value is as JSON. Parts of it are asked for level by level, so each is measured once. */
function lengthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)?.length ?? 0;
  const known = lengths.get(value);
  if (known !== undefined) return known;
  const isList = Array.isArray(value);
  let length = 1;
  for (const key of Object.keys(value)) {
    const inside = lengthOf((value as Readonly<Record<string, unknown>>)[key]);
    if (inside) length += 1 + inside + (isList ? 0 : JSON.stringify(key).length + 1);
  }
  // Without entries there is no comma to stand for the bracket that ends it.
  length = Math.max(length, '{}'.length);
  lengths.set(value, length);
  return length;
}

function fieldOperations(from: Readonly<Record<string, unknown>>, to: Readonly<Record<string, unknown>>, path: string): Operation[] {
  const operations: Operation[] = [];
  for (const key of Object.keys(from)) {
    if (Object.is(from[key], to[key]) && Object.hasOwn(to, key)) continue;
    const at = `${path}/${escaped(key)}`;
    if (Object.hasOwn(to, key)) operations.push(...operationsBetween(from[key], to[key], at));
    else operations.push({ op: 'remove', path: at });
  }
  for (const key of Object.keys(to)) if (!Object.hasOwn(from, key)) operations.push({ op: 'add', path: `${path}/${escaped(key)}`, value: to[key] });
  return operations;
}

/** What both lists begin and end with stays; between them entry becomes entry, and the rest comes or goes. */
function itemOperations(from: readonly unknown[], to: readonly unknown[], path: string): Operation[] {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && isSame(from[start], to[start])) start++;
  let end = 0;
  while (end < shorter - start && isSame(from[from.length - 1 - end], to[to.length - 1 - end])) end++;
  const common = shorter - start - end;
  const operations: Operation[] = [];
  for (let index = start; index < start + common; index++) operations.push(...operationsBetween(from[index], to[index], `${path}/${index}`));
  for (let index = from.length - end - 1; index >= start + common; index--) operations.push({ op: 'remove', path: `${path}/${index}` });
  for (let index = start + common; index < to.length - end; index++) operations.push({ op: 'add', path: `${path}/${index}`, value: to[index] });
  return operations;
}

const escaped = (key: string) => (/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key);
const unescaped = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** A value after a JSON patch; undefined when a path leads nowhere. The value itself stays as it is. */
export function applyOperations<T>(value: T, operations: readonly Operation[]): T | undefined {
  let result: unknown = value;
  for (const operation of operations) result = result === undefined ? undefined : applied(result, operation.path.split('/').slice(1).map(unescaped), operation);
  return result as T | undefined;
}

function applied(value: unknown, [step, ...rest]: readonly string[], operation: Operation): unknown {
  if (Array.isArray(value)) return appliedToList(value, Number(step), rest, operation);
  if (!isFields(value)) return undefined;
  const isThere = Object.hasOwn(value, step);
  if (!isThere && (rest.length > 0 || operation.op !== 'add')) return undefined;
  if (!rest.length && operation.op === 'remove') return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
  const next = rest.length ? applied(value[step], rest, operation) : 'value' in operation ? operation.value : undefined;
  if (next === undefined) return undefined;
  if (!isThere) return Object.fromEntries([...Object.entries(value), [step, next]]);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === step ? next : item]));
}

function appliedToList(list: readonly unknown[], index: number, rest: readonly string[], operation: Operation): unknown[] | undefined {
  if (rest.length) {
    const next = applied(list[index], rest, operation);
    return next === undefined ? undefined : list.map((item, at) => (at === index ? next : item));
  }
  const result = [...list];
  result.splice(index, operation.op === 'add' ? 0 : 1, ...('value' in operation ? [operation.value] : []));
  return result;
}
