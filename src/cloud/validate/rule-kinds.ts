import { isIP } from 'node:net';
import { told } from './json-value';
import type { ValueRule } from './knowledge';
import { documentProblem, type PolicyKind } from './policy-document';
import { hasExpression, readJson } from './template';
import { didYouMean } from '../../errors';

// Terraform turns numbers and booleans into the texts that an argument asks for, and texts into numbers: what is judged is what arrives.
const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined);
const onText = (judge: (text: string) => string | undefined): ValueRule => value => {
  const text = textOf(value);
  return text === undefined ? `is ${told(value)}, expected text` : judge(text);
};

/** Text of a shape; the example shows it. */
export function pattern(regex: RegExp, example: string): ValueRule {
  return onText(text => (regex.test(text) ? undefined : `is ${told(text)}, expected text such as ${told(example)} (${regex.source})`));
}

/** One of some words or numbers. */
export function oneOf(...allowed: readonly (string | number)[]): ValueRule {
  const words = allowed.map(String);
  const known = new Set(words);
  return onText(text => (known.has(text) ? undefined : `is ${told(text)}, expected ${words.length === 1 ? '' : 'one of '}${words.join(', ')}${didYouMean(text, words)}`));
}

/** A whole number from a range, its ends included. */
export function within(min: number, max: number): ValueRule {
  return value => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max ? undefined : `is ${told(value)}, expected a whole number from ${min} to ${max}`;
  };
}

/** Text of a length, in characters. */
export function length(min: number, max: number): ValueRule {
  return onText(text => (text.length >= min && text.length <= max ? undefined : `is ${told(text)} of ${text.length} characters, expected ${min} to ${max} characters`));
}

export interface CidrRule {
  /** The shortest prefix, thus the largest block. @default 0 */
  readonly min?: number;
  /** The longest prefix, thus the smallest block. @default - 32 for IPv4, 128 for IPv6 */
  readonly max?: number;
  /** The family of addresses. @default - 4 */
  readonly family?: 4 | 6 | 'any';
}

/** A block of addresses that starts where it says, `10.0.0.0/16`. */
export function cidr({ min = 0, max, family = 4 }: CidrRule = {}): ValueRule {
  const example = family === 6 ? '2001:db8::/56' : '10.0.0.0/16';
  return onText(text => {
    const [address, prefix, ...more] = text.split('/');
    const found = isIP(address);
    const bits = found === 6 ? 128 : 32;
    const size = /^\d{1,3}$/.test(prefix ?? '') ? Number(prefix) : -1;
    if (!found || more.length > 0 || size < 0 || size > bits || (family !== 'any' && found !== family)) {
      return `is ${told(text)}, expected ${family === 'any' ? 'a' : `an IPv${family}`} block such as ${example}`;
    }
    const most = max ?? bits;
    if (size < min || size > most) return `is ${told(text)}, expected a block of /${min} to /${most}`;
    return found === 4 ? misaligned(text, address, size) : undefined;
  });
}

function misaligned(text: string, address: string, size: number): string | undefined {
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const start = number - (number % 2 ** (32 - size));
  if (start === number) return undefined;
  const block = [24, 16, 8, 0].map(shift => Math.floor(start / 2 ** shift) % 256).join('.');
  return `is ${told(text)}, expected the first address of the block; write ${block}/${size}`;
}

/** An Amazon resource name, of one service if it is named. */
export function arn(service?: string): ValueRule {
  const example = `arn:aws:${service ?? 'kms'}:eu-central-1:111122223333:name`;
  return onText(text => {
    const [start, partition, of, region, account, ...rest] = text.split(':');
    const whole = start === 'arn' && /^aws(-[a-z]+)*$/.test(partition ?? '') && /^[a-z0-9-]+$/.test(of ?? '')
      && /^([a-z]{2}(-[a-z]+)+-\d{1,2})?$/.test(region ?? '') && /^(\d{12}|aws|aws-managed)?$/.test(account ?? '') && rest.join(':') !== '';
    if (!whole) return `is ${told(text)}, expected an ARN such as ${example}`;
    return service === undefined || of === service ? undefined : `is ${told(text)}, expected an ARN of ${service}, not of ${of}`;
  });
}

/** Text that is JSON. Expressions may stand in it. */
export const json: ValueRule = Object.assign((value: unknown) => {
  const read = readJson(value);
  return read.problem === undefined ? undefined : `is ${told(value)}, expected JSON: ${read.problem}`;
}, { readsExpressions: true });

/** A policy document as JSON text. Expressions may stand in it. */
function policyOf(kind: PolicyKind): ValueRule {
  return Object.assign((value: unknown) => {
    const read = readJson(value);
    if (read.problem !== undefined) return `is ${told(value)}, expected a policy document as JSON: ${read.problem}`;
    return read.unknown ? undefined : documentProblem(read.json, kind);
  }, { readsExpressions: true });
}

/** A policy document of any kind. */
export const policyDocument = policyOf('any');

/** What an identity may do: statements with resources, without principals. */
export const identityPolicy = policyOf('identity');

/** Who may do what with a resource: statements with principals. */
export const resourcePolicy = policyOf('resource');

/** Who may take a role: statements with principals, without resources. */
export const trustPolicy = policyOf('trust');

/** All of some rules; the first that is broken speaks. */
export function and(...rules: readonly ValueRule[]): ValueRule {
  const judge = (value: unknown) => {
    const open = hasExpression(value);
    for (const rule of rules) {
      const problem = open && !rule.readsExpressions ? undefined : rule(value);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
  return Object.assign(judge, { readsExpressions: rules.some(rule => rule.readsExpressions) });
}

/** At least one of some rules; told as the words say. */
export function either(expected: string, ...rules: readonly ValueRule[]): ValueRule {
  return value => (rules.some(rule => rule(value) === undefined) ? undefined : `is ${told(value)}, expected ${expected}`);
}
