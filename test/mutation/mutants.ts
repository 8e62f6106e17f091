import { textOfPath } from '../../src/spec/problems';
import { isObject, placesIn, type JsonSchema, type Place, type Schema, type Steps } from '../support/json-schema';

/** A document with one thing wrong. */
export interface Mutant {
  readonly document: unknown;
  /** Where it is wrong. */
  readonly path: string;
  /** Where else it may be said to be wrong: the field that a misspelt one leaves missing, a field of another form of the same thing. */
  readonly also?: readonly string[];
  /** What is wrong, in words. */
  readonly what: string;
}

/** A value of each type of JSON. */
const ofEveryType: readonly unknown[] = [null, true, 7, 7.5, -7, 'Some Text', '', [], [[]], {}, { some: 'field' }];
const misspelt = (name: string) => `${name}x`;

/** Every mutant of a document that the schema has a word about, at the places that are asked for. */
export function mutantsOf(schema: Schema, document: unknown, wanted: (place: Place) => boolean = () => true): Mutant[] {
  return placesIn(schema, document).filter(wanted).flatMap(place => [
    ...valuesAgainst(schema, place).map(({ value, what }) => mutant(document, place.steps, what, () => value)),
    ...(isObject(place.value) && !schema.isFree(place.branch) ? objectMutants(schema, document, place, place.value) : []),
  ]);
}

/** The kinds of places of which nothing can be wrong, and maps whose keys may be anything. */
export function unmutable(schema: Schema, places: readonly Place[]): { values: string[]; keys: string[] } {
  const kinds = (wanted: (place: Place) => boolean) => [...new Set(places.filter(wanted).map(({ kind }) => kind))].sort();
  return {
    values: kinds(place => valuesAgainst(schema, place).length === 0),
    keys: kinds(({ branch }) => Boolean(branch.additionalProperties) && badKeys(schema, branch).length === 0),
  };
}

/** Values that the schema refuses at a place: of another type, or one step out of bounds. */
function valuesAgainst(schema: Schema, { value, schema: node }: Place): { value: unknown; what: string }[] {
  const wrong = [
    ...ofEveryType.map(other => ({ value: other, what: 'is of another type or out of range' })),
    ...schema.branches(node).flatMap(branch => outOfBounds(branch, value)),
  ];
  const seen = new Set<string>();
  return wrong.filter(other => {
    const text = JSON.stringify(other.value);
    return !schema.fits(node, other.value) && !seen.has(text) && seen.add(text);
  });
}

/** What people put around a text by mistake. */
const smudged = (text: string) => [`${text}\n`, ` ${text}`, `${text} `, `${text}_`, `-${text}`, `${text}-`, `${text}é`, text.toUpperCase(), `${text}//`, `${text}:1`];

function outOfBounds(bounds: JsonSchema, value: unknown): { value: unknown; what: string }[] {
  const { minimum, exclusiveMinimum, maximum, type, minLength, maxLength, enum: options, const: only, pattern, minItems, maxItems } = bounds;
  const text = typeof value === 'string' ? value : 'a';
  return [
    ...(minimum === undefined ? [] : [{ value: minimum - (type === 'integer' ? 1 : 0.01), what: `is below ${minimum}` }]),
    ...(exclusiveMinimum === undefined ? [] : [{ value: exclusiveMinimum, what: `is not above ${exclusiveMinimum}` }]),
    ...(maximum === undefined ? [] : [{ value: maximum + 1, what: `is above ${maximum}` }]),
    ...(type === 'integer' && typeof value === 'number' ? [{ value: value + 0.5, what: 'is no integer' }, { value: String(value), what: 'is a number as text' }] : []),
    ...(minLength === undefined ? [] : [{ value: text.slice(0, minLength - 1), what: `is shorter than ${minLength}` }]),
    ...(maxLength === undefined ? [] : [{ value: text.padEnd(maxLength + 1, 'a'), what: `is longer than ${maxLength}` }]),
    ...[...(options ?? []), ...(only === undefined ? [] : [only])].flatMap((option): unknown[] => (typeof option === 'string' ? [`${option}x`, option.toUpperCase()] : [Number(option) + 100]))
      .map(other => ({ value: other, what: 'is none of the choices' })),
    ...(pattern === undefined ? [] : smudged(text).map(other => ({ value: other, what: 'does not match the pattern' }))),
    ...(minItems === undefined ? [] : [{ value: [], what: `has fewer than ${minItems} entries` }]),
    ...(maxItems === undefined || !Array.isArray(value) ? [] : [{ value: Array.from({ length: maxItems + 1 }, () => value[0] as unknown), what: `has more than ${maxItems} entries` }]),
  ];
}

function objectMutants(schema: Schema, document: unknown, place: Place, value: Readonly<Record<string, unknown>>): Mutant[] {
  const { steps, branch, schema: node } = place;
  const without = (name: string) => Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
  const { properties = {}, additionalProperties } = branch;
  const known = Object.keys(value).filter(name => Object.hasOwn(properties, name));
  const pathOf = (name: string) => textOfPath([...steps, name]);
  const changed = (name: string, what: string, other: unknown, also: readonly string[] = []) => (
    { ...mutant(document, steps, what, () => other), path: pathOf(name), also: also.map(pathOf) });
  const strict = branch.additionalProperties === false;
  const needed = formsOf(schema, node).flatMap(form => form.required ?? []);
  return [
    ...known.filter(() => strict).map(name => changed(misspelt(name), `${name} is misspelt`, { ...without(name), [misspelt(name)]: value[name] }, [name])),
    ...(strict ? [changed('unknownField', 'is no field', { ...value, unknownField: 1 })] : []),
    ...known.filter(name => !schema.fits(node, without(name))).map(name => changed(name, 'is missing', without(name), needed)),
    ...Object.keys(properties).filter(name => schema.resolve(properties[name]).not).map(name => changed(name, 'is refused', { ...value, [name]: {} })),
    ...(additionalProperties ? badKeys(schema, branch) : []).map(({ key, what }) => changed(key, what, { ...value, [key]: anyOf(value) })),
  ];
}

const anyOf = (value: Readonly<Record<string, unknown>>) => Object.values(value)[0] ?? 1;

/** Every way in which a value may be right, ways within ways too. */
function formsOf(schema: Schema, node: JsonSchema): readonly JsonSchema[] {
  return schema.branches(node).flatMap(branch => (branch.anyOf ?? branch.oneOf ? formsOf(schema, branch) : [branch]));
}

function badKeys(schema: Schema, { propertyNames = {} }: JsonSchema): { key: string; what: string }[] {
  const { maxLength } = schema.resolve(propertyNames);
  return [
    ...['', 'Not A Name!', '-a', 'a-', 'a/b/c'].map(key => ({ key, what: 'is no name that is allowed' })),
    ...(maxLength === undefined ? [] : [{ key: 'a'.repeat(maxLength + 1), what: `is a name longer than ${maxLength}` }]),
  ].filter(({ key }) => !schema.fits(propertyNames, key));
}

function mutant(document: unknown, steps: Steps, what: string, edit: (value: unknown) => unknown): Mutant {
  const change = (value: unknown, [step, ...rest]: Steps): unknown => {
    if (step === undefined) return edit(value);
    if (Array.isArray(value)) return value.map((item: unknown, index) => (index === step ? change(item, rest) : item));
    const fields = value as Record<string, unknown>;
    return { ...fields, [step]: change(fields[step], rest) };
  };
  return { document: change(document, steps), path: textOfPath(steps), what };
}
