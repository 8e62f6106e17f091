import { itemPlace, type Place } from './_schema-walk';

type Fields = Readonly<Record<string, unknown>>;

/** Lists whose keys the schema leaves out, although the server tells their entries apart by them. */
const keysByDefinition: Readonly<Record<string, readonly string[]>> = {
  PersistentVolumeClaim: ['metadata.name'],
  LocalObjectReference: ['name'],
};

/** The fields that tell the entries of a list apart; undefined where the list is one value as a whole. */
export function keysOf(list: Place | undefined): readonly string[] | undefined {
  return list?.node.mapKeys ?? keysByDefinition[itemPlace(list)?.definition ?? ''];
}

/** The values of an entry's keys, with the server's defaults; undefined where it says none. */
export function keyValuesOf(list: Place | undefined, entry: Fields): readonly unknown[] | undefined {
  const item = itemPlace(list);
  const values = (keysOf(list) ?? []).map(key => valueAt(entry, key) ?? item?.node.properties?.[key]?.default);
  return values.some((value, index) => value !== undefined && valueAt(entry, (keysOf(list) ?? [])[index]) !== undefined) ? values : undefined;
}

/** What a patch has to say of an entry so that it is found again. */
export function keyFieldsOf(list: Place | undefined, entry: Fields): Record<string, unknown> {
  return Object.assign({}, ...(keysOf(list) ?? []).map(key => nested(key.split('.'), valueAt(entry, key)))) as Record<string, unknown>;
}

/**
 * Which entry is meant: the one whose keys are those that are said. Ports are known by their name too, since a number is what one
 * may want to change.
 */
export function indexOfEntry(list: Place | undefined, entries: readonly unknown[], wanted: Fields): number {
  const said = keyValuesOf(list, wanted);
  const byKeys = said === undefined ? -1 : entries.findIndex(entry => {
    const values = isFields(entry) ? keyValuesOf(list, entry) : undefined;
    return values !== undefined && said.every((value, index) => value === undefined || value === values[index]);
  });
  if (byKeys >= 0 || !keysOf(list)?.includes('protocol') || wanted.name === undefined) return byKeys;
  return entries.findIndex(entry => isFields(entry) && entry.name === wanted.name);
}

/** Whether a value is an object to look into: neither a list nor an instance of a class, which stands for itself. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
}

function valueAt(entry: Fields, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isFields(at) ? at[key] ?? undefined : undefined), entry);
}

function nested([first, ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  if (value === undefined) return {};
  return { [first]: rest.length ? nested(rest, value) : value };
}
