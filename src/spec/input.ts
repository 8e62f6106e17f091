import type { z } from 'zod';

/** What a schema takes, which nobody changes: what is written `as const` is taken too. */
export type InputOf<S extends z.ZodType> = Fixed<z.input<S>>;

type Fixed<T> = T extends readonly (infer E)[] ? readonly Fixed<E>[] : T extends object ? { readonly [K in keyof T]: Fixed<T[K]> } : T;
