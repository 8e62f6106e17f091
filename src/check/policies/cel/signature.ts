import { typeNamed, type Substitution, type Type } from './types';
import { typeNameOf, type Value, type ValueMap } from './values';

/** One way to call a function: `list<A>.indexOf(A): int` is a member, `_+_(int, int): int` none. */
export interface Overload {
  readonly name: string;
  readonly member: boolean;
  readonly params: readonly Type[];
  readonly result: Type;
  readonly run: (...args: readonly Value[]) => Value;
}

/** What the functions of a table do, by signature. */
export type Library = Readonly<Record<string, (...args: never[]) => Value>>;

/** The overloads of tables, by name of the function. */
export function overloadsIn(libraries: readonly Library[]): ReadonlyMap<string, readonly Overload[]> {
  const found = new Map<string, Overload[]>();
  for (const [signature, run] of libraries.flatMap(library => Object.entries(library))) {
    const overload = overloadOf(signature, run as Overload['run']);
    found.set(overload.name, [...found.get(overload.name) ?? [], overload]);
  }
  return found;
}

function overloadOf(signature: string, run: Overload['run']): Overload {
  const [, receiver, name, params, result] = /^(?:([\w<>, ]+)\.)?([^(]+)\((.*)\): (.+)$/.exec(signature) ?? [];
  // The functions of a library are called with its name before, which is no receiver.
  const library = receiver === 'optional' || receiver === 'sets';
  const types = [...receiver !== undefined && !library ? [receiver] : [], ...splitTypes(params)].map(typeOf);
  return { name: library ? `${receiver}.${name}` : name, member: receiver !== undefined && !library, params: types, result: typeOf(result), run };
}

function typeOf(text: string): Type {
  const [, name, of] = /^(\w+)(?:<(.*)>)?$/.exec(text) ?? [];
  return { name, of: splitTypes(of ?? '').map(typeOf) };
}

function splitTypes(text: string): string[] {
  return text === '' ? [] : text.split(/, (?![^<]*>)/);
}

/** The types of an overload, with types of their own for its letters. */
export function instanceOf({ params, result }: Overload, types: Substitution): { readonly params: readonly Type[]; readonly result: Type } {
  const letters = new Map<string, Type>();
  const put = (type: Type): Type => {
    if (!/^[A-Z]$/.test(type.name)) return type.of.length ? { ...type, of: type.of.map(put) } : type;
    const known = letters.get(type.name) ?? types.fresh();
    letters.set(type.name, known);
    return known;
  };
  return { params: params.map(put), result: put(result) };
}

/** Whether an overload takes these values; of a list or map only the first entry is looked at, as the server does it. */
export function takes({ params }: Overload, values: readonly Value[]): boolean {
  return params.length === values.length && params.every((param, index) => holds(param, values[index]));
}

function holds({ name, of }: Type, value: Value): boolean {
  if (name === 'dyn' || /^[A-Z]$/.test(name)) return true;
  if (typeNameOf(value) !== name) return false;
  if (value instanceof Map) return [...value as ValueMap].slice(0, 1).every(([key, item]) => holds(of[0], key) && holds(of[1], item));
  return !Array.isArray(value) || (value as readonly Value[]).slice(0, 1).every(item => holds(of[0], item));
}

export const typeNames: ReadonlySet<string> = new Set(['int', 'double', 'bool', 'string', 'list', 'map', 'null_type', 'type']);
export const typeType = typeNamed('type');
