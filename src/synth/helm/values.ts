import { isSame } from '../../manifests/factoring/same';

type Fields = Readonly<Record<string, unknown>>;

/** A place of a template whose value is not the same in every environment. */
export interface Leaf {
  /** Where it is in the object; entries of lists by their names. */
  readonly path: readonly string[];
  /** What it is, by environment; absent in those that have nothing there. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Whether some environments that have the object have nothing there. */
  readonly optional: boolean;
}

/** An object of several environments at once. */
export interface Merged {
  /** What is the same everywhere, with marks in place of the rest. */
  readonly object: unknown;
  readonly leaves: readonly Leaf[];
}

/** Stands in an object for a leaf; as YAML it needs no quotes. */
export type Mark = (leaf: number) => string;

/** Puts an object of several environments together: what is the same in all of them stays, of the rest as little as possible becomes a value. */
export function mergedObject(objects: ReadonlyMap<string, unknown>, mark: Mark): Merged {
  const leaves: Leaf[] = [];
  const add = (leaf: Leaf): string => mark(leaves.push(leaf) - 1);
  return { object: mergedValue(objects, [], add), leaves };
}

type Add = (leaf: Leaf) => string;
type Values = ReadonlyMap<string, unknown>;

function mergedValue(values: Values, path: readonly string[], add: Add): unknown {
  const [first, ...others] = values.values();
  if (others.every(other => isSame(other, first))) return first;
  const fields = allOf(values, isFields);
  if (fields) return mergedFields(fields, path, add) ?? add({ path, values, optional: false });
  const lists = allOf(values, isList);
  return (lists && mergedList(lists, path, add)) ?? add({ path, values, optional: false });
}

/** Undefined when the environments have no field in common: an object may be left of which nothing is said. */
function mergedFields(values: ReadonlyMap<string, Fields>, path: readonly string[], add: Add): Fields | undefined {
  const all = [...values.values()];
  const keys = [...new Set(all.flatMap(Object.keys))];
  const common = keys.filter(key => all.every(fields => Object.hasOwn(fields, key)));
  if (!common.length) return undefined;
  // What is not always there comes last: a list's entry has to begin with something that is.
  const optional = keys.filter(key => !common.includes(key));
  return Object.fromEntries([
    ...common.map(key => [key, mergedValue(new Map([...values].map(([name, fields]) => [name, fields[key]])), [...path, key], add)]),
    ...optional.map(key => [key, add({
      path: [...path, key], optional: true,
      values: new Map([...values].filter(([, fields]) => Object.hasOwn(fields, key)).map(([name, fields]) => [name, fields[key]])),
    })]),
  ]);
}

/** Undefined when entries come and go. */
function mergedList(values: ReadonlyMap<string, readonly unknown[]>, path: readonly string[], add: Add): readonly unknown[] | undefined {
  const all = [...values.values()];
  const names = all.map(list => list.map(nameOf));
  const isUnique = new Set(names[0]).size === names[0].length && names.every(other => isSame(other, names[0]));
  const isNamed = isUnique && names[0].every(name => name !== undefined);
  const isNumbered = all.every(list => list.length === all[0].length && list.every(entry => isFields(entry) && nameOf(entry) === undefined));
  if (!isNamed && !isNumbered) return undefined;
  return all[0].map((_, index) => {
    const entries = new Map([...values].map(([name, list]) => [name, list[index]]));
    return mergedValue(entries, [...path, isNamed ? String(names[0][index]) : String(index)], add);
  });
}

const nameOf = (entry: unknown) => (isFields(entry) && typeof entry.name === 'string' ? entry.name : undefined);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function allOf<T>(values: Values, is: (value: unknown) => value is T): ReadonlyMap<string, T> | undefined {
  return [...values.values()].every(is) ? values as ReadonlyMap<string, T> : undefined;
}
