import { typeOfTemplate } from './inference';
import { isRecord, told } from './json-value';
import type { Scope } from './resolution';
import { parseTemplate } from './template';
import { convertible, toldType, type ValueType } from './value-type';
import { didYouMean } from '../../errors';

/** Notes what is wrong with a value, at a path. */
type Note = (rule: 'terraform' | 'provider', at: string, message: string) => void;

/** Judges whether a value of the JSON can become what an argument takes, by Terraform's own conversions. */
export function judgeValue(value: unknown, type: ValueType, at: string, scope: Scope, note: Note): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'string') return judgeText(value, type, at, scope, note);
  if (type.kind === 'dynamic') return;
  const wrong = (hint = '') => note('terraform', at, `is ${told(value)}, expected ${toldType(type)}${hint}`);
  if (Array.isArray(value)) {
    if (type.kind === 'list' || type.kind === 'set') judgeMembers(value, type.of, at, scope, note);
    else if (type.kind !== 'tuple') wrong(value.length === 1 ? '; take it out of the list' : '');
  } else if (isRecord(value)) {
    if (type.kind === 'map') for (const [key, inner] of Object.entries(value)) judgeValue(inner, type.of, `${at}[${JSON.stringify(key)}]`, scope, note);
    else if (type.kind === 'object') judgeMembersOf(value, type.members, at, scope, note);
    else wrong(type.kind === 'list' || type.kind === 'set' ? '; put it into a list' : '');
  } else if (!(type.kind === 'string' || (type.kind === 'number' && typeof value === 'number') || (type.kind === 'bool' && typeof value === 'boolean'))) {
    wrong();
  }
}

function judgeText(value: string, type: ValueType, at: string, scope: Scope, note: Note): void {
  const template = parseTemplate(value);
  const { literal, whole, problem } = template;
  // What is wrong inside of an expression is told by who follows references.
  if (problem !== undefined) return;
  if (literal === undefined) {
    if (type.kind === 'dynamic') return;
    const from = typeOfTemplate(template, { ...scope, at, problem: () => undefined });
    if (!convertible(from, type)) note('terraform', at, `is ${told(value)}${whole ? `, thus ${toldType(from)}` : ''}, expected ${toldType(type)}${lacking(from, type)}`);
  } else if (!readsAs(literal, type)) {
    note('terraform', at, `is ${told(value)}, expected ${toldType(type)}${type.kind === 'list' || type.kind === 'set' ? `; write [${told(value)}]` : ''}`);
  }
}

/** Whether Terraform turns a text into a value of the type. */
function readsAs(literal: string, type: ValueType): boolean {
  switch (type.kind) {
    case 'number': return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(literal);
    case 'bool': return ['true', 'false', '1', '0'].includes(literal);
    default: return type.kind === 'string' || type.kind === 'dynamic';
  }
}

/** What objects lack that others must have, where that is the difference. */
function lacking(from: ValueType, to: ValueType): string {
  if (from.kind === 'object' && to.kind === 'object') {
    const missing = [...to.members.keys()].filter(name => !from.members.has(name));
    return missing.length > 0 ? ` with every member; write ${missing.join(', ')} too, null where it is not set` : '';
  }
  if ('of' in from && 'of' in to) return lacking(from.of, to.of);
  return from.kind === 'tuple' && 'of' in to ? from.items.map(item => lacking(item, to.of)).find(Boolean) ?? '' : '';
}

function judgeMembers(values: readonly unknown[], of: ValueType, at: string, scope: Scope, note: Note): void {
  values.forEach((member, index) => {
    if (member === null) note('provider', `${at}[${index}]`, 'is null, which has no place in a list; leave it out');
    judgeValue(member, of, `${at}[${index}]`, scope, note);
  });
}

type Members = ReadonlyMap<string, ValueType>;

function judgeMembersOf(value: Readonly<Record<string, unknown>>, members: Members, at: string, scope: Scope, note: Note): void {
  const names = [...members.keys()];
  for (const [key, inner] of Object.entries(value)) {
    const type = members.get(key);
    if (type) judgeValue(inner, type, `${at}.${key}`, scope, note);
    else note('terraform', `${at}.${key}`, `is no member, expected ${names.join(', ')}; it would be dropped without a word${didYouMean(key, names)}`);
  }
  const missing = names.filter(name => !Object.hasOwn(value, name));
  if (missing.length > 0) note('terraform', at, `has no ${missing.join(', ')}, expected every member; write null where it is not set`);
}
