import { z } from 'zod';
import { labelSchema, reasonSchema } from '../../spec/syntax';
import { planProblems, zoneLetters, type AddressPlanInput } from '../network/plan';

/** How what is private reaches the internet. */
const internetSchema = z.strictObject({
  /** One NAT gateway per zone, or one for all, which costs less and fails with its zone. @default 'per-zone' */
  nat: z.enum(['per-zone', 'single']).default('per-zone'),
  /** The ports that nodes may speak to, by TCP. @default [443] */
  ports: z.array(z.int().min(1).max(65_535)).min(1).max(20).default([443]),
  /** Why the internet is reached, 10 to 500 characters. */
  reason: reasonSchema,
});

/** Services of AWS that nodes without internet need, by the last parts of their endpoints' names. @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html */
export const endpointsOfPrivateNodes = [
  'autoscaling', 'ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'elasticloadbalancing', 'kms', 'logs', 'secretsmanager', 'sqs', 'ssm', 'sts',
] as const;

const range = z.string();

export const networkSchema = z.strictObject({
  /** Its name, the prefix of what belongs to it. */
  name: labelSchema(40),
  /** The range of the network, /16 to /20 of private space. */
  cidr: range,
  /** The zones that are used, by the letters of their names; at least two. */
  zones: z.array(z.enum(zoneLetters)),
  /** Tiers of one's own. @default {} */
  tiers: z.record(z.string(), z.strictObject({
    /** Its place in every zone, 3 to 15; never given to another tier later. */
    place: z.number(),
    /** Whether it reaches the internet as `private` does. @default false */
    internet: z.boolean().default(false),
  })).default({}),
  /** Ranges of subnets that shall not be those of the plan, by tier and zone. @default {} */
  ranges: z.record(z.string(), z.partialRecord(z.enum(zoneLetters), range)).default({}),
  /** Whether there are subnets for load balancers that the internet reaches. @default true */
  public: z.boolean().default(true),
  /** How private subnets reach the internet. @default - they do not; AWS is reached through endpoints */
  internet: internetSchema.optional(),
  /**
   * Services of AWS with an endpoint in the network, beside S3 and DynamoDB, which cost nothing.
   * @default - those that nodes need, where there is no internet
   */
  endpoints: z.array(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,62}$/, { error: 'expected the end of an endpoint\'s name, such as ecr.api' })).max(60).optional(),
  /** How long the log of connections is kept, in days. @default 365 */
  flowLogDays: z.int().min(1).max(3653).default(365),
  /** Clusters whose load balancers and nodes find the subnets by tags. @default [] */
  clusters: z.array(labelSchema(100)).default([]),
  /** A key that encrypts its logs. @default - one is made */
  logKeyArn: z.string().optional(),
}).superRefine((network, context) => {
  for (const { path, message } of planProblems(network as AddressPlanInput)) context.addIssue({ code: 'custom', path: path.split(/[.[\]]+/).filter(Boolean), message });
  if (network.internet && !network.public) context.addIssue({ code: 'custom', path: ['internet'], message: 'needs subnets for its NAT gateways; leave out public: false' });
});

export type NetworkProps = Readonly<z.input<typeof networkSchema>>;
export type NetworkSpec = z.output<typeof networkSchema>;
