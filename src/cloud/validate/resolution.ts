import type { Expression, Step } from './expression';
import type { BlockSchema } from './knowledge';
import { isRecord } from './json-value';
import { own, type JudgedStack, type Place } from './place';
import type { Reference } from './references';
import { parseBare } from './template';
import { blockType, bool, dynamic, listOf, mapOf, membersOf, number, setOf, text, type ValueType } from './value-type';
import { didYouMean } from '../../errors';

/** Where an expression stands, and who wants to know what is wrong with it. */
export interface Scope {
  readonly judged: JudgedStack;
  readonly place: Place;
  readonly at: string;
  /** Names that a `for` or a dynamic block binds. */
  readonly bound: ReadonlyMap<string, ValueType>;
  /** The types of locals and variables of the stack, worked out once. */
  readonly locals: Map<string, ValueType>;
  readonly problem: (message: string) => void;
}

/** Works out the type of a value of the JSON. */
type Infer = (value: unknown, scope: Scope) => ValueType;

/** The type of what a reference names, before its further steps; what is wrong with the reference itself is told. */
export function resolveReference(reference: Reference, scope: Scope, infer: Infer): ValueType {
  switch (reference.kind) {
    case 'resource': case 'data': case 'ephemeral': return blockAt(reference, scope);
    case 'var': case 'local': case 'module': return namedAt(reference, scope, infer);
    case 'each': return eachAt(reference, scope, infer);
    case 'count': return countAt(reference, scope);
    case 'self': return selfAt(scope);
    case 'path': return wordAt(reference, ['module', 'root', 'cwd'], scope);
    case 'terraform': return wordAt(reference, ['workspace', 'applying'], scope);
  }
}

const unknown = (scope: Scope, message: string): ValueType => {
  scope.problem(message);
  return dynamic;
};

function blockAt({ kind, address, steps, text: told }: Reference, scope: Scope): ValueType {
  const { judged, place } = scope;
  const words = address.split('.').length;
  if (words < (kind === 'resource' ? 2 : 3)) return unknown(scope, `refers to ${told}, expected ${kind === 'resource' ? '' : `${kind}.`}type.name.attribute; write $\${ where the text itself is meant`);
  const target = judged.placeAt(address);
  if (!target || !['resource', 'data', 'ephemeral'].includes(target.kind)) return unknown(scope, `refers to ${told}, but nothing in the stack is ${address}${judged.meantBy(address)}`);
  if (target === place) return unknown(scope, `refers to ${told}, which is the block itself; it would wait for itself: remove the reference${inSelf(scope.at) ? ', or write self' : ''}`);
  const schema = judged.schemaOf(target);
  return instances(target, schema ? blockType(schema) : dynamic, steps, scope, told);
}

/** A block with `count` is a list of them, one with `for_each` a map. */
function instances(target: Place, type: ValueType, steps: readonly Step[], scope: Scope, told: string): ValueType {
  const body = isRecord(target.body) ? target.body : {};
  const first = steps.at(0);
  const indexed = first?.kind === 'index' || first?.kind === 'computed';
  const many = body.count !== undefined ? 'count' : body.for_each !== undefined ? 'for_each' : undefined;
  if (many === undefined) return indexed ? unknown(scope, `refers to ${told}, but ${target.address} has neither count nor for_each; leave the index out`) : type;
  if (first?.kind === 'attribute') {
    return unknown(scope, `refers to ${told}, but ${target.address} has ${many}; name one of them, such as ${target.address}[${many === 'count' ? '0' : '"key"'}].${first.name}`);
  }
  return many === 'count' ? listOf(type) : first?.kind === 'splat' ? dynamic : mapOf(type);
}

function namedAt({ kind, address, text: told }: Reference, scope: Scope, infer: Infer): ValueType {
  const { judged, locals } = scope;
  const target = judged.placeAt(address);
  if (!target) {
    const names = judged.places.filter(place => place.address.startsWith(`${kind}.`)).map(place => place.address);
    const what = { var: 'variable', local: 'local value', module: 'module' }[kind as 'var' | 'local' | 'module'];
    return unknown(scope, `refers to ${told}, but the stack has no ${what} ${address.slice(kind.length + 1)}${didYouMean(address, names)}`);
  }
  if (target === scope.place) return unknown(scope, `refers to ${told}, which is itself`);
  const before = locals.get(address);
  if (before) return before;
  // Set first: a cycle of locals ends here, and is told elsewhere.
  locals.set(address, dynamic);
  const type = kind === 'local' ? infer(target.body, { ...scope, place: target, at: '', bound: new Map(), problem: () => undefined }) : kind === 'var' ? variableType(target) : dynamic;
  locals.set(address, type);
  return type;
}

