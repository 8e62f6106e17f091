import { aligned, matched, type Pair } from './alignment';
import { canonicalFields, canonicalValue, isUnordered, keepsOrder, textOf, type Origins } from './_canonical-fields';
import { isFields, keysOf, keyValuesOf } from './_list-keys';
import { pathOf } from './_report';
import { fieldPlace, itemPlace, rootPlace, type Place } from './_schema-walk';
import { isSecretField, mayBeSecret, shown } from './_secrecy';

type Fields = Readonly<Record<string, unknown>>;

/** One place where two objects mean something else. */
export interface Difference {
  /** Where: `spec.template.spec.containers[orders].env[LOG_LEVEL].value`; entries of lists by what tells them apart. */
  readonly path: string;
  /** `moved` is said of a list whose entries are the same in an order that means something. */
  readonly change: 'added' | 'removed' | 'changed' | 'moved';
  /** What it was, as it was written; missing where it was not there, or when it may be secret. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Whether the values are kept back, since they may be secret. */
  readonly hidden: boolean;
}

/** A step in a path: the name of a field, the place in a list, or what tells an entry apart. */
type Step = string | number | { readonly entry: string };

interface Run { readonly origins: Origins; readonly steps: Step[]; readonly found: Difference[]; secret: boolean }

/** One side: what it means, and how it is written. */
interface Side { readonly value: unknown; readonly written: unknown }

const nothing: Side = { value: undefined, written: undefined };
const empty: Side = { value: {}, written: {} };

/**
 * Every place where two objects mean something else to an API server. Entries of lists are compared with those they belong to, whatever place
 * they stand at; where their order means something, a change of it is a difference, too. Values that are or may be secret are never shown.
 */
export function differencesOf(before: Fields, after: Fields): Difference[] {
  const run: Run = { origins: new WeakMap(), steps: [], found: [], secret: false };
  const alike = alikeIn(before, after);
  if (keysIn(before, after).every(key => alike.has(key))) return [];
  const place = rootPlace(after);
  const sides = [before, after].map((object): Side => {
    const other = object === before ? after : before;
    const fields = Object.entries(object).filter(([key]) => !alike.has(key));
    const written = Object.fromEntries(fields.map(([key, value]) => [key, unlike(object, key, value, other[key])]));
    return { value: canonicalFields(rootPlace(object), written, run.origins), written };
  });
  for (const key of keysIn(sides[0].value, sides[1].value)) {
    run.secret = isSecretField(before, key) || isSecretField(after, key);
    const both = isFields(before[key]) && isFields(after[key]);
    const anyOrder = isUnordered(place.definition, key, before[key] ?? after[key]);
    under(run, key, () => compare(run, fieldPlace(place, key), sideOf(sides[0], key, both), sideOf(sides[1], key, both), anyOrder));
  }
  return run.found;
}

/** The fields of two objects that are written alike; of a Secret only if all of it is, since it has two ways to say the same. */
function alikeIn(before: Fields, after: Fields): ReadonlySet<string> {
  const keys = keysIn(before, after);
  const alike = keys.filter(key => key === 'status' || isSame(before[key], after[key]));
  return new Set(before.kind === 'Secret' && alike.length < keys.length ? ['status'] : alike);
}

/** Kinds in whose specification one field says what is meant by another one. */
const entangled: ReadonlySet<unknown> = new Set(['Service', 'NetworkPolicy', 'Pod', 'Secret']);

/** What of a field is not written alike in another object: most of it is, and need not be understood then. */
function unlike(object: Fields, key: string, value: unknown, other: unknown): unknown {
  if ((key !== 'spec' && key !== 'metadata') || entangled.has(object.kind) || !isFields(value) || !isFields(other)) return value;
  return Object.fromEntries(Object.entries(value).filter(([field, item]) => !isSame(item, other[field])));
}

/** A field of an object, of which there may be nothing left but what is written alike. */
function sideOf(side: Side, key: string, both: boolean): Side {
  const field = fieldOf(side, key);
  return field.value === undefined && both ? empty : field;
}

