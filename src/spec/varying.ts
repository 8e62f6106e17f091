import { z } from 'zod';

/** The environments of a platform as types: those that stand alone, and those that extend another. */
export interface Names { root: string; derived: string }

/** Types only: keeps the environments of two platforms apart. */
export interface OfPlatform<N extends Names> { readonly names?: (names: N) => N }

type All<N extends Names> = N['root'] | N['derived'];

/** A value that differs between environments, as `per({…})` makes it and as JSON shows it. */
export interface PerEnvironment<N extends Names, T> extends OfPlatform<N> {
  readonly perEnvironment: { readonly [K in All<N> | 'default']?: T };
}

/** A value, the same everywhere or one per environment. */
export type Varying<N extends Names, T> = T | PerEnvironment<N, T>;

type Overrides<N extends Names, T> = { readonly [K in N['derived']]?: T };

/** A `default`, or a value for every environment that stands alone. (The member whose error should be reported stands last.) */
export type Complete<N extends Names, T> =
  | ({ readonly default: T } & { readonly [K in N['root']]?: T } & Overrides<N, T>)
  | ({ readonly [K in N['root']]: T } & Overrides<N, T>);

type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: DeepPartial<T[K]> } : T;

/** Layers of configuration: whole for `default`, then only what differs, however deep. */
export type Layered<N extends Names, T> = { readonly default: T } & { readonly [K in All<N>]?: DeepPartial<T> };

declare const inferred: unique symbol;
/** Nothing tells the type of a `per()` here: write `per<Scale>({ … })`. */
export interface SayTheType { readonly [inferred]: 'a per() outside a description needs its type: per<Scale>({ … })' }

/** The schema of a value that may differ between environments. */
export const varying = <S extends z.ZodType>(schema: S) => {
  const whole = schema.check(closed);
  return z.union([whole, z.strictObject({ perEnvironment: z.record(z.string(), whole) })]);
};

/** A form whose fields do not exist is not the one that was meant; zod alone would take it for that, since nothing in it has a wrong type. */
export function closed({ issues }: z.core.ParsePayload): void {
  for (const issue of issues) if (issue.code === 'unrecognized_keys') Object.assign(issue, { continue: false });
}

/** Takes the per-environment form out of a type, however deep it stands. */
export type Settled<T> = T extends { perEnvironment: infer R } ? Settled<R[keyof R]>
  : T extends readonly (infer E)[] ? readonly Settled<E>[]
    : T extends object ? { readonly [K in keyof T]: Settled<T[K]> } : T;

/** Whether a value is the per-environment form. */
export function isPerEnvironment(value: unknown): value is { perEnvironment: Record<string, unknown> } {
  return typeof value === 'object' && value !== null && 'perEnvironment' in value;
}

/**
 * The value for one environment: its own, else that of the nearest environment it extends, else the default.
 *
 * @param chain the environment and those it extends, nearest first.
 */
export function layerFor(values: Readonly<Record<string, unknown>>, chain: readonly string[]): string | undefined {
  return [...chain, 'default'].find(name => Object.hasOwn(values, name));
}

/** Puts the value for one environment in place of every per-environment form inside a value. */
export function settle<T>(value: T, chain: readonly string[]): Settled<T> {
  if (isPerEnvironment(value)) {
    const layer = layerFor(value.perEnvironment, chain);
    return (layer === undefined ? undefined : settle(value.perEnvironment[layer], chain)) as Settled<T>;
  }
  if (Array.isArray(value)) return value.map(item => settle(item, chain)) as Settled<T>;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settle(item, chain)])) as Settled<T>;
  }
  return value as Settled<T>;
}
