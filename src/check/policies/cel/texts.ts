import { int } from './numbers';
import { EvaluationError } from './problem';
import { patternOf } from './regex';
import type { Library } from './signature';

/** Go's white space, which is not quite JavaScript's. */
const blank = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const edges = new RegExp(`^${blank}|${blank}$`, 'g');

/** Positions count characters, as CEL does, and not the halves of which JavaScript makes some of them. */
const characters = (text: string) => [...text];

function indexFrom(text: string, part: string, from: bigint): bigint {
  const all = characters(text);
  const wanted = characters(part);
  if (from < 0n || from > BigInt(all.length)) throw new EvaluationError(`index out of range: ${from}`);
  for (let at = Number(from); at <= all.length - wanted.length; at += 1) {
    if (wanted.every((character, index) => all[at + index] === character)) return BigInt(at);
  }
  return wanted.length === 0 ? from : -1n;
}

function lastIndexFrom(text: string, part: string, from: bigint): bigint {
  const all = characters(text);
  const wanted = characters(part);
  if (from < 0n || from > BigInt(all.length)) throw new EvaluationError(`index out of range: ${from}`);
  for (let at = Math.min(Number(from), all.length - wanted.length); at >= 0; at -= 1) {
    if (wanted.every((character, index) => all[at + index] === character)) return BigInt(at);
  }
  return -1n;
}

function slice(text: string, from: bigint, to = BigInt(characters(text).length)): string {
  const all = characters(text);
  if (from < 0n || to > BigInt(all.length) || from > to) throw new EvaluationError(`index out of range: ${from}, ${to}`);
  return all.slice(Number(from), Number(to)).join('');
}

/** At most so many pieces; all where the number is negative. */
function split(text: string, separator: string, most = -1n): string[] {
  const pieces = separator === '' ? characters(text) : text.split(separator);
  if (most < 0n || BigInt(pieces.length) <= most) return most === 0n ? [] : pieces;
  const kept = Number(most) - 1;
  return most === 0n ? [] : [...pieces.slice(0, kept), pieces.slice(kept).join(separator)];
}

function replace(text: string, old: string, by: string, most = -1n): string {
  if (most === 0n || old === by) return text;
  if (old !== '') return split(text, old, most < 0n ? most : most + 1n).join(by);
  const all = characters(text);
  const times = most < 0n ? all.length + 1 : Math.min(Number(most), all.length + 1);
  return [...all, ''].map((character, index) => (index < times ? by : '') + character).join('');
}

const ascii = (text: string, pattern: RegExp, change: (letter: string) => string) => text.replace(pattern, change);
const found = (text: string, pattern: string) => [...text.matchAll(patternOf(pattern, 'g'))].map(([match]) => match);

/** Functions of texts: CEL's own, the extensions that Kubernetes has, and its regular expressions. */
export const textFunctions: Library = {
  'string.contains(string): bool': (text: string, part: string) => text.includes(part),
  'string.startsWith(string): bool': (text: string, part: string) => text.startsWith(part),
  'string.endsWith(string): bool': (text: string, part: string) => text.endsWith(part),
  'string.size(): int': (text: string) => BigInt(characters(text).length),
  'size(string): int': (text: string) => BigInt(characters(text).length),
  'string.matches(string): bool': (text: string, pattern: string) => patternOf(pattern).test(text),
  'matches(string, string): bool': (text: string, pattern: string) => patternOf(pattern).test(text),
  'string.find(string): string': (text: string, pattern: string) => found(text, pattern)[0] ?? '',
  'string.findAll(string): list<string>': (text: string, pattern: string) => found(text, pattern),
  'string.findAll(string, int): list<string>': (text: string, pattern: string, most: bigint) => (most < 0n ? found(text, pattern) : found(text, pattern).slice(0, Number(most))),
  'string.charAt(int): string': (text: string, at: bigint) => (at === BigInt(characters(text).length) ? '' : slice(text, at, int(at + 1n))),
  'string.indexOf(string): int': (text: string, part: string) => indexFrom(text, part, 0n),
  'string.indexOf(string, int): int': indexFrom,
  'string.lastIndexOf(string): int': (text: string, part: string) => lastIndexFrom(text, part, BigInt(characters(text).length)),
  'string.lastIndexOf(string, int): int': lastIndexFrom,
  'string.lowerAscii(): string': (text: string) => ascii(text, /[A-Z]/g, letter => letter.toLowerCase()),
  'string.upperAscii(): string': (text: string) => ascii(text, /[a-z]/g, letter => letter.toUpperCase()),
  'string.replace(string, string): string': replace,
  'string.replace(string, string, int): string': replace,
  'string.split(string): list<string>': split,
  'string.split(string, int): list<string>': split,
  'string.substring(int): string': slice,
  'string.substring(int, int): string': slice,
  'string.trim(): string': (text: string) => text.replace(edges, ''),
  'list<string>.join(): string': (items: readonly string[]) => joined(items, ''),
  'list<string>.join(string): string': (items: readonly string[], separator: string) => joined(items, separator),
};

function joined(items: readonly unknown[], separator: string): string {
  if (!items.every(item => typeof item === 'string')) throw new EvaluationError('no such overload: join of what is no text');
  return items.join(separator);
}
