import { found, int, isEqual, order, parseDouble, parseInt64, textOfDouble, truncated } from './numbers';
import { EvaluationError } from './problem';
import { overloadsIn, type Library } from './signature';
import { textFunctions } from './texts';
import { Duration, isOfObject, Optional, Quantity, typeNameOf, TypeValue, type Value, type ValueMap } from './values';

type List = readonly Value[];

const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const greatestPower = 1000;
const nano = 1_000_000_000n;

/** A text as a quantity, read as leniently as the server does it: a suffix by itself is none of it. */
export function quantityOf(text: string): Quantity {
  const match = /^([+-]?)0*(\d*)(?:\.(\d*))?(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d+))?$/.exec(text);
  if (match === null || text === '') throw new EvaluationError(`'${text}' is no quantity`);
  const [, sign, whole, fraction = '', two, ten = '', exponent] = match;
  const power = exponent === undefined ? decimal[ten] ?? 0 : Number(exponent);
  if (Math.abs(power) > greatestPower) throw new EvaluationError(`'${text}' is a quantity too large or too small to be told`);
  const bits = (binary.indexOf(two) + 1) * 10;
  const digits = whole.length + fraction.length;
  const exact = BigInt(whole + fraction || '0') * 2n ** BigInt(bits) * 10n ** BigInt(Math.max(0, 9 + power - fraction.length));
  const divisor = 10n ** BigInt(Math.max(0, fraction.length - power - 9));
  const rounded = (exact + divisor - 1n) / divisor;
  const nanos = two !== undefined && rounded > (2n ** 63n - 1n) * nano ? (2n ** 63n - 1n) * nano : rounded;
  // The server holds short numbers as an integer and a power of ten, and only those without a negative power are integers to it.
  const short = two === undefined ? digits <= 18 : fraction === '' && 14 - (whole.length || 1) - Math.trunc(bits * 3 / 10) >= 0;
  return new Quantity(sign === '-' ? -nanos : nanos, text === '0' || short && power - fraction.length >= 0 && nanos < 2n ** 63n * nano);
}

const units: Readonly<Record<string, bigint>> = {
  ns: 1n, us: 1_000n, µs: 1_000n, μs: 1_000n, ms: 1_000_000n, s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n,
};

/** A text such as `1h30m` as a length of time. */
export function durationOf(text: string): Duration {
  const [, sign, body] = /^([+-]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text) ?? [];
  if (body === undefined) throw new EvaluationError(`'${text}' is no duration`);
  const nanos = [...body.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)].reduce((sum, [, whole, fraction, unit]) =>
    sum + BigInt(whole || '0') * units[unit] + BigInt(fraction || '0') * units[unit] / 10n ** BigInt(fraction.length), 0n);
  return new Duration(int(sign === '-' ? -nanos : nanos));
}

/** Whether two values are the same. The server has no answer where a list, map or quantity of the object meets something else. */
function isSame(one: Value, other: Value): boolean {
  const isStrict = one instanceof Quantity || isOfObject(one);
  if (isStrict && other !== null && typeNameOf(one) !== typeNameOf(other)) throw new EvaluationError(`no such overload: ${typeNameOf(one)} == ${typeNameOf(other)}`);
  return isEqual(one, other);
}

const tryTo = (read: (text: string) => unknown) => (text: string) => {
  try {
    read(text);
    return true;
  } catch {
    return false;
  }
};

function divided(one: bigint, other: bigint): bigint {
  if (other === 0n) throw new EvaluationError('division by zero');
  return int(one / other);
}

function remainder(one: bigint, other: bigint): bigint {
  if (other === 0n) throw new EvaluationError('modulus by zero');
  return one % other;
}

/** What stands in a list or a map at an index; undefined where nothing does, or it has no places at all. */
export function at(value: Value, index: Value): Value | undefined {
  if (value instanceof Map) return found(value as ValueMap, index);
  const position = typeof index === 'bigint' ? Number(index) : index;
  return Array.isArray(value) && typeof position === 'number' && Number.isInteger(position) && position >= 0 ? (value as List)[position] : undefined;
}

function itemAt(value: Value, index: Value): Value {
  const item = at(value, index);
  if (item === undefined) throw new EvaluationError(`no such ${Array.isArray(value) ? 'item' : 'key'}: ${typeof index === 'object' ? typeNameOf(index) : String(index)}`);
  return item;
}

