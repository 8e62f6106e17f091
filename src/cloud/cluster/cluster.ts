import { z } from 'zod';
import { accessListSchema, apiClientsSchema, endpointSchema } from './access';
import { addonsSchema } from './addons';
import { nodePoolsSchema, poolCountProblem } from './node-pools';
import { protectionSchema } from './protection';
import { MartyError } from '../../errors';
import { frozen } from '../../spec/frozen';
import { kubernetesVersionSchema } from '../../spec/kubernetes-version';
import { problemsOf } from '../../spec/problems';
import { cidrSchema, labelSchema } from '../../spec/syntax';
import type { InputOf } from '../../spec/input';

/** When the cloud may change a cluster by itself. */
const windowSchema = z.strictObject({
  day: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
  /** The hour at which it begins, UTC, 0 to 23. */
  hour: z.int().min(0).max(23),
  /** How long it is open, in hours, 4 to 24. @default 4 */
  hours: z.int().min(4).max(24).default(4),
});

/** What a cluster is, in words that three clouds share; what a cloud cannot do is refused by its construct, never left out. */
export const clusterSchema = z.strictObject({
  /** Its name, unique in the account: the prefix of what belongs to it. */
  name: labelSchema(40),
  /** Minor version of Kubernetes. */
  kubernetes: kubernetesVersionSchema,
  /** How long a version is kept: as long as it costs nothing more, or as long as the cloud offers. @default 'standard' */
  support: z.enum(['standard', 'extended']).default('standard'),
  /** From where the API server is reached. @default 'private' */
  endpoint: endpointSchema.default('private'),
  /**
   * What reaches the API server by the network besides nodes (VPN, CI, peers), by a name of your choice: a range, or on AWS a security group.
   * @default {}
   */
  apiClients: apiClientsSchema.default({}),
  /** Who may do what in it, by a name of your choice; at least one cluster-admin. */
  access: accessListSchema,
  /**
   * What adds and removes nodes: Karpenter of one's own, the cloud's own way (`managed`), its classic one (`cluster-autoscaler`), or nothing.
   * @default 'karpenter'
   */
  autoscaling: z.enum(['karpenter', 'managed', 'cluster-autoscaler', 'none']).default('karpenter'),
  /** Pools of nodes by name; none where the cloud makes nodes by itself (`managed`), at least one elsewhere. @default {} */
  nodePools: nodePoolsSchema.default({}),
  /** The range of the addresses of Services. @default - the cloud's */
  serviceCidr: cidrSchema.optional(),
  /** Whether pods and Services have addresses of IPv6. @default 'ipv4' */
  addresses: z.enum(['ipv4', 'ipv6']).default('ipv4'),
  /** How pods prove to the cloud who they are: the cloud's way of today, or tokens of the cluster's own issuer. @default 'pod-identity' */
  identity: z.enum(['pod-identity', 'oidc']).default('pod-identity'),
  /** How long logs of the control plane are kept, in days. @default 365 */
  logDays: z.int().min(1).max(3653).default(365),
  /** When the cloud may change it by itself. @default - the cloud's own time */
  maintenance: windowSchema.optional(),
  /** Whether what is in the cluster is backed up by the cloud, and how long in days. @default - it is made again from its descriptions */
  backup: z.strictObject({ days: z.int().min(1).max(3650).default(35) }).optional(),
  /** Whether the cloud checks manifests by policies of its own. @default false */
  policy: z.boolean().default(false),
  /** Whether only signed images run. @default false */
  signedImages: z.boolean().default(false),
  /** Whether traffic leaves a zone that fails by itself. @default true */
  zonalShift: z.boolean().default(true),
  /** Whether it refuses to be deleted: always, but for a reason why it is to go, `{ off: '…' }`. @default true */
  deletionProtection: protectionSchema.default(true),
  /** What is installed into it besides what every cluster needs. @default {} */
  addons: addonsSchema.default({}),
}).superRefine(({ autoscaling, nodePools }, context) => {
  const message = poolCountProblem(nodePools, autoscaling === 'managed' ? 'autoscaling is "managed"' : undefined);
  if (message) context.addIssue({ code: 'custom', path: ['nodePools'], message });
});

export type ClusterInput = InputOf<typeof clusterSchema>;
export type ClusterSpec = z.output<typeof clusterSchema>;

/**
 * Describes a cluster for any of the clouds.
 *
 * @throws SPEC_INVALID with every field that is not what is allowed.
 */
export function defineCluster(input: ClusterInput): ClusterSpec {
  const problems = problemsOf(clusterSchema, input);
  if (problems.length) throw new MartyError('SPEC_INVALID', `cluster ${JSON.stringify((input as Partial<ClusterInput> | undefined)?.name ?? '')} cannot be used:`, { problems });
  return frozen(clusterSchema.parse(input));
}
