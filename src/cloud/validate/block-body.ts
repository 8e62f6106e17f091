import { judgeValue } from './argument-value';
import { typeOfJson } from './inference';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from './knowledge';
import { isRecord } from './json-value';
import { own, type JudgedStack, type Place, type Report } from './place';
import { dynamicsIn } from './references';
import type { Scope } from './resolution';
import type { Arguments } from './stack';
import { attributeType, mapOf, membersOf, listOf, toldType, type ValueType } from './value-type';
import { didYouMean } from '../../errors';

/** What a body is judged with. */
export interface Judging {
  readonly judged: JudgedStack;
  readonly place: Place;
  readonly locals: Scope['locals'];
  readonly bound: Scope['bound'];
  readonly report: Report;
}

/** The scope of an argument, for those who want its type and not what is wrong with it. */
export function scopeAt({ judged, place, locals, bound }: Judging, at: string): Scope {
  return { judged, place, locals, bound, at, problem: () => undefined };
}

const inside = (at: string, name: string) => (at ? `${at}.${name}` : name);

/** Judges the arguments of one body: that they exist, that they may be set, their types, and that none is missing. */
export function judgeBody(body: Arguments, schema: BlockSchema, at: string, judging: Judging, also: readonly string[] = []): void {
  const { report, place } = judging;
  const dynamics = schema.block_types && body.dynamic !== undefined ? dynamicsIn(body.dynamic) : [];
  for (const [name, value] of Object.entries(body)) {
    const path = inside(at, name);
    const attribute = own(schema.attributes, name);
    if (attribute) {
      judgeAttribute(value, attribute, path, judging);
    } else if (!own(schema.block_types, name) && !also.includes(name) && name !== '//' && !(name === 'dynamic' && dynamics.length > 0)) {
      const names = [...Object.keys(schema.attributes ?? {}), ...Object.keys(schema.block_types ?? {}), ...also]
        .filter(other => !readOnly(own(schema.attributes, other)));
      report('terraform', place, path, `is no argument of ${ownerOf(at, place)}; ${didYouMean(name, names).slice(2) || 'remove it'}`);
    }
  }
  const { required, writeOnly, blocks } = shapeOf(schema);
  for (const [name, attribute] of required) {
    if (body[name] === undefined || body[name] === null) {
      report('terraform', place, inside(at, name), `is missing, expected ${toldType(attributeType(attribute))}; ${ownerOf(at, place)} needs it`);
    }
  }
  for (const name of writeOnly) judgeWriteOnly(name, body, schema, at, judging);
  for (const { label, body: made } of dynamics) judgeDynamic(label, made, schema, at, judging);
  for (const [name, nested] of blocks) {
    const made = dynamics.some(({ label }) => label === name);
    if (Object.hasOwn(body, name) || nested.min_items) judgeBlocks(body[name], nested, inside(at, name), judging, made);
  }
}

/** What of a schema is asked about every body of it. */
interface Shape {
  readonly required: readonly (readonly [name: string, schema: AttributeSchema])[];
  readonly writeOnly: readonly string[];
  readonly blocks: readonly (readonly [name: string, schema: NestedBlockSchema])[];
}

const shapes = new WeakMap<BlockSchema, Shape>();

function shapeOf(schema: BlockSchema): Shape {
  const before = shapes.get(schema);
  if (before) return before;
  const attributes = Object.entries(schema.attributes ?? {});
  const shape: Shape = {
    required: attributes.filter(([, attribute]) => attribute.required),
    writeOnly: attributes.filter(([, attribute]) => attribute.write_only).map(([name]) => name),
    blocks: Object.entries(schema.block_types ?? {}),
  };
  shapes.set(schema, shape);
  return shape;
}

/** What an argument belongs to, in words. */
function ownerOf(at: string, { kind, type, address }: Place): string {
  if (at) return at.replace(/\[\d+\]/g, '').replace(/\bdynamic\.([\w-]+)\.content/g, '$1');
  return kind === 'provider' ? `provider ${type}` : type || address;
}

const readOnly = (schema: AttributeSchema | undefined) => schema !== undefined && schema.computed === true && !schema.optional && !schema.required;

function judgeAttribute(value: unknown, schema: AttributeSchema, at: string, judging: Judging): void {
  const { report, place } = judging;
  if (value === null || value === undefined) return;
  if (readOnly(schema)) {
    report('provider', place, at, 'is set, but only the provider can set it; remove it');
    return;
  }
  const type = schema.nested_type ? lenient(schema) : attributeType(schema);
  judgeValue(value, type, at, scopeAt(judging, at), (rule, path, message) => report(rule, place, path, message));
  if (schema.nested_type) judgeNested(value, schema, at, judging);
}

/** The outer shape of nested attributes: their members are judged one by one, since not all of them are needed. */
function lenient({ nested_type: nested }: AttributeSchema): ValueType {
  const any: ValueType = { kind: 'dynamic' };
  switch (nested?.nesting_mode) {
    case 'list': case 'set': return listOf(any);
    case 'map': return mapOf(any);
    default: return any;
  }
}

