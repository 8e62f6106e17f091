import { z } from 'zod';

/** A secret that a service reads, by its key in the environment's secret store. The value never stands in a description. */
export interface Secret {
  /** The key in the secret store. */
  readonly key: string;
  /** The property of that key, where a key holds several. @default - the key's whole value */
  readonly property?: string;
}

/** Refers to a secret by its key in the secret store. */
export function secret(key: string, options: { property?: string } = {}): Secret {
  return { key, ...options };
}

export const secretSchema = z.strictObject({
  key: z.string().min(1).max(512).regex(/^[\w./@:-]+$/, { error: 'expected the key of a secret: letters, digits and "_.-/@:"' }),
  property: z.string().min(1).max(253).optional(),
});

/** Names under which people keep what must not be seen. */
const suspicious = /(pass(word|phrase|wd)?|secret|token|credential|api_?key|private_?key|access_?key)s?$/i;

/** Whether a configuration key looks like one that holds a secret. */
export function looksSecret(key: string): boolean {
  return suspicious.test(key);
}
