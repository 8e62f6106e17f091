import { z } from 'zod';
import { cidrSchema, hostSchema, labelSchema, labelsSchema } from './syntax';

const namespaced = z.strictObject({
  /** The namespace, in the same cluster. */
  namespace: labelSchema(),
  /** The Service's name. @default - the name of what is described */
  service: labelSchema().optional(),
  /** The labels of its pods, for network policies. @default - every pod of the namespace */
  labels: labelsSchema.optional(),
  /**
   * Says that a network policy of its own lets callers in, where it is in the namespace of the platform, which nothing enters otherwise.
   * @default - it is in another namespace
   */
  ownPolicy: z.literal(true).optional(),
});

const named = z.strictObject({
  /** A host name outside the cluster. */
  host: hostSchema,
  /**
   * The addresses behind the name, for network plugins that cannot match names: ranges, or `'internet'` for every address that is not private.
   * @default - the environment's network plugin must be able to match host names
   */
  cidrs: z.union([z.array(cidrSchema).min(1), z.literal('internet')]).optional(),
});

/** Where something lives that the platform does not deploy itself. */
export const locationSchema = z.union([namespaced, named]);

export type Location = z.output<typeof locationSchema>;

/** Ranges that are never the internet. @see https://www.rfc-editor.org/rfc/rfc6890 */
export const privateRanges = ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] as const;
