import type { Step } from './expression';
import type { AttributeSchema, BlockSchema, TerraformType } from './knowledge';
import { closest } from '../../errors';

/** What is known of a value before it is there: its type, and whether it must not be shown. */
export type ValueType = Marks & (
  | { readonly kind: 'string' | 'number' | 'bool' | 'dynamic' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly of: ValueType }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, ValueType> }
  | { readonly kind: 'tuple'; readonly items: readonly ValueType[] }
);

interface Marks {
  readonly sensitive?: boolean;
  /** It can be set but never be read. */
  readonly writeOnly?: boolean;
}

export const dynamic: ValueType = { kind: 'dynamic' };
export const text: ValueType = { kind: 'string' };
export const number: ValueType = { kind: 'number' };
export const bool: ValueType = { kind: 'bool' };
export const listOf = (of: ValueType): ValueType => ({ kind: 'list', of });
export const setOf = (of: ValueType): ValueType => ({ kind: 'set', of });
export const mapOf = (of: ValueType): ValueType => ({ kind: 'map', of });

const scalars: Readonly<Record<string, ValueType>> = { string: text, number, bool, dynamic, any: dynamic };

/** A type as the schema writes it. */
export function valueType(type: TerraformType): ValueType {
  if (typeof type === 'string') return scalars[type] ?? dynamic;
  switch (type[0]) {
    case 'object': return { kind: 'object', members: new Map(Object.entries(type[1]).map(([name, inner]) => [name, valueType(inner)])) };
    case 'tuple': return { kind: 'tuple', items: type[1].map(valueType) };
    default: return { kind: type[0], of: valueType(type[1]) };
  }
}

const nest = (mode: 'single' | 'group' | 'list' | 'set' | 'map', inner: ValueType): ValueType => (mode === 'single' || mode === 'group' ? inner : { kind: mode, of: inner });

const attributeTypes = new WeakMap<AttributeSchema, ValueType>();

/** The type of an attribute, nested ones included. */
export function attributeType(schema: AttributeSchema): ValueType {
  const before = attributeTypes.get(schema);
  if (before) return before;
  const { nested_type: nested, sensitive, write_only: writeOnly } = schema;
  const plain = nested
    ? nest(nested.nesting_mode, { kind: 'object', members: new Map(Object.entries(nested.attributes).map(([name, inner]) => [name, attributeType(inner)])) })
    : valueType(schema.type ?? 'dynamic');
  const type: ValueType = sensitive || writeOnly ? { ...plain, ...(sensitive && { sensitive }), ...(writeOnly && { writeOnly }) } : plain;
  attributeTypes.set(schema, type);
  return type;
}

const blockTypes = new WeakMap<BlockSchema, ValueType>();

/** The type that a block has for those who refer to it: an object of its attributes and blocks. */
export function blockType(schema: BlockSchema): ValueType {
  const before = blockTypes.get(schema);
  if (before) return before;
  const type: ValueType = { kind: 'object', members: new Map([
    ...Object.entries(schema.attributes ?? {}).map(([name, attribute]) => [name, attributeType(attribute)] as const),
    ...Object.entries(schema.block_types ?? {}).map(([name, { nesting_mode: mode, block }]) => [name, nest(mode, blockType(block ?? {}))] as const),
  ]) };
  blockTypes.set(schema, type);
  return type;
}

/** Whether a value of one type can become one of the other; where it depends on the value, it can. */
export function convertible(from: ValueType, to: ValueType): boolean {
  if (from.kind === 'dynamic' || to.kind === 'dynamic') return true;
  if (from.kind === 'string' || from.kind === 'number' || from.kind === 'bool') {
    return from.kind === to.kind || to.kind === 'string' || (from.kind === 'string' && (to.kind === 'number' || to.kind === 'bool'));
  }
  switch (to.kind) {
    case 'list':
    case 'set':
      if (from.kind === 'tuple') return from.items.every(item => convertible(item, to.of));
      return (from.kind === 'list' || from.kind === 'set') && convertible(from.of, to.of);
    case 'map':
      if (from.kind === 'object') return [...from.members.values()].every(member => convertible(member, to.of));
      return from.kind === 'map' && convertible(from.of, to.of);
    case 'object':
      if (from.kind === 'map') return [...to.members.values()].every(member => convertible(from.of, member));
      return from.kind === 'object' && [...to.members].every(([name, member]) => {
        const given = from.members.get(name);
        return given !== undefined && convertible(given, member);
      });
    case 'tuple':
      return from.kind === 'tuple' && from.items.length === to.items.length && from.items.every((item, index) => convertible(item, to.items[index]));
    default: return false;
  }
}

/** A type in words: `a list of text`. */
export function toldType(type: ValueType): string {
  switch (type.kind) {
    case 'string': return 'text';
    case 'number': return 'a number';
    case 'bool': return 'true or false';
    case 'dynamic': return 'any value';
    case 'object': return `an object with ${[...type.members.keys()].join(', ') || 'no members'}`;
    case 'tuple': return `a list of ${type.items.length}`;
    default: return `a ${type.kind} of ${members(type.of)}`;
  }
}

