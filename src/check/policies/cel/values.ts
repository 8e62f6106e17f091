/** A quantity such as `500m`. Whether it is an integer depends on how it was written, as it does on the server. */
export class Quantity {
  constructor(readonly nanos: bigint, readonly whole: boolean) {}
}

/** A length of time, in nanoseconds. */
export class Duration {
  constructor(readonly nanos: bigint) {}
}

/** A value that may be absent. */
export class Optional {
  constructor(readonly value: Value | undefined) {}
}

/** A type, as a value: what `type(x)` gives. */
export class TypeValue {
  constructor(readonly name: string) {}
}

/** What an expression can have for a value; `bigint` is CEL's int, `number` its double. */
export type Value = null | boolean | bigint | number | string | readonly Value[] | ValueMap | Quantity | Duration | Optional | TypeValue;
export type ValueMap = ReadonlyMap<Value, Value>;

/** The name of a value's type. */
export function typeNameOf(value: Value): string {
  switch (typeof value) {
    case 'bigint': return 'int';
    case 'number': return 'double';
    case 'string': return 'string';
    case 'boolean': return 'bool';
    default: return value === null ? 'null_type' : objectTypeOf(value);
  }
}

function objectTypeOf(value: Exclude<Value, null | boolean | bigint | number | string>): string {
  if (Array.isArray(value)) return 'list';
  if (value instanceof Map) return 'map';
  if (value instanceof Quantity) return 'quantity';
  if (value instanceof Duration) return 'duration';
  return value instanceof Optional ? 'optional' : 'type';
}

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;

/** Whether a number is one of 64 bits. */
export const isInt = (value: bigint) => value >= least && value <= most;

/**
 * What an expression sees of plain data: a whole number is an int as far as 64 bits hold it, by the digits that are written into the manifest.
 * Aliases in foreign YAML may make data contain itself; such data has no value.
 */
export function valueOf(data: unknown, within: ReadonlySet<unknown> = new Set()): Value {
  if (typeof data === 'number') return numberOf(data);
  if (typeof data === 'string' || typeof data === 'boolean') return data;
  if (typeof data !== 'object' || data === null || within.has(data)) return null;
  const inside = new Set([...within, data]);
  const value = Array.isArray(data)
    ? data.map(item => valueOf(item, inside))
    : new Map(Object.entries(data).filter(([, item]) => item !== undefined).map(([key, item]) => [key, valueOf(item, inside)]));
  ofObjects.add(value);
  return value;
}

const ofObjects = new WeakSet<object>();

/** Whether a list or a map stands in the object, and was not made by an expression. */
export const isOfObject = (value: Value) => typeof value === 'object' && value !== null && ofObjects.has(value);

function numberOf(data: number): Value {
  const digits = JSON.stringify(data);
  const int = /^-?\d+$/.test(digits) ? BigInt(digits) : undefined;
  return int !== undefined && isInt(int) ? int : data;
}
