import { contains, overlap, partOf, rangeOf, textOf, type Range } from './cidr';
import type { Problem } from '../../errors';

/** The zones of a region by their letters; what a letter gets depends on the letter alone. */
export const zoneLetters = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
export type Zone = (typeof zoneLetters)[number];

/**
 * The tiers that every network has: `private` for nodes and pods, `public` for load balancers and NAT, `data` for databases and caches,
 * `control` for the ends of the control plane and of private endpoints.
 */
export const builtInTiers = ['private', 'public', 'data', 'control'] as const;
export type BuiltInTier = (typeof builtInTiers)[number];

/** A tier of one's own. */
export interface TierInput {
  /** Its place in the part of a zone that is left for such tiers, 3 to 15: a place once taken is never given to another. */
  readonly place: number;
  /** Whether its subnets reach the internet through NAT. @default false */
  readonly internet?: boolean;
}

/** What a plan of addresses is made from. */
export interface AddressPlanInput {
  /** The range of the whole network, /16 to /20. */
  readonly cidr: string;
  /** The zones that are used, at least two. */
  readonly zones: readonly Zone[];
  /** Tiers of one's own beside `private`, `public`, `data` and `control`. @default {} */
  readonly tiers?: Readonly<Record<string, TierInput>>;
  /** Subnets that exist, or that shall have another range, by tier and zone. @default {} */
  readonly ranges?: Readonly<Record<string, Partial<Readonly<Record<Zone, string>>>>>;
}

/** One subnet of a plan. */
export interface PlannedSubnet {
  readonly tier: string;
  readonly zone: Zone;
  readonly cidr: string;
}

/** Places of the small tiers in the upper half of a zone; 0 to 2 are ours, the others for tiers of one's own. */
const places: Readonly<Record<Exclude<BuiltInTier, 'private'>, number>> = { public: 0, data: 1, control: 2 };
const bitsOfZone = 3;

/**
 * The subnets of a network. Each zone has an eighth of the range, by its letter; `private` has the lower half of it, and every other tier one of
 * sixteen places in the upper half. So a zone or a tier that is added never moves another: the plan is a function of names, not of order.
 *
 * With 10.20.0.0/16, zone b: private 10.20.32.0/20, public 10.20.48.0/24, data 10.20.49.0/24, control 10.20.50.0/24.
 */
export function subnetsOf({ cidr, zones, tiers = {}, ranges = {} }: AddressPlanInput): PlannedSubnet[] {
  const network = rangeOf(cidr);
  if (!network) return [];
  const small = { ...places, ...Object.fromEntries(Object.entries(tiers).map(([name, { place }]) => [name, place])) };
  return [...new Set(zones)].flatMap(zone => {
    const block = partOf(network, network.prefix + bitsOfZone, zoneLetters.indexOf(zone));
    const upper = partOf(block, block.prefix + 1, 1);
    const planned: [string, Range][] = [
      ['private', partOf(block, block.prefix + 1, 0)],
      ...Object.entries(small).map(([tier, place]): [string, Range] => [tier, partOf(upper, upper.prefix + 4, place)]),
    ];
    return planned.map(([tier, range]) => ({ tier, zone, cidr: ranges[tier]?.[zone] ?? textOf(range) }));
  });
}

/** The subnets of pods in a range of their own: each zone has an eighth of it, by its letter, so that a zone that is added moves none. */
export function podSubnetsOf(cidr: string, zones: readonly Zone[]): PlannedSubnet[] {
  const range = rangeOf(cidr);
  return range ? [...new Set(zones)].map(zone => ({ tier: 'pods', zone, cidr: textOf(partOf(range, range.prefix + bitsOfZone, zoneLetters.indexOf(zone))) })) : [];
}

/** Everything that is wrong with a range of pods beside a network. */
export function podRangeProblems(cidr: string, { cidr: beside, tiers = {} }: AddressPlanInput): Problem[] {
  const [range, network] = [rangeOf(cidr), rangeOf(beside)];
  const path = 'pods.cidr';
  if (!range || range.prefix < 16 || range.prefix > 20 || !shared.some(space => contains(space, range))) {
    return [{ path, message: `is ${JSON.stringify(cidr)}, expected a range of 100.64.0.0/10 with a prefix from /16 to /20, which AWS takes beside every network` }];
  }
  return [
    ...network && overlap(range, network) ? [{ path, message: `is ${JSON.stringify(cidr)}, which overlaps the network ${beside}; choose another part of 100.64.0.0/10` }] : [],
    ...Object.hasOwn(tiers, 'pods') ? [{ path: 'tiers.pods', message: 'has the name of the tier that the property pods makes; choose another name' }] : [],
  ];
}

