import { completed, keptZeros, unwritten, written } from './_admitted-fields';
import { isFields } from './_list-keys';
import { canonicalQuantity } from './_quantity';
import { fieldPlace, isCore, itemPlace, rootPlace, type Place } from './_schema-walk';
import { defaults } from './canonical-defaults';

type Fields = Readonly<Record<string, unknown>>;

/**
 * An object as an API server shows it to those who decide whether it may be made: with the defaults written out, without what is empty and
 * means nothing, and with quantities in the server's own notation. What only the server knows is not there, such as its time of creation; nor
 * is what other plugins and webhooks of the cluster do to it.
 */
export function admittedOf(object: Fields): Fields {
  return fieldsOf(rootPlace(object), object);
}

/** @param bare whether the server leaves out the defaults, as it does for the job within a CronJob */
function fieldsOf(place: Place, fields: Fields, bare = false): Fields {
  const core = isCore(place);
  const complete = completed[place.definition]?.(fields) ?? fields;
  const said = Object.fromEntries(Object.entries(complete).filter(([, value]) => value !== undefined && (value !== null || !core)));
  const full: Record<string, unknown> = { ...said };
  for (const [key, value] of Object.entries(bare ? {} : defaultsAt(place, said))) {
    if (full[key] === undefined || (value !== null && isVoid(place, key, full[key]))) full[key] = value;
  }
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(full)) {
    const field = fieldPlace(place, key);
    const inside = place.definition === 'JobTemplateSpec' && key === 'spec' && field && isFields(value);
    const admitted = inside ? fieldsOf(field, value, true) : valueOf(field, value, core);
    if (core && isVoid(place, key, admitted) && !staysEmpty(place, key, admitted)) continue;
    result[key] = admitted;
  }
  return result;
}

/** What the server writes for the fields that say nothing, those that follow from others last. */
function defaultsAt({ definition, node }: Place, said: Fields): Fields {
  const found: Record<string, unknown> = {};
  for (const [key, { default: value }] of Object.entries(node.properties ?? {})) if (value !== undefined) found[key] = value;
  for (const table of [defaults[definition] ?? {}, written[definition] ?? {}]) {
    for (const [key, value] of Object.entries(table)) {
      if (table !== written[definition] && unwritten[definition]?.includes(key)) continue;
      const made: unknown = typeof value === 'function' ? value({ ...found, ...said }) : value;
      if (made !== undefined) found[key] = made;
    }
  }
  return found;
}

/** Whether the server takes a value for nothing said. */
function isVoid({ definition, node }: Place, key: string, value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (isFields(value)) return Object.keys(value).length === 0 && node.properties?.[key]?.additionalProperties !== undefined;
  const kept = node.required?.includes(key) === true || keptZeros[definition]?.split(' ').includes(key) === true;
  return !kept && (value === false || value === 0 || value === '') && node.properties?.[key]?.type !== 'int-or-string';
}

/** Lists without which the object would not be one are shown, even when they are empty. */
function staysEmpty({ definition, node }: Place, key: string, value: unknown): boolean {
  return (Array.isArray(value) && node.required?.includes(key) === true) || (value !== undefined && written[definition]?.[key] !== undefined);
}

/** @param core whether the field belongs to a kind of Kubernetes itself; custom resources are kept as they were written */
function valueOf(place: Place | undefined, value: unknown, core: boolean): unknown {
  if (place === undefined) return value;
  if (place.node.type === 'quantity' && core) return quantityOf(value);
  if (Array.isArray(value)) {
    const item = itemPlace(place);
    return value.map(each => valueOf(item, each, core));
  }
  if (!isFields(value)) return value;
  if (place.node.properties !== undefined) return fieldsOf(place, value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, valueOf(fieldPlace(place, key), each, core)]));
}

const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/** A quantity as the server writes it: the largest suffix of its kind that leaves a whole number. */
function quantityOf(value: unknown): unknown {
  const text = String(value);
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(canonicalQuantity(value))) ?? [];
  if (whole === undefined) return value;
  const nanos = BigInt(whole + fraction.padEnd(9, '0'));
  if (nanos === 0n) return '0';
  const units = nanos / 1_000_000_000n;
  if (/[KMGTPE]i$/.test(text) && units >= 1024n && nanos % 1_000_000_000n === 0n) return sign + shortened(units, 1024n, binary);
  if (!/[eE][+-]?\d+$/.test(text)) return sign + shortened(nanos, 1000n, decimal);
  const digits = shortened(nanos, 1000n, decimal.map((_, index) => `e${index * 3 - 9}`));
  return sign + digits.replace(/e0$/, '');
}

function shortened(value: bigint, base: bigint, suffixes: readonly string[]): string {
  let [rest, power] = [value, 0];
  while (power < suffixes.length - 1 && rest % base === 0n) [rest, power] = [rest / base, power + 1];
  return `${rest}${suffixes[power]}`;
}