function judgeNested(value: unknown, { nested_type: nested }: AttributeSchema, at: string, judging: Judging): void {
  if (!nested || typeof value === 'string') return;
  const schema = { attributes: nested.attributes };
  if (nested.nesting_mode === 'single') {
    if (isRecord(value)) judgeBody(value, schema, at, judging);
    else judging.report('terraform', judging.place, at, `is ${JSON.stringify(value)}, expected an object`);
    return;
  }
  // A list in the place of a map, and the reverse, has been told.
  const all: readonly (readonly [string, unknown])[] = nested.nesting_mode === 'map'
    ? Object.entries(isRecord(value) ? value : {}).map(([key, member]) => [`[${JSON.stringify(key)}]`, member])
    : (Array.isArray(value) ? value : []).map((member: unknown, index) => [`[${index}]`, member]);
  for (const [key, member] of all) {
    if (isRecord(member)) judgeBody(member, schema, `${at}${key}`, judging);
    else if (typeof member !== 'string') judging.report('terraform', judging.place, `${at}${key}`, `is ${JSON.stringify(member)}, expected an object`);
  }
}

function judgeWriteOnly(name: string, body: Arguments, schema: BlockSchema, at: string, { report, place }: Judging): void {
  const version = `${name}_version`;
  const plain = name.replace(/_wo$/, '');
  const given = (other: string) => body[other] !== undefined && body[other] !== null;
  if (own(schema.attributes, version) && given(name) !== given(version)) {
    const [there, absent] = given(name) ? [name, version] : [version, name];
    report('provider', place, inside(at, absent), `is missing, expected beside ${there}: the provider learns of a change of the value by its version`);
  }
  if (plain !== name && given(name) && given(plain)) {
    report('provider', place, inside(at, plain), `is set beside ${name}, expected one of them; keep ${name}, which enters no state`);
  }
}

function judgeBlocks(value: unknown, nested: NestedBlockSchema, at: string, judging: Judging, made: boolean): void {
  const { report, place } = judging;
  if (nested.nesting_mode === 'map') {
    const labelled = Object.entries(isRecord(value) ? value : {});
    for (const [label, body] of labelled) if (isRecord(body)) judgeBody(body, nested.block ?? {}, `${at}[${JSON.stringify(label)}]`, judging);
    return;
  }
  const many = Array.isArray(value);
  // Terraform takes lists of lists of blocks for what they hold.
  const bodies = (many ? value.flat(Infinity) as unknown[] : [value]).filter(body => body !== undefined && body !== null);
  bodies.forEach((body, index) => {
    const path = many ? `${at}[${index}]` : at;
    if (isRecord(body)) judgeBody(body, nested.block ?? {}, path, judging);
    else report('terraform', place, path, `is ${JSON.stringify(body)}, but it is a block, expected an object${typeof body === 'string' && body.includes('${') ? '; make it with a dynamic block' : ''}`);
  });
  const single = nested.nesting_mode === 'single' || nested.nesting_mode === 'group';
  const [least, most] = [nested.min_items ?? 0, single ? 1 : nested.max_items ?? 0];
  const blocks = (count: number) => `${count} ${count === 1 ? 'block' : 'blocks'}`;
  if (bodies.length < least && !made) report('terraform', place, at, bodies.length === 0 ? `is missing, expected at least ${blocks(least)}` : `is there ${bodies.length} times, expected at least ${blocks(least)}`);
  if (most > 0 && bodies.length > most) report('terraform', place, at, `is there ${bodies.length} times, expected at most ${blocks(most)}`);
}

function judgeDynamic(label: string, body: Arguments, schema: BlockSchema, at: string, judging: Judging): void {
  const { report, place, bound } = judging;
  const path = inside(at, `dynamic.${label}`);
  const nested = own(schema.block_types, label);
  if (!nested) return report('terraform', place, path, `is no block of ${ownerOf(at, place)}${didYouMean(label, Object.keys(schema.block_types ?? {}))}`);
  for (const name of Object.keys(body).filter(key => !['for_each', 'iterator', 'labels', 'content', '//'].includes(key))) {
    report('terraform', place, `${path}.${name}`, `is no argument of a dynamic block, expected for_each, iterator, content${didYouMean(name, ['for_each', 'iterator', 'labels', 'content'])}`);
  }
  for (const name of ['for_each', 'content'].filter(key => body[key] === undefined || body[key] === null)) report('terraform', place, `${path}.${name}`, 'is missing; a dynamic block needs it');
  const { key, value } = membersOf(typeOfJson(body.for_each, scopeAt(judging, path)));
  const iterator = typeof body.iterator === 'string' ? body.iterator : label;
  const inner = new Map(bound).set(iterator, { kind: 'object', members: new Map([['key', key], ['value', value]]) });
  for (const content of [body.content].flat().filter(isRecord)) judgeBody(content, nested.block ?? {}, `${path}.content`, { ...judging, bound: inner });
}
