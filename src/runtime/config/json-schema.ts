/** A JSON Schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

export type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

/** A part of a schema, with the references that led to it, so that a recursive schema comes to an end. */
export interface Place { readonly node: Schema; readonly followed: readonly string[] }

/** The part that a path of property names leads to first: the whole. */
export const wholeOf = (schema: Schema): Place[] => [{ node: schema, followed: [] }];

/** The properties that a schema names at a place, each with what it says of them. */
export function propertiesOf(schema: Schema, places: readonly Place[]): Map<string, Place[]> {
  const found = new Map<string, Place[]>();
  for (const { node, followed } of places.flatMap(place => alternativesOf(schema, place))) {
    for (const [key, property] of Object.entries(asSchema(node.properties))) {
      found.set(key, [...(found.get(key) ?? []), { node: asSchema(property), followed }]);
    }
  }
  return found;
}

/** Whether a schema accepts a top-level key: names it, or is open to any. */
export function knowsKey(schema: Schema, key: string): boolean {
  return propertiesOf(schema, wholeOf(schema)).has(key)
    || wholeOf(schema).flatMap(place => alternativesOf(schema, place)).some(({ node }) => isOpen(node));
}

function isOpen({ additionalProperties: more, patternProperties, properties, anyOf, oneOf, allOf }: Schema): boolean {
  if (more !== undefined || patternProperties !== undefined) return Boolean(more) || patternProperties !== undefined;
  return [properties, anyOf, oneOf, allOf].every(said => said === undefined);
}

/** The types of JSON that a schema allows at a place; none where it does not say. */
export function typesOf(schema: Schema, places: readonly Place[]): ReadonlySet<JsonType> {
  return new Set(places.flatMap(place => alternativesOf(schema, place)).flatMap(({ node }) => {
    if (typeof node.type === 'string' || Array.isArray(node.type)) return [node.type].flat().map(type => jsonType(String(type)));
    const values = Array.isArray(node.enum) ? node.enum : 'const' in node ? [node.const] : [];
    return values.map(typeOfValue);
  }));
}

/** The type of JSON that a value is. */
export function typeOfValue(value: unknown): JsonType {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : jsonType(typeof value);
}

function jsonType(name: string): JsonType {
  const types: readonly JsonType[] = ['string', 'number', 'boolean', 'null', 'array', 'object'];
  return name === 'integer' ? 'number' : types.find(type => type === name) ?? 'string';
}

/** What a place stands for once references are followed and choices laid out. */
function alternativesOf(schema: Schema, place: Place): Place[] {
  const { node, followed } = place;
  if (typeof node.$ref === 'string') {
    if (followed.includes(node.$ref)) return [];
    return alternativesOf(schema, { node: referred(schema, node.$ref), followed: [...followed, node.$ref] });
  }
  const choices = [node.anyOf, node.oneOf, node.allOf].flatMap(list => (Array.isArray(list) ? list : []));
  return [place, ...choices.flatMap(choice => alternativesOf(schema, { node: asSchema(choice), followed }))];
}

function referred(schema: Schema, reference: string): Schema {
  return reference.replace(/^#\/?/, '').split('/').filter(Boolean)
    .reduce<Schema>((at, key) => asSchema(at[key.replace(/~1/g, '/').replace(/~0/g, '~')]), schema);
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Schema : {};
}