/** Whether two values are one. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return Object.is(one, other);
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((value, index) => isSame(value, other[index]));
  if (Array.isArray(other)) return false;
  const [a, b] = [one as Fields, other as Fields];
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

function compare(run: Run, place: Place | undefined, before: Side, after: Side, anyOrder: boolean): void {
  const [old, fresh] = [before.value, after.value];
  if (isSame(old, fresh)) return;
  if (isFields(old) && isFields(fresh)) return compareFields(run, place, before, after);
  // Of a map that comes or goes, such as labels, each entry is told.
  if (place?.node.additionalProperties && (isFields(old) || isFields(fresh))) {
    return compareFields(run, place, old === undefined ? empty : before, fresh === undefined ? empty : after);
  }
  if (Array.isArray(old) && Array.isArray(fresh)) return compareLists(run, place, before, after, anyOrder);
  const parsed = run.secret ? undefined : documentsIn(old, fresh);
  if (parsed) compareFields(run, undefined, ...parsed);
  else tell(run, before, after);
}

function compareFields(run: Run, place: Place | undefined, before: Side, after: Side): void {
  for (const key of keysIn(before.value, after.value)) {
    const [old, fresh] = [fieldOf(before, key), fieldOf(after, key)];
    // What is written alike may be a default on one side alone.
    if (!run.secret && isAlike(before.written, after.written, key)) continue;
    const list = Array.isArray(old.value) ? old.value : fresh.value;
    under(run, key, () => compare(run, fieldPlace(place, key), old, fresh, isUnordered(place?.definition ?? '', key, list)));
  }
}

function isAlike(before: unknown, after: unknown, key: string): boolean {
  return isFields(before) && isFields(after) && before[key] !== undefined && isSame(before[key], after[key]);
}

function compareLists(run: Run, place: Place | undefined, before: Side, after: Side, anyOrder: boolean): void {
  const [old, fresh] = [entriesOf(run, before), entriesOf(run, after)];
  const keyed = keysFor(place, old, fresh);
  if (keyed) return compareEntries(run, place, keyed, [before, after]);
  // Of plain values, the whole list says more than each of them: `args`, for one.
  if ([...old, ...fresh].every(({ value }) => !isFields(value))) return tell(run, before, after);
  const text = ({ value }: Side) => textOf(value);
  const pairs: Pair<Side>[] = anyOrder || place?.node.set ? matched(old, fresh, text) : aligned(old, fresh, text);
  for (const pair of pairs) {
    const index = pair.after?.index ?? pair.before?.index ?? 0;
    const [one, other] = [pair.before?.value ?? nothing, pair.after?.value ?? nothing];
    under(run, placeWritten(run, pair.after ? after : before, index), () => compare(run, itemPlace(place), one, other, false));
  }
}

/** Where an entry stands as it was written, since canonical lists may be sorted. */
function placeWritten({ origins }: Run, { value, written }: Side, index: number): number {
  const entry: unknown = (value as readonly unknown[])[index];
  const origin = isFields(entry) ? origins.get(entry) : entry;
  const at = Array.isArray(written) ? written.indexOf(origin) : -1;
  return at >= 0 ? at : index;
}

interface Keyed { readonly before: ReadonlyMap<string, Side>; readonly after: ReadonlyMap<string, Side>; readonly ordered: boolean }

/** Entries by what tells them apart: the keys of the schema or else their names; undefined where nothing does. */
function keysFor(place: Place | undefined, before: readonly Side[], after: readonly Side[]): Keyed | undefined {
  const bySchema = ({ value }: Side) => (isFields(value) ? keyValuesOf(place, value)?.filter(key => key !== undefined).map(String).join('/') : undefined);
  const byName = ({ value }: Side) => (isFields(value) && typeof value.name === 'string' ? value.name : undefined);
  const hasKeys = keysOf(place) !== undefined;
  const keyOf = hasKeys ? bySchema : byName;
  const maps = [before, after].map(list => new Map(list.flatMap(side => {
    const key = keyOf(side);
    return key === undefined ? [] : [[key, side] as const];
  })));
  if (maps[0].size !== before.length || maps[1].size !== after.length) return undefined;
  const written = [...before, ...after].map(({ value }) => value);
  return { before: maps[0], after: maps[1], ordered: !hasKeys || keepsOrder(place, written) };
}

