import { z } from 'zod';

/** Configuration as data: the JSON Schema of the whole, and one layer of values per environment. */
export const configurationSchema = z.strictObject({
  /** The JSON Schema of the values. */
  schema: z.record(z.string(), z.unknown()),
  /** Layers: whole for `default`, then what differs per environment. */
  values: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** Top-level keys whose change a running process picks up; a change of any other rolls the pods. @default [] */
  reloadable: z.array(z.string()).default([]),
});

type Plain = Readonly<Record<string, unknown>>;

/** Lays one layer over another: objects key by key, everything else replaced. */
export function merge(below: Plain, above: Plain): Plain {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = merged[key];
    merged[key] = isPlain(under) && isPlain(value) ? merge(under, value) : value;
  }
  return merged;
}

/**
 * The configuration of one environment: the default, then each environment it extends, then its own layer.
 *
 * @param chain the environment and those it extends, nearest first.
 */
export function layersFor(values: Readonly<Record<string, Plain>>, chain: readonly string[]): { name: string; values: Plain }[] {
  return ['default', ...[...chain].reverse()].flatMap(name => (values[name] ? [{ name, values: values[name] }] : []));
}

/** Whether a value is an object that layers are merged into. */
export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
