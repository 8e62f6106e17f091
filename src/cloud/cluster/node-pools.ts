import { z } from 'zod';
import { labelSchema, labelsSchema } from '../../spec/syntax';
import { zoneLetters } from '../network/plan';
import type { InputOf } from '../../spec/input';

export const taintSchema = z.strictObject({
  key: z.string().min(1).max(63),
  /** @default '' */
  value: z.string().max(63).default(''),
  effect: z.enum(['NoSchedule', 'NoExecute', 'PreferNoSchedule']),
});

/**
 * Labels that belong to Kubernetes and that the API server, or the kubelet itself, lets no node set.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */
function isReserved(key: string): boolean {
  const [prefix, name] = key.split('/');
  if (name === undefined || !/(^|\.)(kubernetes|k8s)\.io$/.test(prefix)) return false;
  return !/(^|\.)(kubelet|node)\.kubernetes\.io$/.test(prefix) && !ownLabels.includes(key);
}

/** What a kubelet says of its own node. */
const ownLabels = [
  'kubernetes.io/hostname', 'kubernetes.io/arch', 'kubernetes.io/os', 'beta.kubernetes.io/arch', 'beta.kubernetes.io/os', 'beta.kubernetes.io/instance-type',
  'topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/zone',
];

/** Nodes that are alike. */
export const nodePoolSchema = z.strictObject({
  /** The processor. @default 'amd64' */
  arch: z.enum(['amd64', 'arm64']).default('amd64'),
  /**
   * Types of machines in the words of the cloud, in order of preference: `['m7g.large', 'm6g.large']`.
   * @default - those of 2 processors and 8 GiB for the architecture
   */
  machines: z.array(z.string().min(1).max(64)).min(1).max(40).optional(),
  /** Machines that stay, or cheaper ones that the cloud takes back at short notice. @default 'on-demand' */
  capacity: z.enum(['on-demand', 'spot']).default('on-demand'),
  /** Whether the machines have accelerators of NVIDIA, whose drivers the image then carries. @default false */
  gpu: z.boolean().default(false),
  /** The fewest nodes, 0 to 1000. @default 2 */
  min: z.int().min(0).max(1000).default(2),
  /** The most nodes, 1 to 1000. @default - three times the fewest, and at least 3 */
  max: z.int().min(1).max(1000).optional(),
  /** The disk of a node in GiB, 20 to 16384, encrypted. @default 50 */
  diskGiB: z.int().min(20).max(16_384).default(50),
  /** The system: one made for containers alone (Bottlerocket, Azure Linux, Container-Optimized OS), or the cloud's general one. @default 'minimal' */
  system: z.enum(['minimal', 'general']).default('minimal'),
  /** The zones of the pool. @default - all zones of the network */
  zones: z.array(z.enum(zoneLetters)).min(1).optional(),
  /** @default {} */
  labels: labelsSchema.default({}),
  /** @default [] */
  taints: z.array(taintSchema).max(50).default([]),
  /** How many nodes of the pool may be missing while it is upgraded, in percent, 1 to 100. @default 33 */
  unavailablePercent: z.int().min(1).max(100).default(33),
  /** Whether nodes that the cloud finds broken are replaced. @default true */
  repair: z.boolean().default(true),
}).superRefine((pool, context) => {
  const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (pool.max !== undefined && pool.max < Math.max(1, pool.min)) problem('max', `is below min, which is ${pool.min}; expected at least as much`);
  if (pool.gpu && !pool.machines) problem('machines', 'is missing, expected the types of machines with accelerators');
  for (const key of Object.keys(pool.labels).filter(isReserved)) {
    context.addIssue({ code: 'custom', path: ['labels', key], message: 'cannot be said here: nodes may not give themselves labels of Kubernetes; choose a prefix of your own, or node.kubernetes.io/' });
  }
  if (pool.capacity === 'spot' && pool.machines?.length === 1) problem('machines', 'names one type of machine, of which there may be none left; name at least two for capacity that can be taken back');
}).transform(pool => ({ ...pool, max: pool.max ?? Math.max(3, pool.min * 3) }));

export type NodePoolInput = InputOf<typeof nodePoolSchema>;
export type NodePool = z.output<typeof nodePoolSchema>;

/** Pools by name: a pool that is added or left out changes no other. */
export const nodePoolsSchema = z.record(labelSchema(20), nodePoolSchema)
  .superRefine((pools, context) => {
    const hosts = Object.values(pools).some(pool => pool.min > 0 && pool.capacity === 'on-demand' && !pool.gpu && pool.taints.every(({ effect }) => effect === 'PreferNoSchedule'));
    if (Object.keys(pools).length > 0 && !hosts) context.addIssue({ code: 'custom', message: 'has no pool for what runs in the cluster itself; expected one with min of at least 1, on-demand machines and no taint' });
  });

/** What is wrong with the number of pools: the cloud makes all nodes itself, or people say which there are. */
export function poolCountProblem(pools: object, managed: string | undefined): string | undefined {
  const none = Object.keys(pools).length === 0;
  if (managed && !none) return `has pools, but ${managed}: the cloud makes nodes by itself; leave nodePools out, or have nodes made another way`;
  return !managed && none ? 'has no pool, expected at least one, for what runs in the cluster itself' : undefined;
}
