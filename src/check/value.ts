/** An object of unknown origin, read field by field; nothing about its values is taken for granted. */
export type Fields = Readonly<Record<string, unknown>>;

/** Text by text, such as labels. A map and not an object, so that a key like `constructor` is just a key. */
export type TextMap = ReadonlyMap<string, string>;

const noFields: Fields = Object.freeze({});

/** The value as an object, or an empty one when it is something else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : noFields;
}

/** The value as a list, or an empty one when it is something else. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Paths are few and asked for over and over. */
const splitPaths = new Map<string, readonly string[]>();

function splitPath(path: string): readonly string[] {
  const steps = path.split('.');
  splitPaths.set(path, steps);
  return steps;
}

/** What stands at a dotted path of field names; `undefined` as soon as a step is missing or is no object. */
export function fieldAt(value: unknown, path: string): unknown {
  let current = value;
  for (const key of splitPaths.get(path) ?? splitPath(path)) {
    if (typeof current !== 'object' || current === null || Array.isArray(current)) return undefined;
    const next: unknown = (current as Fields)[key];
    // What is not there is asked for most often, and needs no second look.
    if (next === undefined || !Object.hasOwn(current, key)) return undefined;
    current = next;
  }
  return current;
}

/** The text at a path; `''` when it is missing or no text, which Kubernetes treats alike. */
export function textAt(value: unknown, path: string): string {
  const found = fieldAt(value, path);
  return typeof found === 'string' ? found : '';
}

/** The number at a path, or `undefined`. */
export function numberAt(value: unknown, path: string): number | undefined {
  const found = fieldAt(value, path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** The list at a path, or an empty one. */
export function itemsAt(value: unknown, path: string): readonly unknown[] {
  return itemsOf(fieldAt(value, path));
}

/** The texts in the list at a path; anything else in it is left out. */
export function textsAt(value: unknown, path: string): readonly string[] {
  return itemsAt(value, path).filter((item) => typeof item === 'string');
}

/** Whether a field is set: YAML's `null` counts as absent, as it does in Kubernetes. */
export function isSet(value: unknown, path: string): boolean {
  const found = fieldAt(value, path);
  return found !== undefined && found !== null;
}

/** The text values of an object; anything else in it is left out. */
export function textMapOf(value: unknown): TextMap {
  const texts = new Map<string, string>();
  for (const [key, text] of Object.entries(fieldsOf(value))) {
    if (typeof text === 'string') texts.set(key, text);
  }
  return texts;
}
