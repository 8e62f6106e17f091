import { z } from 'zod';
import { machineProblems } from './machine-types';
import { keyArnSchema, orExpression, principalArnPattern, securityGroupPattern, zoneIdPattern } from './syntax';
import { nodePoolsSchema, poolCountProblem } from '../cluster/node-pools';
import { accessRoles, apiClientsSchema } from '../cluster/access';
import { addonsSchema } from '../cluster/addons';
import { protectionSchema } from '../cluster/protection';
import { Token } from '../engine';
import { cidrSchema, labelSchema, reasonSchema } from '../../spec/syntax';
import type { InputOf } from '../../spec/input';

/** Who may do what in a cluster of EKS. */
const accessEntrySchema = z.strictObject({
  /** The role of IAM that people or programs take. */
  principalArn: z.string().regex(principalArnPattern, { error: 'expected the ARN of a role of IAM, such as arn:aws:iam::123456789012:role/platform' }),
  role: z.enum(accessRoles),
  /** The namespaces that it holds in. @default - the whole cluster */
  namespaces: z.array(labelSchema()).min(1).optional(),
});

/** What a description for any cloud has no words for: keys that exist, zones of names, names of secrets, the size of the control plane. */
const besides = {
  /** Zones of Route 53, by id, in which external-dns may write names. @default [] */
  dnsZoneIds: z.array(orExpression(zoneIdPattern, 'the id of a zone, such as Z0123456789ABCDEFGHIJ')).default([]),
  /** What names of secrets begin with that external-secrets may read: `shop/`. @default [] */
  secretPrefixes: z.array(z.string().regex(/^[A-Za-z0-9/_+=.@-]{1,256}$/, { error: 'expected the beginning of a name, such as shop/' })).default([]),
  /** A key that exists and encrypts Secrets in etcd. @default - one is made */
  secretsKeyArn: keyArnSchema.optional(),
  /** A key that exists and encrypts the disks of nodes and claims. @default - one is made */
  diskKeyArn: keyArnSchema.optional(),
  /** A key that exists and encrypts the logs. @default - one is made */
  logKeyArn: keyArnSchema.optional(),
  /** A key that exists, which events.amazonaws.com may use, and encrypts what Karpenter is told. @default - one is made */
  queueKeyArn: keyArnSchema.optional(),
  /** A key that exists, and encrypts copies of what is in the cluster. @default - one is made */
  backupKeyArn: keyArnSchema.optional(),
  /**
   * The size of the control plane, paid by the hour, for clusters that are too busy for one that grows by itself.
   *
   * @default - it grows by itself: 'standard'
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-provisioned-control-plane.html
   */
  controlPlaneTier: z.enum(['standard', 'tier-xl', 'tier-2xl', 'tier-4xl']).optional(),
  /** Whether the role by which autoscaling groups start machines is made here, in an account that never had such a group. @default false */
  createServiceLinkedRole: z.boolean().default(false),
};

export const besidesSchema = z.strictObject(besides).partial();

/** A cluster in the words of EKS. */
export const eksClusterSchema = z.strictObject({
  name: z.string().regex(/^[0-9A-Za-z][A-Za-z0-9-]{0,39}$/, { error: 'expected at most 40 letters, digits and "-"' }),
  /** Minor version of Kubernetes. */
  version: z.string(),
  /** @default 'STANDARD' */
  supportType: z.enum(['STANDARD', 'EXTENDED']).default('STANDARD'),
  /** Whether the API server is reached from outside the network, from where, and why. @default - it is not */
  publicAccess: z.strictObject({ cidrs: z.array(cidrSchema).min(1).max(40), reason: reasonSchema }).optional(),
  /** What reaches the API server by the network besides nodes, by a name of your choice: a range, or the id of a security group. @default {} */
  apiClients: apiClientsSchema.default({}),
  /** Who may do what, by a name of your choice. */
  access: z.record(labelSchema(40), accessEntrySchema),
  /** EKS runs nodes, storage and load balancers itself: Auto Mode. @default false */
  autoMode: z.boolean().default(false),
  /** Whether Karpenter gets what it needs: a role, a queue of interruptions, an entry for its nodes. @default false */
  karpenter: z.boolean().default(false),
  /** Pools of nodes by name; none in Auto Mode, at least one elsewhere. @default {} */
  nodePools: nodePoolsSchema.default({}),
  /** The range of the addresses of Services. @default - AWS chooses 10.100.0.0/16 or 172.20.0.0/16 */
  serviceCidr: cidrSchema.optional(),
  /** @default 365 */
  logDays: z.int().min(1).max(3653).default(365),
  /** @default true */
  zonalShift: z.boolean().default(true),
  /** Whether it refuses to be deleted: always, but for a reason why it is to go, `{ off: '…' }`. @default true */
  deletionProtection: protectionSchema.default(true),
  /** Whether workloads prove who they are by the cluster's own issuer of tokens too (IRSA). @default false */
  oidcProvider: z.boolean().default(false),
  /** @default {} */
  addons: addonsSchema.default({}),
  /** How many days AWS Backup keeps each night's copy of what is in the cluster, objects and disks of claims. @default - there are no copies */
  backupDays: z.int().min(1).max(3650).optional(),
  ...besides,
}).superRefine(({ addons, apiClients, autoMode, backupDays, backupKeyArn, karpenter, nodePools, createServiceLinkedRole }, context) => {
  const problem = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  const count = poolCountProblem(nodePools, autoMode ? 'EKS runs in Auto Mode' : undefined);
  if (count) problem(['nodePools'], count);
  if (autoMode && karpenter) problem(['karpenter'], 'expected false in Auto Mode, which starts machines itself; leave one of them out');
  if (karpenter && addons['cluster-autoscaler']) problem(['addons', 'cluster-autoscaler'], 'starts nodes beside Karpenter, which would start them too; choose one of them');
  if (backupKeyArn && !backupDays) problem(['backupKeyArn'], 'encrypts copies that nobody asked for; ask for them, or leave it out');
  if (autoMode && createServiceLinkedRole) problem(['createServiceLinkedRole'], 'expected false in Auto Mode, which has no autoscaling group; leave it out');
  machineProblems(nodePools).forEach(({ path, message }) => problem(path, message));
  for (const [client, source] of Object.entries(apiClients)) {
    if (!Token.isUnresolved(source) && !securityGroupPattern.test(source) && !source.includes('/')) problem(['apiClients', client], 'expected a range such as 10.8.0.0/16, or the id of a security group such as sg-0123456789abcdef0');
  }
});

export type EksClusterSpec = z.output<typeof eksClusterSchema>;
export type EksClusterInput = InputOf<typeof eksClusterSchema>;
