import { z } from 'zod';
import { MartyError } from '../errors';
import type { EnvironmentInput } from './environment';
import { kubernetesVersionSchema } from './kubernetes-version';
import { problemsOf } from './problems';
import { cidrSchema, hostSchema, labelSchema, portNumberSchema } from './syntax';

/** A store as a cloud made it. */
const madeStoreSchema = z.strictObject({
  kind: z.enum(['postgres', 'redis']),
  host: hostSchema,
  port: portNumberSchema,
  /** Where reads can go that may be a little late. */
  readerHost: hostSchema.optional(),
  /** Where the secret store keeps `username` and `password`. @default - under the name that the service's description gives it */
  secret: z.string().min(1).max(512).optional(),
});

/** What a cloud made for one environment: the output `infrastructure` of its stack, which descriptions read their facts from. */
export const infrastructureSchema = z.strictObject({
  /** The version of this form. */
  format: z.literal(1),
  cloud: z.enum(['aws', 'azure', 'google']),
  /** The environment that it was made for. */
  environment: labelSchema(40).optional(),
  region: z.string().min(1),
  /** The account, the subscription or the project. */
  account: z.string().min(1),
  cluster: z.strictObject({
    name: z.string().min(1),
    kubernetes: kubernetesVersionSchema,
    endpoint: z.string().regex(/^https:\/\//, { error: 'expected an address that begins with https://' }),
    /** The certificate of the authority that signs for the API server, base64. */
    certificateAuthority: z.string().min(1),
    /** Number of zones that nodes are in. */
    zones: z.int().min(1).max(10),
  }),
  network: z.strictObject({
    id: z.string().min(1),
    cidr: cidrSchema,
    /** The ranges that stores stand in. */
    data: z.array(cidrSchema),
  }),
  /** What Karpenter is configured with, where it is used. */
  karpenter: z.strictObject({ queue: z.string().min(1), instanceProfile: z.string().min(1) }).optional(),
  /** Stores by `<service>.<name of the store>`. */
  stores: z.record(z.string().regex(/^[a-z][-a-z0-9]*\.[a-z][A-Za-z0-9]*$/, { error: 'expected <service>.<store>' }), madeStoreSchema),
});

export type Infrastructure = z.output<typeof infrastructureSchema>;

/**
 * Checks what a stack says of itself.
 *
 * @param subject how it is called in messages.
 * @throws INPUT_INVALID with everything that is wrong with it.
 */
export function checkInfrastructure(value: unknown, subject = 'infrastructure'): Infrastructure {
  const problems = problemsOf(infrastructureSchema, value);
  if (problems.length) throw new MartyError('INPUT_INVALID', `${subject} cannot be used:`, { problems });
  return infrastructureSchema.parse(value);
}

/** The facts of an environment that its cloud decides: spread them into the environment, beside what the cloud does not know. */
export type CloudFacts = Pick<EnvironmentInput, 'kubernetes' | 'zones' | 'stores'>;

/**
 * What an environment's description takes from its cloud.
 *
 * @param value the file that `marty infra config` wrote, or the output `infrastructure` itself; `{}` before there was one.
 * @param before what holds until then.
 * @throws INPUT_INVALID with everything that is wrong with it.
 */
export function cloudFactsOf(value: unknown, before?: CloudFacts): CloudFacts {
  if (before && typeof value === 'object' && value !== null && Object.keys(value).length === 0) return before;
  const { cluster, network, stores } = checkInfrastructure(value);
  const cidrs = network.data.length > 0 ? { cidrs: network.data } : {};
  const bound = (kind: 'postgres' | 'redis') => {
    const servers = Object.entries(stores).filter(([, store]) => store.kind === kind)
      .map(([name, { host, port, secret }]) => [name, { at: { host, ...cidrs }, port, ...secret && { secret } }] as const);
    return servers.length > 0 ? { [kind]: { servers: Object.fromEntries(servers) } } : {};
  };
  return {
    kubernetes: cluster.kubernetes, zones: cluster.zones,
    stores: { ...bound('postgres'), ...bound('redis') },
  };
}
