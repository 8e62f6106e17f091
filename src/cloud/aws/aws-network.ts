import { z } from 'zod';
import { propsOf } from './_props';
import { orExpression } from './syntax';
import { builtInTiers, zoneLetters, type Zone } from '../network/plan';
import { didYouMean } from '../../errors';
import { cidrSchema, reasonSchema } from '../../spec/syntax';
import type { InputOf } from '../../spec/input';

/** How the internet is reached. */
export interface Internet {
  readonly ports: readonly number[];
  /** Why, at least 10 characters. */
  readonly reason: string;
}

/** A network of AWS that clusters and stores stand in, whether it was made here or exists. */
export interface AwsNetwork {
  readonly vpcId: string;
  readonly cidr: string;
  /** The subnets of a tier by their zones; a tier that it does not have has none. Pods have addresses of `pods` where there are such. */
  subnetsOf(tier: string): Readonly<Partial<Record<Zone, string>>>;
  /** The ranges of the subnets that data is kept in. */
  readonly dataRanges: readonly string[];
  /** The ports by which nodes may speak to the internet, and why; nothing where it is not reached. */
  readonly internet: Internet | undefined;
  /** Where services of AWS are reached: the ranges that their endpoints stand in, or the internet. */
  rangesOf(...services: readonly string[]): string[] | 'internet';
}

const subnetId = orExpression(/^subnet-[0-9a-z]{6,}$/, 'the id of a subnet, such as subnet-0123456789abcdef0');

const existingNetworkSchema = z.strictObject({
  vpcId: orExpression(/^vpc-[0-9a-z]{6,}$/, 'the id of a network, such as vpc-0123456789abcdef0'),
  cidr: cidrSchema,
  /** The ids of its subnets by tier and zone; `private`, `data` and `control` are asked for. */
  subnets: z.record(z.string(), z.partialRecord(z.enum(zoneLetters), subnetId)),
  /** The ranges of its data subnets. @default - its whole range */
  dataRanges: z.array(cidrSchema).optional(),
  /** The ports by which nodes may speak to the internet, and why. @default - they may not */
  internet: z.strictObject({ ports: z.array(z.int().min(1).max(65_535)).min(1), reason: reasonSchema }).optional(),
  /** The ranges that endpoints of AWS stand in. @default - the internet where it is reached, or its whole range */
  endpointRanges: z.array(cidrSchema).min(1).optional(),
}).superRefine(({ subnets }, context) => {
  const problem = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  const missing = [...builtInTiers, 'pods'].filter(tier => !Object.hasOwn(subnets, tier));
  const places = new Map<string, string>();
  for (const [tier, zones] of Object.entries(subnets)) {
    const meant = ['pods', ...builtInTiers].includes(tier) ? '' : didYouMean(tier, missing);
    if (meant) problem(['subnets', tier], `names a tier that nothing here stands in${meant}`);
    for (const [zone, id] of Object.entries(zones)) {
      const before = places.get(id);
      if (before !== undefined) problem(['subnets', tier, zone], `is that of ${before} too, expected another; a subnet is in one zone, and of one tier`);
      places.set(id, `${tier}.${zone}`);
    }
  }
});

/** What is told of a network that exists. */
export type ExistingNetwork = InputOf<typeof existingNetworkSchema>;

/**
 * A network that exists.
 *
 * @throws PROPS_INVALID with everything that cannot be so.
 */
export function existingNetwork(network: ExistingNetwork): AwsNetwork {
  const { vpcId, cidr, subnets, dataRanges = [cidr], internet, endpointRanges } = propsOf(existingNetworkSchema, network, 'network that exists');
  const rangesOf = () => (endpointRanges ? [...endpointRanges] : internet ? 'internet' : [cidr]);
  return { vpcId, cidr, dataRanges, internet, rangesOf, subnetsOf: tier => subnets[tier] ?? {} };
}
