import type { z } from 'zod';
import { isPerEnvironment } from './varying';
import { didYouMean, type Problem } from '../errors';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Code made for a schema is worth its time from a hundred values on, and descriptions are few. */
export const interpreted = { jitless: true } as const satisfies z.core.ParseContext<Issue>;

/** Has a schema say which fields it knows where it meets one that it does not, so that the message can name the one that was meant. */
export const tellingFields: z.core.ParseContext<Issue> = {
  ...interpreted,
  error: issue => {
    const { shape } = (issue.inst?._zod.def ?? {}) as { shape?: object };
    return issue.code === 'unrecognized_keys' && shape ? ['fields:', ...Object.keys(shape)].join(' ') : undefined;
  },
};

/** Every problem that a schema finds in a value, one per wrong field. */
export function problemsOf(schema: z.ZodType, value: unknown): Problem[] {
  const result = schema.safeParse(value, tellingFields);
  return result.success ? [] : problemsOfIssues(result.error.issues, value);
}

/** A validator's findings in our own words: path, what it got, what is allowed. */
export function problemsOfIssues(issues: readonly Issue[], value: unknown, at: Path = []): Problem[] {
  const problems = issues.flatMap(issue => problemsOfIssue(issue, value, [...at, ...issue.path]));
  return problems.filter(({ path }, index) => problems.findIndex(other => other.path === path) === index);
}

/** A path as people write it: `calls.payments.retries.onStatus[0]`. */
export function textOfPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const name = /^[A-Za-z_][\w-]*$/.test(String(key)) ? String(key) : JSON.stringify(String(key));
    return text ? `${text}.${name}` : name;
  }, '');
}

/** A value as it is shown in a message: short, and telling objects and lists apart. */
export function textOfValue(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'bigint' || typeof value === 'function' || Number.isNaN(value) ? String(value) : JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function problemsOfIssue(issue: Issue, value: unknown, path: Path): Problem[] {
  const got = valueAt(value, path);
  const problem = (message: string, where: Path = path): Problem => ({ path: textOfPath(where), message });
  const expected = (allowed: string) => problem(got === undefined ? `is missing, expected ${allowed}` : `is ${textOfValue(got)}, expected ${allowed}`);
  switch (issue.code) {
    case 'invalid_type':
      if (path[0] === 'secrets' && typeof got === 'string') return [problem('is a text, expected a reference such as secret(\'orders/token\'); no value of a secret stands in a description')];
      if (issue.expected === 'never') return [problem(issue.message)];
      return [expected(issue.message.startsWith('expected ') ? issue.message.slice('expected '.length) : article(issue.expected))];
    case 'too_small': return [expected(bound(issue.origin, 'at least', issue.minimum, issue.inclusive))];
    case 'too_big': return [expected(bound(issue.origin, 'at most', issue.maximum, issue.inclusive))];
    case 'not_multiple_of': return [expected(`a multiple of ${issue.divisor}`)];
    case 'invalid_value': return [expected(choice(issue.values))];
    case 'unrecognized_keys': return issue.keys.map(key => problem(`is not a field that exists here${meant(key, issue.message)}`, [...path, key]));
    case 'invalid_key': return problemsOfIssues(issue.issues, path[path.length - 1]).map(({ message }) => problem(message.replace(/^is .*?, (which )?/, (_, reason) => (reason ? '' : 'is no usable name, '))));
    case 'invalid_union': {
      // Of what has no fields, all that it could have been is worth more than the branch that it comes closest to.
      if (issue.errors.length > 0 && (typeof got !== 'object' || got === null || Object.keys(got).length === 0)) {
        if (issue.message.startsWith('expected ')) return [expected(issue.message.slice('expected '.length))];
        if (issue.message.startsWith('does not ')) return [problem(issue.message)];
      }
      const branch = nearestBranch(issue.errors, got);
      if (branch) return problemsOfIssues(branch, value, path);
      return [expected('options' in issue && Array.isArray(issue.options) ? choice(issue.options) : 'another value')];
    }
    default: return [issue.message.startsWith('expected ') ? expected(issue.message.slice('expected '.length)) : problem(
      /^(is|names|has|needs|must|may) /.test(issue.message) ? withGot(issue.message, got) : issue.message)];
  }
}

const meant = (key: string, message: string) => {
  const [word, ...known] = message.split(' ');
  if (word === 'only:') return didYouMean(key, known) || `; expected ${known.length === 1 ? known[0] : `${known.slice(0, -1).join(', ')} or ${known[known.length - 1]}`}`;
  return word === 'fields:' ? didYouMean(key, known) : '';
};
const choice = (values: readonly unknown[]) => values.map(item => JSON.stringify(item)).join(' or ');
const withGot = (message: string, got: unknown) => (message.startsWith(`is ${textOfValue(got)}, `) ? message : message.replace(/^is (?!")/, () => `is ${textOfValue(got)}, which is `));

/** Of the ways in which a value could have been right, the one that it comes closest to. */
function nearestBranch(branches: readonly (readonly Issue[])[], got: unknown): readonly Issue[] | undefined {
  const varies = branches.find(issues => isPerEnvironment(got) && issues.some(({ path }) => path[0] === 'perEnvironment' && path.length > 1));
  // Nobody who does not write it means the form with a value per environment.
  const written = branches.filter(issues => isPerEnvironment(got) || !issues.some(({ path }) => path[0] === 'perEnvironment' && path.length === 1));
  const likely = (written.length ? written : branches).filter(issues => issues.length > 0);
  return varies ?? likely.sort((a, b) => distance(a, got) - distance(b, got))[0];
}

/**
 * The type of a value tells most about which way was meant, then which of its fields exist there, then which are missing; what
 * stands deeper tells least.
 */
function distance(issues: readonly Issue[], got: unknown): number {
  return issues.reduce((sum, issue) => {
    if (issue.path.length > 1) return sum + 1;
    const there = valueAt(got, issue.path);
    if (issue.path.length === 1) return sum + (there === undefined ? 1_000 : 1);
    switch (issue.code) {
      case 'invalid_type': return sum + 1_000_000_000;
      case 'invalid_value': return sum + (typeof issue.values[0] === typeof got ? 1 : 1_000_000_000);
      case 'unrecognized_keys': return sum + issue.keys.length * 1_000_000;
      case 'invalid_union': return sum + Math.min(1_000_000_000, ...issue.errors.filter(errors => errors.length > 0).map(errors => distance(errors, got)));
      default: return sum + 1;
    }
  }, 0);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined), value);
}

function article(type: string): string {
  const names: Record<string, string> = { int: 'an integer', object: 'an object', array: 'a list', record: 'an object', boolean: 'true or false' };
  return names[type] ?? `a ${type}`;
}

function bound(origin: string, direction: string, limit: number | bigint, inclusive: boolean | undefined): string {
  const unit = origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
  const kind = origin === 'string' ? '' : origin === 'array' ? '' : origin === 'int' ? 'an integer of ' : 'a number of ';
  return `${kind}${inclusive === false ? direction.replace('at least', 'more than').replace('at most', 'less than') : direction} ${limit}${unit}`;
}
