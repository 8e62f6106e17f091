import { annotationsOfTheCluster, defaults, defaultsInFields, emptyDefaults, ofTheCluster, unordered } from './canonical-defaults';
import { isFields, keysOf, keyValuesOf } from './_list-keys';
import { canonicalQuantity } from './_quantity';
import { fieldPlace, isCore, itemPlace, type Place } from './_schema-walk';

type Fields = Readonly<Record<string, unknown>>;

/** What each object of a canonical form was written as: lists are sorted, and quantities hard to read, in that form. */
export type Origins = WeakMap<object, Fields>;

/**
 * What an object's fields mean, in one form: what is empty or what the server would write anyway is left out.
 *
 * @param place where the object stands in its schema; undefined where nothing is known, and everything is taken as it is.
 * @param origins takes note of what each object is made of, when given.
 */
export function canonicalFields(place: Place | undefined, fields: Fields, origins?: Origins): Fields {
  const definition = place?.definition ?? '';
  const said = adjusted(definition, fields);
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(said).sort()) {
    const value = canonicalValue(fieldPlace(place, key), said[key], isUnordered(definition, key, said[key]), origins);
    if (value === undefined || (place !== undefined && isDefault(place, key, said, value))) continue;
    if (isEmpty(value) && !meansSomething(place, key, value)) continue;
    result[key] = value;
  }
  origins?.set(result, fields);
  return result;
}

/** A value in one form. */
export function canonicalValue(place: Place | undefined, value: unknown, anyOrder = false, origins?: Origins): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return canonicalList(place, value, anyOrder, origins);
  if (isFields(value)) return canonicalFields(place, value, origins);
  if (place?.node.type === 'quantity') return canonicalQuantity(value);
  return place?.node.type === 'int-or-string' && typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** One text for all values that mean the same. */
export const textOf = (value: unknown) => JSON.stringify(value) ?? '';

function canonicalList(place: Place | undefined, list: readonly unknown[], anyOrder: boolean, origins?: Origins): unknown[] {
  const item = itemPlace(place);
  const values = list.map((entry): unknown => canonicalValue(item, entry, false, origins) ?? null);
  if (anyOrder || place?.node.set) return sortedBy(values, textOf);
  // Keys are read before defaults are taken away, or a port would lose its protocol.
  if (values.length < 2 || !keysOf(place) || keepsOrder(place, list)) return values;
  const keys = new Map(values.map((value, index) => [value, isFields(list[index]) ? textOf(keyValuesOf(place, list[index])) : textOf(value)]));
  return sortedBy(values, value => keys.get(value) ?? '');
}

/** Init containers run one after another, and a variable may refer to those before it. */
export function keepsOrder(place: Place | undefined, list: readonly unknown[]): boolean {
  if (place?.field === 'initContainers') return true;
  return itemPlace(place)?.definition === 'EnvVar' && list.some(entry => isFields(entry) && String(entry.value).includes('$('));
}

/** Whether the order of a list means nothing, although nothing tells its entries apart. */
export function isUnordered(definition: string, key: string, value: unknown): boolean {
  return Array.isArray(value) && (unordered[definition]?.includes(key) ?? false);
}

const isAdjusted = new Set(['ObjectMeta', 'PodSpec', 'ServiceSpec', 'NetworkPolicySpec', 'Secret', ...Object.keys(ofTheCluster)]);

/** Fields that are other ways of saying the same, and fields that only the cluster writes. */
function adjusted(definition: string, fields: Fields): Fields {
  if (!isAdjusted.has(definition)) return fields;
  const kept = Object.fromEntries(Object.entries(fields).filter(([key]) => !ofTheCluster[definition]?.includes(key)));
  switch (definition) {
    case 'ObjectMeta': {
      const annotations = Object.entries(isFields(kept.annotations) ? kept.annotations : {});
      return { ...kept, annotations: Object.fromEntries(annotations.filter(([name]) => !annotationsOfTheCluster.includes(name))) };
    }
    case 'PodSpec': {
      const { serviceAccount, ...rest } = kept;
      return { ...rest, serviceAccountName: rest.serviceAccountName ?? serviceAccount };
    }
    case 'ServiceSpec': return kept.clusterIP === 'None' ? kept : { ...kept, clusterIP: undefined };
    case 'NetworkPolicySpec': return kept.policyTypes === undefined ? { ...kept, policyTypes: ['Ingress', ...(isFilled(kept.egress) ? ['Egress'] : [])] } : kept;
    case 'Secret': {
      const { stringData, ...rest } = kept;
      const encoded = Object.entries(isFields(stringData) ? stringData : {}).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
      return encoded.length ? { ...rest, data: { ...(isFields(rest.data) ? rest.data : {}), ...Object.fromEntries(encoded) } } : rest;
    }
    default: return kept;
  }
}

/** What stands in a table itself: foreign manifests have keys such as `valueOf`. */
const own = <T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined => (
  table && Object.hasOwn(table, key) ? table[key] : undefined);

function isDefault(place: Place, key: string, fields: Fields, value: unknown): boolean {
  const { definition, node, field } = place;
  const known = own(defaults[definition], key) ?? own(defaultsInFields[definition]?.[field], key);
  const written = typeof known === 'function' ? known(fields) : known ?? node.properties?.[key]?.default ?? emptyDefault(place, key);
  // A default that is an object holds defaults itself.
  const meant = isFields(written) ? canonicalValue(fieldPlace(place, key), written) : written;
  return meant !== undefined && textOf(meant) === textOf(value);
}

const emptyDefault = (place: Place, key: string) => (Object.hasOwn(emptyDefaults, key) && !isCore(place) ? emptyDefaults[key] : undefined);

/** An empty object is a choice where one of several stands, and a selector of everything. */
function meansSomething(place: Place | undefined, key: string, value: unknown): boolean {
  const child = fieldPlace(place, key);
  if (place === undefined || !isCore(place) || child === undefined || child.node.type === 'any') return true;
  return !Array.isArray(value) && (place.node.exactlyOne?.includes(key) === true || child.definition === 'LabelSelector');
}

const isFilled = (value: unknown) => Array.isArray(value) && value.length > 0;
const isEmpty = (value: unknown) => (Array.isArray(value) ? value.length === 0 : isFields(value) && Object.keys(value).length === 0);

function sortedBy<T>(values: readonly T[], key: (value: T) => string): T[] {
  return [...values].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