function variableType({ body }: Place): ValueType {
  if (!isRecord(body)) return dynamic;
  const { expression } = typeof body.type === 'string' ? parseBare(body.type) : {};
  const type = expression ? constraint(expression) : dynamic;
  return body.sensitive === true || body.sensitive === 'true' ? { ...type, sensitive: true } : type;
}

/** The type that a variable's constraint names: `map(object({ zone = string }))`. */
function constraint(expression: Expression): ValueType {
  if (expression.kind === 'reference') return ({ string: text, number, bool } as Readonly<Record<string, ValueType>>)[expression.root] ?? dynamic;
  if (expression.kind !== 'call') return dynamic;
  const [of] = expression.given as readonly (Expression | undefined)[];
  if (!of) return dynamic;
  switch (expression.name) {
    case 'list': return listOf(constraint(of));
    case 'set': return setOf(constraint(of));
    case 'map': return mapOf(constraint(of));
    case 'optional': return constraint(of);
    case 'tuple': return of.kind === 'list' ? { kind: 'tuple', items: of.items.map(constraint) } : dynamic;
    case 'object':
      return of.kind === 'object' ? { kind: 'object', members: new Map(of.entries.map(([key, value]) => [key.kind === 'literal' ? String(key.value) : '', constraint(value)])) } : dynamic;
    default: return dynamic;
  }
}

function eachAt(reference: Reference, scope: Scope, infer: Infer): ValueType {
  const { address, text: told } = reference;
  const forEach = isRecord(scope.place.body) ? scope.place.body.for_each : undefined;
  if (forEach === undefined) return unknown(scope, `refers to ${told}, but ${scope.place.address} has no for_each`);
  if (scope.at === 'for_each') return unknown(scope, `refers to ${told} in for_each itself`);
  if (address !== 'each.key' && address !== 'each.value') return unknown(scope, `refers to ${told}, expected each.key or each.value`);
  if (address === 'each.key') return text;
  const over = infer(forEach, { ...scope, at: 'for_each', bound: new Map(), problem: () => undefined });
  return membersOf(over).value;
}

function countAt({ address, text: told }: Reference, scope: Scope): ValueType {
  const counted = isRecord(scope.place.body) && scope.place.body.count !== undefined && scope.at !== 'count';
  if (!counted) return unknown(scope, `refers to ${told}, but ${scope.place.address} has no count`);
  return address === 'count.index' ? number : unknown(scope, `refers to ${told}, expected count.index`);
}

const inSelf = (at: string) => /^(provisioner|connection)\b|^lifecycle(\[\d+\])?\.postcondition/.test(at);

function selfAt(scope: Scope): ValueType {
  if (!inSelf(scope.at)) return unknown(scope, 'refers to self, which exists in provisioners, connections and postconditions only');
  const schema = scope.judged.schemaOf(scope.place);
  return schema ? blockType(schema) : dynamic;
}

function wordAt({ kind, address, text: told }: Reference, words: readonly string[], scope: Scope): ValueType {
  const word = address.slice(kind.length + 1);
  if (!words.includes(word)) return unknown(scope, `refers to ${told}, expected ${words.map(known => `${kind}.${known}`).join(', ')}${didYouMean(word, words)}`);
  return word === 'applying' ? bool : text;
}

/** Follows the path of an argument, such as `scaling_config[0].desired_size`, through a schema; says why it leads nowhere. */
export function pathProblem(schema: BlockSchema, root: string, steps: readonly Step[]): string | undefined {
  const attribute = own(schema.attributes, root);
  const nested = own(schema.block_types, root);
  if (attribute === undefined && nested === undefined) {
    return `has no ${root}${didYouMean(root, [...Object.keys(schema.attributes ?? {}), ...Object.keys(schema.block_types ?? {})])}`;
  }
  if (nested === undefined || nested.nesting_mode === 'set' || nested.nesting_mode === 'map') return undefined;
  const single = nested.nesting_mode === 'single' || nested.nesting_mode === 'group';
  const [first, ...rest] = steps;
  if (!single && first?.kind === 'attribute') return `has ${root} as a list; write ${root}[0].${first.name}`;
  const next = single ? steps : rest;
  const [member, ...further] = next as readonly (Step | undefined)[];
  return nested.block && member?.kind === 'attribute' ? pathProblem(nested.block, member.name, further.filter(step => step !== undefined)) : undefined;
}
