import type { TypeRules, ValueRule } from '../../validate/knowledge';
import { and, arn, either, length, oneOf, pattern, within } from '../../validate/rule-kinds';
import { accountPattern, regionPattern, roleArnPattern, storeNamePattern } from '../syntax';

/** What is known of the arguments of one type of resource. */
export interface RuledType extends TypeRules {
  /** Arguments that may hold any value of their type, or the nested blocks whose arguments all may. */
  readonly free?: readonly string[];
}

export const region = pattern(regionPattern, 'eu-central-1');

const tagValue = and(length(0, 256), pattern(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, 'orders'));

/** Keys and values of tags. Every key is judged, whatever its value is. */
const tags: ValueRule = value => {
  const [wrong] = Object.keys(typeof value === 'object' && value !== null ? value : {}).filter(key => !/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key));
  return wrong === undefined ? undefined : `has the tag ${JSON.stringify(wrong)}, expected 1 to 128 letters, digits, spaces and _ . : / = + - @ that do not begin with aws:`;
};

/** Rules of arguments that nearly every type has. Those of a type that lacks one are never asked. */
export const everyType: Readonly<Record<string, ValueRule>> = { region, tags, 'tags.*': tagValue };

/** Arguments that nearly every type has and that may hold anything. */
export const everyFree = ['id', 'tags_all', 'timeouts'] as const;

/** True or false, or empty for neither, as text. */
export const flag = oneOf('true', 'false', '');

/** A number, whole or not, from a range. */
export function between(min: number, max: number, step?: number): ValueRule {
  return value => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    const fits = typeof number === 'number' && number >= min && number <= max && (step === undefined || Number.isInteger(number / step));
    return fits ? undefined : `is ${JSON.stringify(value)}, expected ${step === undefined ? 'a number' : `a multiple of ${step}`} from ${min} to ${max}`;
  };
}

/** An id that AWS gave, by what it may begin with: `vpc-0a1b2c3d`. */
export function id(...prefixes: readonly string[]): ValueRule {
  return pattern(new RegExp(`^(${prefixes.join('|')})-[0-9a-z]{6,}$`), `${prefixes[0]}-0a1b2c3d4e5f60718`);
}

/** A key of KMS: its ARN, its id or an alias. */
export const kmsKey = either('the ARN of a key, its id or an alias of it', arn('kms'), pattern(/^alias\/[\w/:-]+$/, 'alias/data'), pattern(/^(mrk-)?[0-9a-f-]{32,36}$/, '1234abcd-12ab-34cd-56ef-1234567890ab'));

/** A key of KMS where AWS takes nothing but its ARN. */
export const kmsKeyArn = arn('kms');

export const roleArn = and(arn('iam'), pattern(roleArnPattern, 'arn:aws:iam::111122223333:role/nodes'));

export const port = within(0, 65535);

/** A name of IAM. */
export function iamName(most: number): ValueRule {
  return and(length(1, most), pattern(/^[\w+=,.@-]+$/, 'orders-reader'));
}

/** Lower case letters, digits and single hyphens that begin with a letter, as RDS and ElastiCache want them. */
export function dashed(most: number, example: string): ValueRule {
  return and(length(1, most), pattern(storeNamePattern, example));
}

/** The beginning of such a name; it may end with a hyphen. */
export function dashedPrefix(most: number, example: string): ValueRule {
  return and(length(1, most), pattern(/^[a-z](-?[0-9a-z]+)*-?$/, example));
}

export const day = pattern(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, '01:00-02:00');

export const week = pattern(/^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/i, 'sun:04:00-sun:05:00');

export const zone = pattern(/^[a-z]{2}(-[a-z]+)+-\d(-[a-z]{2,}-\d+)?[a-z]$/, 'eu-central-1a');

export const clusterName = and(length(1, 100), pattern(/^[0-9A-Za-z][0-9A-Za-z_-]*$/, 'shop-production'));

export const accountId = pattern(accountPattern, '111122223333');

/** A host name, wildcard and ending dot allowed or not. */
export const hostName = and(length(1, 253), pattern(/^(\*\.)?[0-9A-Za-z_]([0-9A-Za-z_-]{0,62}\.)+[A-Za-z][0-9A-Za-z-]{1,62}$/, 'api.example.com'));