function members(type: ValueType): string {
  const plain: Readonly<Record<string, string>> = { string: 'text', number: 'numbers', bool: 'true or false', dynamic: 'any values', object: 'objects' };
  return plain[type.kind] ?? toldType(type).replace(/^a (\w+)/, '$1s');
}

const secrets = new WeakMap<ValueType, boolean>();

/** Whether anything in a value of this type must not be shown. */
export function hasSecret(type: ValueType): boolean {
  if (type.sensitive) return true;
  switch (type.kind) {
    case 'list': case 'set': case 'map': return hasSecret(type.of);
    case 'object': {
      const before = secrets.get(type);
      if (before !== undefined) return before;
      const secret = [...type.members.values()].some(hasSecret);
      secrets.set(type, secret);
      return secret;
    }
    case 'tuple': return type.items.some(hasSecret);
    default: return false;
  }
}

/** The type, to be kept as secret as what it was made of. */
export function marked(type: ValueType, ...sources: readonly ValueType[]): ValueType {
  return !type.sensitive && sources.some(hasSecret) ? { ...type, sensitive: true } : type;
}

/** What the members of a collection are, with what they are called by. */
export function membersOf(type: ValueType): { readonly key: ValueType; readonly value: ValueType } {
  const secret = (value: ValueType) => (type.sensitive ? { ...value, sensitive: true } : value);
  switch (type.kind) {
    case 'list': return { key: number, value: secret(type.of) };
    case 'set': return { key: secret(type.of), value: secret(type.of) };
    case 'map': return { key: text, value: secret(type.of) };
    case 'tuple': return { key: number, value: secret(alike(type.items)) };
    case 'object': return { key: text, value: secret(alike([...type.members.values()])) };
    default: return { key: dynamic, value: secret(dynamic) };
  }
}

/** The type of all of them where they have the same. */
function alike(types: readonly ValueType[]): ValueType {
  const [first, ...rest] = types;
  const same = first !== undefined && rest.every(type => JSON.stringify(plain(type)) === JSON.stringify(plain(first)));
  if (!same) return marked(dynamic, ...types);
  // What is secret inside of them is so in the first one, too.
  return types.some(type => type.sensitive) ? { ...first, sensitive: true } : first;
}

const plain = (type: ValueType): unknown => (type.kind === 'object' ? { kind: type.kind, members: [...type.members].map(([name, inner]) => [name, plain(inner)]) } : type);

/** One step into a value: the type of what is there, or why nothing can be. */
export function stepInto(type: ValueType, step: Step): { readonly type: ValueType } | { readonly problem: string } {
  const inner = stepPlain(type, step);
  return type.sensitive && 'type' in inner ? { type: { ...inner.type, sensitive: true } } : inner;
}

function stepPlain(type: ValueType, step: Step): { readonly type: ValueType } | { readonly problem: string } {
  if (type.kind === 'dynamic') return { type: dynamic };
  switch (step.kind) {
    case 'splat':
      if (type.kind === 'set' || type.kind === 'list') return { type: listOf(type.of) };
      return { type: type.kind === 'tuple' ? listOf(alike(type.items)) : listOf(type) };
    case 'computed':
      if (type.kind === 'set') return { problem: 'is a set, whose members have no index; use tolist(…)' };
      return type.kind === 'string' || type.kind === 'number' || type.kind === 'bool' ? { problem: `is ${toldType(type)}, which has no members` } : { type: membersOf(type).value };
    case 'attribute': return memberOf(type, step.name);
    case 'index': return typeof step.key === 'string' && (type.kind === 'object' || type.kind === 'map') ? memberOf(type, step.key) : elementOf(type, step.key);
  }
}

function memberOf(type: ValueType, name: string): { readonly type: ValueType } | { readonly problem: string } {
  if (type.kind === 'map') return { type: type.of };
  if (type.kind === 'object') {
    const member = type.members.get(name);
    if (member) return { type: member };
    const names = [...type.members.keys()];
    const meant = closest(name, names);
    const known = names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ');
    return { problem: `has no ${name}${meant === undefined ? `, expected one of ${known}` : `; did you mean ${meant}?`}` };
  }
  if (type.kind === 'list' || type.kind === 'tuple') return { problem: `is ${toldType(type)}; name one of them before .${name}, such as [0]` };
  return { problem: type.kind === 'set' ? `is a set; take its members with tolist(…) before .${name}` : `is ${toldType(type)}, which has no ${name}` };
}

function elementOf(type: ValueType, key: string | number): { readonly type: ValueType } | { readonly problem: string } {
  switch (type.kind) {
    case 'set': return { problem: `is a set, whose members have no index; write tolist(…)[${key}]` };
    case 'map': return { type: type.of };
    case 'object': return memberOf(type, String(key));
    case 'list': return Number.isInteger(Number(key)) ? { type: type.of } : { problem: `is ${toldType(type)}, expected a number as index, not ${JSON.stringify(key)}` };
    case 'tuple': {
      const item = type.items[Number(key)] as ValueType | undefined;
      return item ? { type: item } : { problem: `has ${type.items.length} members, expected an index below that, not ${JSON.stringify(key)}` };
    }
    default: return { problem: `is ${toldType(type)}, which has no index` };
  }
}
