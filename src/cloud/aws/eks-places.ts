import type { EksClusterSpec } from './eks-cluster-props';
import type { AwsNetwork } from './aws-network';
import type { Problem } from '../../errors';

/** The tiers and zones that a cluster stands in and a network does not have. */
export function placeProblems({ autoMode, nodePools }: Pick<EksClusterSpec, 'autoMode' | 'nodePools'>, network: AwsNetwork): Problem[] {
  const zonesOf = (tier: string) => Object.keys(network.subnetsOf(tier));
  const nodeZones = zonesOf('private');
  return [
    ...tierProblems('private', nodeZones, autoMode ? 2 : 1),
    ...autoMode ? [] : tierProblems('control', zonesOf('control'), 2),
    ...nodeZones.length === 0 ? [] : Object.entries(nodePools).flatMap(([pool, { zones = [] }]) => zones
      .map((zone, index) => ({ zone, path: `nodePools.${pool}.zones[${index}]` }))
      .filter(({ zone }) => !nodeZones.includes(zone))
      .map(({ zone, path }) => ({ path, message: `is "${zone}", where the network has no private subnet, expected ${nodeZones.join(', ')}` }))),
  ];
}

/** What is wrong with a tier that has subnets in too few zones. */
export function tierProblems(tier: string, zones: readonly string[], least: number): Problem[] {
  if (zones.length >= least) return [];
  const [where, wanted] = [zones.length === 1 ? '1 zone' : 'no zone', least === 1 ? 'at least one' : `at least ${least}`];
  return [{ path: 'network', message: `has subnets of the tier "${tier}" in ${where}, expected ${wanted}; name them under subnets.${tier}` }];
}
