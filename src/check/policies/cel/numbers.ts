import { EvaluationError } from './problem';
import { Duration, isInt, Optional, Quantity, typeNameOf, TypeValue, type Value } from './values';

/** A number, if it is one of 64 bits. */
export function int(value: bigint): bigint {
  if (!isInt(value)) throw new EvaluationError('integer overflow');
  return value;
}

/** Whether two values are the same; numbers are compared across types, all other types differ. */
export function isEqual(one: Value, other: Value): boolean {
  if (isNumber(one) && isNumber(other)) return !Number.isNaN(one) && !Number.isNaN(other) && !(one < other) && !(one > other);
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item: Value, index) => isEqual(item, other[index] as Value));
  }
  if (one instanceof Map) {
    return other instanceof Map && one.size === other.size && [...one].every(([key, value]) => isSame(found(other, key), value));
  }
  if (one instanceof Quantity) return other instanceof Quantity && one.nanos === other.nanos;
  if (one instanceof Duration) return other instanceof Duration && one.nanos === other.nanos;
  if (one instanceof TypeValue) return other instanceof TypeValue && one.name === other.name;
  if (one instanceof Optional) {
    return other instanceof Optional && (one.value === undefined ? other.value === undefined : isSame(other.value, one.value));
  }
  return one === other;
}

const isSame = (one: Value | undefined, other: Value) => one !== undefined && isEqual(one, other);

/** What a map has under a key; 1 and 1.0 are the same key. */
export function found(map: ReadonlyMap<Value, Value>, key: Value): Value | undefined {
  const direct = map.get(key);
  if (direct !== undefined || !isNumber(key)) return direct;
  return [...map].find(([other]) => isEqual(other, key))?.[1];
}

/** Which of two values comes first: negative, 0 or positive; undefined where one is no number at all. */
export function order(one: Value, other: Value): number | undefined {
  if (typeof one === 'string' && typeof other === 'string') return orderOfTexts(one, other);
  if (one instanceof Duration && other instanceof Duration) return order(one.nanos, other.nanos);
  if (typeof one === 'boolean' && typeof other === 'boolean') return Number(one) - Number(other);
  if (!isNumber(one) || !isNumber(other)) throw new EvaluationError(`no such overload: ${typeNameOf(one)} < ${typeNameOf(other)}`);
  if (Number.isNaN(one) || Number.isNaN(other)) return undefined;
  if (one < other) return -1;
  return one > other ? 1 : 0;
}

/** By code points; JavaScript's own order is that of UTF-16, where some characters above 65,535 come before others below. */
function orderOfTexts(one: string, other: string): number {
  const [left, right] = [[...one], [...other]];
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at < 0) return left.length - right.length;
  return at >= right.length ? 1 : (left[at].codePointAt(0) ?? 0) - (right[at].codePointAt(0) ?? 0);
}

const isNumber = (value: Value): value is bigint | number => typeof value === 'bigint' || typeof value === 'number';

/** A text as an int. */
export function parseInt64(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text) || !isInt(BigInt(text.replace(/^\+/, '')))) throw new EvaluationError(`type conversion error from '${text}' to int`);
  return BigInt(text.replace(/^\+/, ''));
}

/** A double as an int, its fraction cut off. */
export function truncated(value: number): bigint {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 63) throw new EvaluationError('integer overflow');
  return BigInt(Math.trunc(value));
}

export function parseDouble(text: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || !Number.isFinite(Number(text))) throw new EvaluationError(`type conversion error from '${text}' to double`);
  return Number(text);
}

/** A double as text, the way Go writes the shortest form. */
export function textOfDouble(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const [digits, exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
