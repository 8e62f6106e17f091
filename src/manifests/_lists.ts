import type { SchemaNode } from './_schema-node';

/** What is wrong with a list as a whole, or with the entry at `index`. */
export interface ListProblem {
  readonly index?: number;
  readonly got: string;
  readonly expected: string;
}

const none: readonly ListProblem[] = [];

/** Length of a list, and entries that may stand in it once. `item` is the schema of an entry, for the defaults of its keys. */
export function expectedOfList(node: SchemaNode, item: SchemaNode | undefined, value: readonly unknown[]): readonly ListProblem[] {
  if (node.minItems !== undefined && value.length < node.minItems) {
    return [{ got: `a list of ${value.length}`, expected: `at least ${node.minItems} ${node.minItems === 1 ? 'entry' : 'entries'}` }];
  }
  if (node.maxItems !== undefined && value.length > node.maxItems) {
    return [{ got: `a list of ${value.length}`, expected: `at most ${node.maxItems} entries` }];
  }
  if (value.length < 2) return none;
  if (node.mapKeys !== undefined) return repeated(value, entry => identityOf(entry, node.mapKeys ?? [], item), node.mapKeys.join(' and '));
  return node.set ? repeated(value, entry => (typeof entry === 'object' ? undefined : entry), '') : none;
}

function repeated(value: readonly unknown[], identity: (entry: unknown) => unknown, by: string): readonly ListProblem[] {
  const seen = new Map<unknown, number>();
  const problems: ListProblem[] = [];
  for (let index = 0; index < value.length; index++) {
    const key = identity(value[index]);
    if (key === undefined) continue;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else problems.push({ index, got: `a repetition of entry ${first}`, expected: by === '' ? 'each value once' : `entries that differ in ${by}` });
  }
  return problems.length === 0 ? none : problems;
}

function identityOf(entry: unknown, keys: readonly string[], item: SchemaNode | undefined): unknown {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const record = entry as Readonly<Record<string, unknown>>;
  const values = keys.map(key => record[key] ?? item?.properties?.[key]?.default);
  if (values.every(value => value === undefined)) return undefined;
  return values.length === 1 ? values[0] : JSON.stringify(values);
}