function maybeAt(value: Value, index: Value): Optional {
  const inner = value instanceof Optional ? value.value : value;
  return new Optional(inner === undefined ? undefined : at(inner, index));
}

/** Every pair of types that can be put in order. */
const ordered = ['int', 'double', 'string', 'bool', 'duration'].map(name => [name, name]).concat([['int', 'double'], ['double', 'int']]);
const comparisons: readonly (readonly [string, (order: number | undefined) => boolean])[] = [
  ['_<_', sign => sign !== undefined && sign < 0], ['_<=_', sign => sign !== undefined && sign <= 0],
  ['_>_', sign => sign !== undefined && sign > 0], ['_>=_', sign => sign !== undefined && sign >= 0],
];
const comparing: Library = Object.fromEntries(comparisons.flatMap(([name, says]) => ordered.map(([one, other]) =>
  [`${name}(${one}, ${other}): bool`, (left: Value, right: Value) => says(order(left, right))])));

const holds = (list: List, value: Value) => list.some(each => isEqual(each, value));
const add = (list: List) => list.reduce((sum, each) => {
  if (typeof sum === 'bigint' && typeof each === 'bigint') return int(sum + each);
  if (typeof sum === 'number' && typeof each === 'number') return sum + each;
  throw new EvaluationError(`no such overload: ${typeNameOf(sum)} + ${typeNameOf(each)}`);
});

function furthest(list: List, direction: 1 | -1): Value {
  if (list.length === 0) throw new EvaluationError('min or max of an empty list');
  return list.reduce((best, each) => ((order(each, best) ?? 0) * direction > 0 ? each : best));
}

const listed: Library = Object.fromEntries(['int', 'double', 'bool', 'duration', 'string'].flatMap(name => [
  [`list<${name}>.isSorted(): bool`, (list: List) => list.slice(1).every((each, index) => (order(list[index], each) ?? 1) <= 0)],
  [`list<${name}>.min(): ${name}`, (list: List) => furthest(list, -1)],
  [`list<${name}>.max(): ${name}`, (list: List) => furthest(list, 1)],
]));