function compareEntries(run: Run, place: Place | undefined, { before, after, ordered }: Keyed, sides: readonly [Side, Side]): void {
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    under(run, { entry: key }, () => compare(run, itemPlace(place), before.get(key) ?? nothing, after.get(key) ?? nothing, false));
  }
  const staying = (one: ReadonlyMap<string, Side>, other: ReadonlyMap<string, Side>) => [...one.keys()].filter(key => other.has(key));
  const [old, fresh] = [staying(before, after), staying(after, before)];
  if (ordered && textOf(old) !== textOf(fresh) && sides.every(({ value }) => value !== undefined)) {
    run.found.push({ path: pathText(run.steps), change: 'moved', before: old, after: fresh, hidden: false });
  }
}

/** Two texts that are JSON, as the configuration of a service is, are compared by what they say. */
function documentsIn(before: unknown, after: unknown): readonly [Side, Side] | undefined {
  if (typeof before !== 'string' || typeof after !== 'string' || !/^\s*\{/.test(before) || !/^\s*\{/.test(after)) return undefined;
  try {
    const read = [before, after].map((text): Side => {
      const written: unknown = JSON.parse(text);
      return { value: canonicalValue(undefined, written), written };
    });
    return isSame(read[0].value, read[1].value) ? undefined : [read[0], read[1]];
  } catch {
    return undefined;
  }
}

function tell(run: Run, before: Side, after: Side): void {
  const name = nameOf(run.steps);
  const values = [before, after].map(({ value, written }) => (value === undefined ? undefined : written ?? value));
  const hidden = run.secret || values.some(value => mayBeSecret(name, value));
  const change = before.value === undefined ? 'added' : after.value === undefined ? 'removed' : 'changed';
  const [old, fresh] = values.map(value => (value === undefined || hidden ? undefined : shown(value, name)));
  const shownValues = { ...(old === undefined ? {} : { before: old }), ...(fresh === undefined ? {} : { after: fresh }) };
  run.found.push({ path: pathText(run.steps), change, ...shownValues, hidden });
}

/** What a value is called: its field, or, of a variable, the name beside it. */
function nameOf(steps: readonly Step[]): string {
  const last = steps[steps.length - 1];
  const before = steps[steps.length - 2];
  if (last === 'value' && typeof before === 'object') return before.entry;
  return [...steps].reverse().find(step => typeof step === 'string') as string | undefined ?? '';
}

function under(run: Run, step: Step, act: () => void): void {
  run.steps.push(step);
  act();
  run.steps.pop();
}

function pathText(steps: readonly Step[]): string {
  let path = '';
  let plain: (string | number)[] = [];
  for (const step of steps) {
    if (typeof step !== 'object') {
      plain.push(step);
      continue;
    }
    path = `${joined(path, pathOf(plain))}[${step.entry}]`;
    plain = [];
  }
  return joined(path, pathOf(plain));
}

const joined = (path: string, rest: string) => (path === '' || rest === '' || rest.startsWith('[') ? path + rest : `${path}.${rest}`);

function fieldOf({ value, written }: Side, key: string): Side {
  const child = isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  if (child === undefined) return nothing;
  return { value: child, written: isFields(written) && Object.hasOwn(written, key) ? written[key] ?? child : child };
}

/** The entries of a list with what each was written as. */
function entriesOf({ origins }: Run, { value }: Side): Side[] {
  return (value as readonly unknown[]).map(entry => ({ value: entry, written: isFields(entry) ? origins.get(entry) ?? entry : entry }));
}

function keysIn(before: unknown, after: unknown): string[] {
  const [old, fresh] = [before, after].map(value => (isFields(value) ? Object.keys(value) : []));
  return [...old, ...fresh.filter(key => !isFields(before) || !Object.hasOwn(before, key))];
}
