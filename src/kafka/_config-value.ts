import type { ConfigSpan } from './_config-file';
import { didYouMean } from '../errors';
import { textOfValue } from '../spec/problems';

/** A value as it is written for Kafka. */
export type ConfigValue = string | number | boolean;

const javaClass = /^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u;

/** Bits of an integer besides its sign. */
const bits: Readonly<Partial<Record<ConfigSpan['type'], number>>> = { SHORT: 15, INT: 31, LONG: 63 };

/** What is wrong with a value, in the words of a problem, or nothing. The value of a password is never told. */
export function valueProblem(span: ConfigSpan, value: ConfigValue): string | undefined {
  switch (span.type) {
    case 'BOOLEAN': return /^(true|false)$/i.test(String(value).trim()) ? undefined : is(value, 'true or false');
    case 'SHORT': case 'INT': case 'LONG': return integerProblem(span, value);
    case 'DOUBLE': return numberProblem(span, value);
    case 'PASSWORD': return typeof value === 'string' ? undefined : `is a ${typeof value}, which is not shown here, expected a text`;
    default: return typeof value === 'string' ? textProblem(span, value.trim()) : is(value, 'a text');
  }
}

function textProblem(span: ConfigSpan, text: string): string | undefined {
  if (span.type === 'LIST') return listProblem(span, text);
  if (span.type === 'CLASS') return javaClass.test(text) ? undefined : is(text, 'the name of a Java class');
  if (span.filled && text === '') return is(text, 'a text that is not empty');
  return span.values && !allowed(span, text) ? is(text, choice(span.values), didYouMean(text, span.values)) : undefined;
}

function listProblem(span: ConfigSpan, text: string): string | undefined {
  const elements = text === '' ? [] : text.split(/\s*,\s*/);
  if (span.format === 'replicas') {
    const pairs = text === '*' || elements.every(element => /^\d+:\d+$/.test(element));
    return pairs ? undefined : is(text, '* or a list of <partition>:<broker>, such as 0:1,0:2');
  }
  if (span.filled && !elements.length) return is(text, 'a list that is not empty');
  const { values } = span;
  const wrong = values && elements.find(element => !allowed(span, element));
  if (values && wrong !== undefined) return is(text, `a list of ${choice(values)}`, didYouMean(wrong, values));
  if (!span.unique) return undefined;
  if (elements.includes('')) return is(text, 'a list without empty elements');
  const twice = elements.find((element, index) => elements.indexOf(element) < index);
  return twice === undefined ? undefined : is(text, `each element once; ${twice} is there twice`);
}

function integerProblem(span: ConfigSpan, value: ConfigValue): string | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return is(value, 'a number that JavaScript does not round', '; write it as a text');
  }
  const text = String(value).trim();
  if (typeof value === 'boolean' || !/^[+-]?\d+$/.test(text)) return is(value, `an integer${bounds(span)}`);
  const number = BigInt(text.replace('+', ''));
  const limit = 2n ** BigInt(bits[span.type] ?? 31);
  const unbounded = span.min === undefined && span.max === undefined;
  if (number < -limit || number >= limit) return is(value, `an integer${unbounded ? ` from ${-limit} to ${limit - 1n}` : bounds(span)}`);
  return within(span, Number(number)) ? undefined : is(value, `an integer${bounds(span)}`);
}

function numberProblem(span: ConfigSpan, value: ConfigValue): string | undefined {
  const text = String(value).trim();
  const number = typeof value !== 'boolean' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return within(span, number) ? undefined : is(value, `a number${bounds(span)}`);
}

function within({ min, max, also }: ConfigSpan, number: number): boolean {
  return number === also || (number >= (min ?? -Infinity) && number <= (max ?? Infinity));
}

function bounds({ min, max, also }: ConfigSpan): string {
  const range = min === undefined ? max === undefined ? '' : ` of at most ${max}` : max === undefined ? ` of at least ${min}` : ` from ${min} to ${max}`;
  return also === undefined ? range : `${range}, or ${also}`;
}

function allowed({ values, ignoreCase }: ConfigSpan, text: string): boolean {
  return values?.some(value => value === text || (ignoreCase && value.toLowerCase() === text.toLowerCase())) ?? true;
}

function choice(values: readonly string[]): string {
  return values.length === 1 ? values[0] : `${values.slice(0, -1).join(', ')} or ${values[values.length - 1]}`;
}

const is = (value: ConfigValue, expected: string, hint = '') => `is ${textOfValue(value)}, expected ${expected}${hint}`;
