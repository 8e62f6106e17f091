import { z } from 'zod';
import { endpointProblem, endpointsOfPrivateNodes, endpointsToStart } from './interface-endpoints';
import { keyArnSchema } from './syntax';
import { labelSchema, reasonSchema } from '../../spec/syntax';
import { planProblems, podRangeProblems, zoneLetters, type AddressPlanInput } from '../network/plan';
import type { InputOf } from '../../spec/input';

/** How what is private reaches the internet. */
const internetSchema = z.strictObject({
  /** One NAT gateway per zone, or one for all, which costs less and fails with its zone. @default 'per-zone' */
  nat: z.enum(['per-zone', 'single']).default('per-zone'),
  /** The ports that nodes may speak to, by TCP. @default [443] */
  ports: z.array(z.int().min(1).max(65_535)).min(1).max(20).default([443]),
  /** Why the internet is reached, 10 to 500 characters. */
  reason: reasonSchema,
});

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
  /**
   * A range of 100.64.0.0/10 that pods have their addresses from, where those of the network are few; no other network sees it.
   * @default - pods have addresses of the private subnets
   */
  pods: z.strictObject({ cidr: range }).optional(),
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
  endpoints: z.array(z.string().superRefine((name, context) => {
    const message = endpointProblem(name);
    if (message) context.addIssue({ code: 'custom', message });
  })).max(60).optional(),
  /** How long the log of connections is kept, in days. @default 365 */
  flowLogDays: z.int().min(1).max(3653).default(365),
  /** Clusters whose load balancers and nodes find the subnets by tags. @default [] */
  clusters: z.array(labelSchema(100)).default([]),
  /** A key that encrypts its logs. @default - one is made */
  logKeyArn: keyArnSchema.optional(),
}).superRefine((network, context) => {
  const podProblems = network.pods ? podRangeProblems(network.pods.cidr, network as AddressPlanInput) : [];
  for (const { path, message } of [...planProblems(network as AddressPlanInput), ...podProblems]) context.addIssue({ code: 'custom', path: path.split(/[.[\]]+/).filter(Boolean), message });
  const lacking = endpointsToStart.filter(service => !endpointsOf(network).includes(service));
  if (network.clusters.length > 0 && !network.internet && lacking.length > 0) {
    context.addIssue({ code: 'custom', path: ['endpoints'], message: `has no ${lacking.join(', ')}, without which no node comes up where there is no internet; add them, or leave endpoints out` });
  }
  if (network.internet && !network.public) context.addIssue({ code: 'custom', path: ['internet'], message: 'needs subnets for its NAT gateways; leave out public: false' });
});

export type NetworkProps = InputOf<typeof networkSchema>;
export type NetworkSpec = z.output<typeof networkSchema>;

/** Services of AWS with an endpoint of their own in a network. */
export function endpointsOf({ endpoints, internet }: Pick<NetworkProps, 'endpoints' | 'internet'>): readonly string[] {
  return endpoints ?? (internet ? [] : endpointsOfPrivateNodes);
}

/** The same endpoints and more, unless all of AWS is reached over the internet. */
export function endpointsWith(network: Pick<NetworkProps, 'endpoints' | 'internet'>, more: readonly string[]): readonly string[] | undefined {
  const endpoints = endpointsOf(network);
  return endpoints.length || !network.internet ? [...new Set([...endpoints, ...more])] : network.endpoints;
}
