import { z } from 'zod';
import { MartyError } from '../errors';
import type { EnvironmentInput } from './environment';
import { kubernetesVersionSchema } from './kubernetes-version';
import { awsTopicsSchema } from './messaging';
import { problemsOf } from './problems';
import { cidrSchema, hostSchema, labelSchema, portNumberSchema, storePlaceSchema } from './syntax';

/** A server as a cloud made it. */
const madeServerSchema = z.strictObject({
  kind: z.enum(['postgres', 'redis']),
  host: hostSchema,
  port: portNumberSchema,
  /** Where reads can go that may be a little late. */
  readerHost: hostSchema.optional(),
  /** Where the secret store keeps `username` and `password`. @default - under the name that the service's description gives it */
  secret: z.string().min(1).max(512).optional(),
});

/** A bucket as a cloud made it, which the pods of its service reach by who they are. */
const madeBucketSchema = z.strictObject({ kind: z.literal('bucket'), bucket: z.string().min(3).max(63), region: z.string().min(1) });

const madeStoreSchema = z.discriminatedUnion('kind', [madeServerSchema, madeBucketSchema]);

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
    /** Whether nodes reach the internet. @default - nobody said */
    internet: z.boolean().optional(),
  }),
  /** What makes disks of claims, and the key that encrypts them. */
  disks: z.strictObject({ provisioner: z.string().min(1), key: z.string().min(1) }).optional(),
  /** Controllers that others install, for which roles were made. @default - none */
  controllers: z.array(z.enum(['aws-load-balancer-controller', 'cluster-autoscaler', 'external-secrets'])).optional(),
  /** What Karpenter is configured with, where it is used. */
  karpenter: z.strictObject({
    queue: z.string().min(1),
    instanceProfile: z.string().min(1),
    /** The subnets that machines are started in. @default - those that carry the cluster's tag */
    subnets: z.array(z.string().min(1)).min(1).optional(),
  }).optional(),
  /** Zones of names and certificates for hosts in them, by the names that its stack gives them. @default - its stack knows of none */
  dns: z.strictObject({
    zones: z.record(z.string(), z.strictObject({
      id: z.string().min(1),
      name: hostSchema,
      private: z.boolean(),
      /** The servers that the zone above it has to name. @default - it is private, or was there before */
      nameServers: z.array(hostSchema).optional(),
      /** The DS record by which the zone above it vouches for it. @default - it is private, or was there before */
      signer: z.string().min(1).optional(),
    })),
    /** How a load balancer refers to each. */
    certificates: z.record(z.string(), z.string().min(1)),
  }).optional(),
  /** Where topics of services are, where they were made. */
  topics: awsTopicsSchema.omit({ at: true }).optional(),
  /** Stores by `<service>.<name of the store>`. */
  stores: z.record(storePlaceSchema, madeStoreSchema),
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

/** Whether something is outputs of stacks: one of them is called infrastructure, in the whole or of each stack. */
const isOutputs = (value: object) => 'infrastructure' in value || Object.values(value).some(outputs => typeof outputs === 'object' && outputs !== null && 'infrastructure' in outputs);

/** The facts of an environment that its cloud decides: spread them into the environment, beside what the cloud does not know. */
export type CloudFacts = Pick<EnvironmentInput, 'kubernetes' | 'zones' | 'stores' | 'topics'>;

/**
 * What an environment's description takes from its cloud.
 *
 * @param value the file that `marty infra config` wrote, or the output `infrastructure` itself; `{}` before there was one.
 * @param before what holds until then.
 * @throws INPUT_INVALID with everything that is wrong with it.
 */
export function cloudFactsOf(value: unknown, before?: CloudFacts): CloudFacts {
  if (typeof value === 'object' && value !== null) {
    if (Object.keys(value).length === 0) {
      if (before) return before;
      throw new MartyError('INPUT_INVALID', 'infrastructure: is empty, since nothing was deployed yet; say what holds until then, as the second argument of cloudFactsOf');
    }
    if (!('format' in value) && isOutputs(value)) {
      throw new MartyError('INPUT_INVALID', 'infrastructure: is what Terraform or cdktf prints of stacks, expected what `marty infra config` writes of that for one environment');
    }
  }
  const { cluster, network, stores, topics } = checkInfrastructure(value);
  const cidrs = network.data.length > 0 ? { cidrs: network.data } : {};
  const bound = (kind: 'postgres' | 'redis') => {
    const servers = Object.entries(stores).flatMap(([name, store]) => {
      if (store.kind !== kind) return [];
      const { host, port, secret } = store;
      return [[name, { at: { host, ...cidrs }, port, ...secret && { secret } }] as const];
    });
    return servers.length > 0 ? { [kind]: { servers: Object.fromEntries(servers) } } : {};
  };
  const buckets = Object.entries(stores).flatMap(([name, store]) => (store.kind === 'bucket' ? [[name, { bucket: store.bucket, region: store.region }] as const] : []));
  return {
    kubernetes: cluster.kubernetes, zones: cluster.zones, ...topics && { topics: { at: 'aws', ...topics } },
    stores: { ...bound('postgres'), ...bound('redis'), ...buckets.length > 0 && { bucket: { servers: Object.fromEntries(buckets) } } },
  };
}
