import { isSame } from '../../manifests/factoring/same';

type Fields = Readonly<Record<string, unknown>>;

/** One value of a chart. */
export interface ChartValue {
  /** Where it stands in the values. */
  readonly path: readonly string[];
  /** What it is by environment. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Whether it may be left out. */
  readonly optional: boolean;
  /** Which field it is. */
  readonly description: string;
}

/** The values files of a chart. */
export interface ValuesFiles {
  readonly defaults: Fields;
  readonly environments: ReadonlyMap<string, Fields>;
  readonly schema: Fields;
}

/**
 * The values of a chart: in `values.yaml` what the first environment that has it says, for each environment what differs from that. What some
 * environments leave out is in the files of the others only, since no values file can take anything away again; for the same reason an object
 * that is one value is empty at first.
 */
export function valuesFilesOf(values: readonly ChartValue[], environments: readonly string[]): ValuesFiles {
  const defaults: Record<string, unknown> = {};
  const own = new Map(environments.map(name => [name, {} as Record<string, unknown>]));
  for (const { path, values: byEnvironment, optional } of values) {
    const initial = defaultOf(environments.flatMap(name => (byEnvironment.has(name) ? [byEnvironment.get(name)] : [])));
    if (optional) setAt(defaults, path.slice(0, -1));
    else setAt(defaults, path, initial);
    for (const [name, value] of byEnvironment) {
      if (optional || !isSame(value, initial)) setAt(own.get(name) ?? {}, path, value);
    }
  }
  return { defaults, environments: own, schema: schemaOf(values) };
}

function defaultOf(values: readonly unknown[]): unknown {
  const isMap = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return values.every(isMap) ? {} : values.find(value => !isMap(value));
}

/** Puts a value where it belongs, and objects around it; without a value only those. */
function setAt(root: Record<string, unknown>, path: readonly string[], value: unknown = {}): void {
  let at = root;
  path.forEach((key, index) => {
    const isLast = index === path.length - 1;
    if (!Object.hasOwn(at, key) || (isLast && !isSame(value, {}))) at[key] = isLast ? structuredClone(value) : {};
    at = at[key] as Record<string, unknown>;
  });
}

interface Schema {
  readonly type: string | readonly string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean;
}

/** @see https://helm.sh/docs/topics/charts/#schema-files */
function schemaOf(values: readonly ChartValue[]): Fields {
  const root: Schema = { type: 'object', additionalProperties: false };
  for (const { path, values: byEnvironment, optional, description } of values) {
    let at = root;
    path.forEach((key, index) => {
      const properties: Record<string, Schema> = at.properties ??= {};
      const isLast = index === path.length - 1;
      if (!isLast || !optional) at.required = [...new Set([...at.required ?? [], key])].sort();
      const types = [...new Set([...byEnvironment.values()].map(typeOf))].sort();
      // A port may be called `constructor`.
      if (!Object.hasOwn(properties, key)) {
        properties[key] = isLast ? { description, type: types.length === 1 ? types[0] : types } : { type: 'object', additionalProperties: false };
      }
      at = properties[key];
    });
  }
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...root };
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}