/** Everything that is wrong with a plan, where it is and what to do. */
export function planProblems(input: AddressPlanInput): Problem[] {
  const { cidr, zones, tiers = {}, ranges = {} } = input;
  const network = rangeOf(cidr);
  const problems: Problem[] = [];
  const problem = (path: string, message: string) => problems.push({ path, message });
  if (!network || network.prefix < 16 || network.prefix > 20) {
    problem('cidr', `is ${JSON.stringify(cidr)}, expected a range of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10 with a prefix from /16 to /20, and no bits behind it`);
  } else if (!isPrivate(network)) {
    problem('cidr', `is ${JSON.stringify(cidr)}, which is routed on the internet; expected a range of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`);
  }
  if (new Set(zones).size < 2) problem('zones', `names ${new Set(zones).size}, expected at least 2: a zone that fails must leave another`);
  zones.forEach((zone, index) => {
    if (!zoneLetters.includes(zone)) problem(`zones[${index}]`, `is ${JSON.stringify(zone)}, expected ${zoneLetters.join(', ')}`);
    else if (zones.indexOf(zone) !== index) problem(`zones[${index}]`, `names ${zone} a second time`);
  });
  const taken = new Map<number, string>();
  for (const [name, { place }] of Object.entries(tiers)) {
    if ((builtInTiers as readonly string[]).includes(name)) problem(`tiers.${name}`, 'is a tier that every network has; choose another name');
    if (!/^[a-z][a-z0-9-]{0,19}$/.test(name)) problem(`tiers.${name}`, 'is no usable name, expected at most 20 lower case letters, digits and "-"');
    if (!Number.isInteger(place) || place < 3 || place > 15) problem(`tiers.${name}.place`, `is ${place}, expected 3 to 15`);
    else if (taken.has(place)) problem(`tiers.${name}.place`, `is ${place}, where ${taken.get(place)} is; choose a place that was never taken`);
    else taken.set(place, name);
  }
  const known = [...builtInTiers, ...Object.keys(tiers)];
  for (const tier of Object.keys(ranges)) {
    if (!known.includes(tier)) problem(`ranges.${tier}`, `is no tier, expected ${known.join(', ')}`);
  }
  return network && problems.length === 0 ? rangeProblems(input, network) : problems;
}

const shared = ['100.64.0.0/10'].flatMap(text => rangeOf(text) ?? []);
/** Whether a range is one of private networks, in RFC 1918 or 100.64.0.0/10. */
export const isPrivate = (range: Range) => privateSpace.some(outer => contains(outer, range));

const privateSpace = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].flatMap(text => rangeOf(text) ?? []);

/** Ranges that are given must lie in the network, and none may overlap another. */
function rangeProblems(input: AddressPlanInput, network: Range): Problem[] {
  const problems: Problem[] = [];
  const placed: { readonly subnet: PlannedSubnet; readonly range: Range }[] = [];
  for (const subnet of subnetsOf(input)) {
    const path = `ranges.${subnet.tier}.${subnet.zone}`;
    const range = rangeOf(subnet.cidr);
    if (!range || range.prefix > 28) {
      problems.push({ path, message: `is ${JSON.stringify(subnet.cidr)}, expected a range such as 10.20.48.0/24 of at least 16 addresses, and no bits behind its prefix` });
      continue;
    }
    if (!contains(network, range)) problems.push({ path, message: `is ${subnet.cidr}, which is not in ${input.cidr}` });
    const other = placed.find(candidate => overlap(candidate.range, range));
    if (other) problems.push({ path, message: `is ${subnet.cidr}, which overlaps ${other.subnet.cidr} of ${other.subnet.tier} in zone ${other.subnet.zone}` });
    placed.push({ subnet, range });
  }
  return problems;
}
