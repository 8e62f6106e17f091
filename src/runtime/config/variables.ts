import { isPlain } from '../../spec/configuration';
import { propertiesOf, typesOf, typeOfValue, wholeOf, type JsonType, type Place, type Schema } from './json-schema';

/** What the names of the variables that override single values begin with. */
export const variablePrefix = 'MARTY__';

/** A value of the file that a variable can override. */
export interface Target {
  readonly path: readonly string[];
  /** The types that a text is tried as, in this order: that of the value that stands there, then what the schema allows, text last. */
  readonly types: readonly JsonType[];
}

/** The variable that overrides the value at a path: `['config', 'maxItems']` is `MARTY__CONFIG__MAX_ITEMS`. */
export function variableOf(path: readonly string[]): string {
  return variablePrefix + path.map(upperSnake).join('__');
}

/**
 * Every variable there can be, with what it overrides: more than one value where two names differ only in how they are written.
 *
 * @param file the content of the file.
 * @param schema the JSON Schema of the configuration, all of whose keys can be overridden, present in the file or not.
 */
export function variablesFor(file: Schema, schema: Schema): ReadonlyMap<string, readonly Target[]> {
  const places = new Map<string, { path: readonly string[]; present?: JsonType; allowed: JsonType[] }>();
  const placeOf = (path: readonly string[]) => {
    const key = JSON.stringify(path);
    const place = places.get(key) ?? { path, allowed: [] };
    places.set(key, place);
    return place;
  };
  forEachLeaf(file, [], (path, value) => { placeOf(path).present = typeOfValue(value); });
  forEachProperty(schema, wholeOf(schema), ['config'], (path, types) => placeOf(path).allowed.push(...types));

  const variables = new Map<string, Target[]>();
  for (const { path, present, allowed } of places.values()) {
    if (path.some(key => upperSnake(key) === '')) continue;
    const name = variableOf(path);
    variables.set(name, [...(variables.get(name) ?? []), { path, types: preferred(present, allowed) }]);
  }
  return variables;
}

function preferred(present: JsonType | undefined, allowed: readonly JsonType[]): JsonType[] {
  const [first, ...rest] = allowed.length === 0 || (present && allowed.includes(present)) ? [present ?? 'string', ...allowed] : textLast(allowed);
  return [...new Set([first, ...textLast(rest)])];
}

const textLast = (types: readonly JsonType[]) => [...types].sort((a, b) => Number(a === 'string') - Number(b === 'string'));

function forEachLeaf(value: unknown, path: readonly string[], visit: (path: readonly string[], value: unknown) => void): void {
  if (isPlain(value)) Object.entries(value).forEach(([key, item]) => forEachLeaf(item, [...path, key], visit));
  else visit(path, value);
}

function forEachProperty(
  schema: Schema, places: readonly Place[], path: readonly string[], visit: (path: readonly string[], types: Iterable<JsonType>) => void,
): void {
  for (const [key, property] of propertiesOf(schema, places)) {
    visit([...path, key], typesOf(schema, property));
    forEachProperty(schema, property, [...path, key], visit);
  }
}

function upperSnake(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toUpperCase();
}
