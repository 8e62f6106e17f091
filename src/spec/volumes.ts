import { z } from 'zod';
import { absolutePathSchema, labelSchema } from './syntax';
import { varying, type Names, type Varying } from './varying';

const at = absolutePathSchema;
const gibibytes = z.int({ error: 'expected a whole number of GiB' }).min(1).max(65_536);

/** Something that is mounted into the pods of a service. */
export const volumeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    /** Empty at the start and gone with the pod. */
    kind: z.literal('scratch'),
    at,
    /** Space in MiB, 1 to 1048576. @default 64 */
    sizeMiB: z.int().min(1).max(1_048_576).default(64),
    /** Whether it is kept in memory, which counts as memory of the pod. @default false */
    memory: z.boolean().default(false),
  }),
  z.strictObject({
    /** Kept: one per replica of a stateful service, one for all replicas otherwise. */
    kind: z.literal('claim'),
    at,
    /** Space in GiB, 1 to 65536; it can grow, never shrink. */
    sizeGiB: varying(gibibytes),
    /** Whether one pod at a time, the pods of one node, or all of them can use it. @default 'one-pod' */
    access: z.enum(['one-pod', 'one-node', 'many']).default('one-pod'),
    /** The class of the storage. @default - that of the cluster */
    storageClass: varying(labelSchema()).optional(),
  }),
  z.strictObject({
    kind: z.literal('existing-claim'),
    at,
    /** The name of the claim. */
    name: labelSchema(),
    /** Whether pods may only read it. @default false */
    readOnly: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('config-map'), at, name: labelSchema() }),
  z.strictObject({ kind: z.literal('secret'), at, name: labelSchema() }),
]);

export type VolumeSpec = z.output<typeof volumeSchema>;

/** What a user writes for a volume; `at` is the absolute path where it is mounted. */
export type Volume<N extends Names> =
  | { readonly kind: 'scratch'; readonly at: string; readonly sizeMiB?: number; readonly memory?: boolean }
  | {
    readonly kind: 'claim';
    readonly at: string;
    readonly sizeGiB: Varying<N, number>;
    readonly access?: 'one-pod' | 'one-node' | 'many';
    readonly storageClass?: Varying<N, string>;
  }
  | { readonly kind: 'existing-claim'; readonly at: string; readonly name: string; readonly readOnly?: boolean }
  | { readonly kind: 'config-map' | 'secret'; readonly at: string; readonly name: string };

/** Files of a service's own configuration, by the absolute path where the process finds them; a ConfigMap holds at most 1 MiB. */
export const filesSchema = z.record(absolutePathSchema, varying(z.string()));

/** Most bytes that a ConfigMap holds. @see https://kubernetes.io/docs/concepts/configuration/configmap/ */
export const configMapBytes = 1_048_576;