/** Everything that can be called, operators too. What Kubernetes has besides is refused when a policy is defined. */
export const functions = overloadsIn([textFunctions, comparing, listed, {
  '_==_(A, A): bool': isSame,
  '_!=_(A, A): bool': (one: Value, other: Value) => !isEqual(one, other),
  '!_(bool): bool': (value: boolean) => !value,
  '-_(int): int': (value: bigint) => int(-value),
  '-_(double): double': (value: number) => -value,
  '_+_(int, int): int': (one: bigint, other: bigint) => int(one + other),
  '_+_(double, double): double': (one: number, other: number) => one + other,
  '_+_(string, string): string': (one: string, other: string) => one + other,
  '_+_(list<A>, list<A>): list<A>': (one: List, other: List) => [...one, ...other],
  '_+_(duration, duration): duration': (one: Duration, other: Duration) => new Duration(int(one.nanos + other.nanos)),
  '_-_(int, int): int': (one: bigint, other: bigint) => int(one - other),
  '_-_(double, double): double': (one: number, other: number) => one - other,
  '_-_(duration, duration): duration': (one: Duration, other: Duration) => new Duration(int(one.nanos - other.nanos)),
  '_*_(int, int): int': (one: bigint, other: bigint) => int(one * other),
  '_*_(double, double): double': (one: number, other: number) => one * other,
  '_/_(int, int): int': divided,
  '_/_(double, double): double': (one: number, other: number) => one / other,
  '_%_(int, int): int': remainder,
  '_in_(A, list<A>): bool': (value: Value, list: List) => holds(list, value),
  '_in_(A, map<A, B>): bool': (key: Value, map: ValueMap) => found(map, key) !== undefined,
  '_[_](list<A>, int): A': itemAt,
  '_[_](map<A, B>, A): B': itemAt,
  '_[_](optional<list<A>>, int): optional<A>': maybeAt,
  '_[_](optional<map<A, B>>, A): optional<B>': maybeAt,
  '_[?_](list<A>, int): optional<A>': maybeAt,
  '_[?_](map<A, B>, A): optional<B>': maybeAt,
  '_[?_](optional<list<A>>, int): optional<A>': maybeAt,
  '_[?_](optional<map<A, B>>, A): optional<B>': maybeAt,
  'size(list<A>): int': (list: List) => BigInt(list.length),
  'size(map<A, B>): int': (map: ValueMap) => BigInt(map.size),
  'list<A>.size(): int': (list: List) => BigInt(list.length),
  'map<A, B>.size(): int': (map: ValueMap) => BigInt(map.size),
  'int(int): int': (value: bigint) => value,
  'int(double): int': truncated,
  'int(string): int': parseInt64,
  'double(double): double': (value: number) => value,
  'double(int): double': Number,
  'double(string): double': parseDouble,
  'string(string): string': (value: string) => value,
  'string(int): string': String,
  'string(double): string': textOfDouble,
  'string(bool): string': String,
  'bool(bool): bool': (value: boolean) => value,
  'dyn(A): dyn': (value: Value) => value,
  'type(A): type': (value: Value) => new TypeValue(typeNameOf(value)),
  'duration(string): duration': durationOf,
  'duration(duration): duration': (value: Duration) => value,
  'list<int>.sum(): int': (list: List) => (list.length ? add(list) : 0n),
  'list<double>.sum(): double': (list: List) => (list.length ? add(list) : 0),
  'list<A>.indexOf(A): int': (list: List, value: Value) => BigInt(list.findIndex(each => isEqual(each, value))),
  'list<A>.lastIndexOf(A): int': (list: List, value: Value) => BigInt(list.findLastIndex(each => isEqual(each, value))),
  'sets.contains(list<A>, list<A>): bool': (list: List, wanted: List) => wanted.every(each => holds(list, each)),
  'sets.equivalent(list<A>, list<A>): bool': (one: List, other: List) => one.every(each => holds(other, each)) && other.every(each => holds(one, each)),
  'sets.intersects(list<A>, list<A>): bool': (one: List, other: List) => one.some(each => holds(other, each)),
  'quantity(string): quantity': quantityOf,
  'isQuantity(string): bool': tryTo(quantityOf),
  'sign(quantity): int': ({ nanos }: Quantity) => (nanos > 0n ? 1n : nanos < 0n ? -1n : 0n),
  'quantity.isGreaterThan(quantity): bool': (one: Quantity, other: Quantity) => one.nanos > other.nanos,
  'quantity.isLessThan(quantity): bool': (one: Quantity, other: Quantity) => one.nanos < other.nanos,
  'quantity.compareTo(quantity): int': (one: Quantity, other: Quantity) => BigInt(order(one.nanos, other.nanos) ?? 0),
  'quantity.add(quantity): quantity': (one: Quantity, other: Quantity) => new Quantity(one.nanos + other.nanos, one.whole && other.whole),
  'quantity.add(int): quantity': (one: Quantity, other: bigint) => new Quantity(one.nanos + other * 1_000_000_000n, one.whole),
  'quantity.sub(quantity): quantity': (one: Quantity, other: Quantity) => new Quantity(one.nanos - other.nanos, one.whole && other.whole),
  'quantity.sub(int): quantity': (one: Quantity, other: bigint) => new Quantity(one.nanos - other * 1_000_000_000n, one.whole),
  'quantity.isInteger(): bool': ({ whole }: Quantity) => whole,
  'quantity.asInteger(): int': ({ nanos, whole }: Quantity) => {
    if (!whole) throw new EvaluationError('cannot convert the quantity to an integer');
    return int(nanos / 1_000_000_000n);
  },
  'optional.of(A): optional<A>': (value: Value) => new Optional(value),
  'optional.none(): optional<A>': () => new Optional(undefined),
  'optional<A>.hasValue(): bool': ({ value }: Optional) => value !== undefined,
  'optional<A>.value(): A': ({ value }: Optional) => {
    if (value === undefined) throw new EvaluationError('the optional has no value');
    return value;
  },
  'optional<A>.orValue(A): A': ({ value }: Optional, other: Value) => value ?? other,
  'optional<A>.or(optional<A>): optional<A>': (one: Optional, other: Optional) => (one.value === undefined ? other : one),
}]);
