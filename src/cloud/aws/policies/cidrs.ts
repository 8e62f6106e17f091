import { contains, overlap, rangeOf, textOf, type Range } from '../../network/cidr';
import type { Policy } from '../../validate/knowledge';
import type { Block, SynthesizedStack } from '../../validate/stack';
import { targetOf } from './_attached';
import { placesOf, textsOf, valueOf, type Problem } from './_place';
import { policy } from './_policy';

/** Ranges of addresses that several resources have to agree on. */
export const cidrPolicies: readonly Policy[] = [
  policy({ id: 'MARTY_AWS_SUBNET_OVERLAP', title: 'subnets of a VPC share no address', types: ['aws_subnet'] }, (block, stack) => {
    const own = rangeIn(block.body.cidr_block);
    const vpc = vpcOf(block, stack);
    if (!own || vpc === undefined) return [];
    const earlier = stack.ofType('aws_subnet');
    return earlier.slice(0, earlier.indexOf(block)).filter(other => vpcOf(other, stack) === vpc).flatMap(other => {
      const range = rangeIn(other.body.cidr_block);
      return range ? shared('cidr_block', own, { of: other.address, range }) : [];
    });
  }),
  policy({ id: 'MARTY_AWS_SUBNET_RANGE', title: 'a subnet lies in its VPC', types: ['aws_subnet'] }, (block, stack) => {
    const own = rangeIn(block.body.cidr_block);
    const vpc = targetOf(block.body.vpc_id, 'aws_vpc', stack);
    const ranges = vpc?.kind === 'resource' ? rangesOf(vpc, stack) : undefined;
    if (!own || !ranges || ranges.some(range => contains(range, own))) return [];
    return [{ at: 'cidr_block', message: `is ${textOf(own)}, expected a part of ${ranges.map(textOf).join(' or ')}; choose one, or add the range to the VPC` }];
  }),
  policy({ id: 'MARTY_AWS_VPC_OVERLAP', title: 'further ranges of a VPC share no address with its first', types: ['aws_vpc_ipv4_cidr_block_association'] }, (block, stack) => {
    const own = rangeIn(block.body.cidr_block);
    const vpc = targetOf(block.body.vpc_id, 'aws_vpc', stack);
    if (!own || vpc?.kind !== 'resource') return [];
    const others = stack.ofType(block.type).slice(0, stack.ofType(block.type).indexOf(block)).filter(other => targetOf(other.body.vpc_id, 'aws_vpc', stack) === vpc);
    return [vpc, ...others].flatMap(other => {
      const range = rangeIn(other.body.cidr_block);
      return range ? shared('cidr_block', own, { of: other.address, range }) : [];
    });
  }),
  policy({ id: 'MARTY_AWS_SERVICE_RANGE', title: 'services of a cluster have addresses that nothing else has', types: ['aws_eks_cluster'] }, (block, stack) => {
    const at = 'kubernetes_network_config.service_ipv4_cidr';
    const own = rangeIn(valueOf(block.body, at));
    if (!own) return [];
    return elsewhere(block, stack).flatMap(other => shared(at, own, other));
  }),
];

interface Place {
  readonly of: string;
  readonly range: Range;
}

function shared(at: string, own: Range, { of, range }: Place): readonly Problem[] {
  if (!overlap(own, range)) return [];
  return [{ at, message: `is ${textOf(own)} and shares addresses with ${textOf(range)} of ${of}, expected a range of its own; choose a free one` }];
}

/** Ranges that the pods and services of a cluster talk to: its VPC, and nodes and pods that are far away. */
function elsewhere(cluster: Block, stack: SynthesizedStack): readonly Place[] {
  const ids = valueOf(cluster.body, 'vpc_config.subnet_ids');
  const subnets = textsOf(ids).map(id => targetOf(id, 'aws_subnet', stack)).filter(subnet => subnet?.kind === 'resource');
  const networks = [...new Set(subnets.map(subnet => targetOf(subnet?.body.vpc_id, 'aws_vpc', stack)))];
  const remote = ['remote_network_config.remote_node_networks.cidrs', 'remote_network_config.remote_pod_networks.cidrs']
    .flatMap(path => placesOf(cluster.body, path).flatMap(place => textsOf(place.value).map(text => ({ of: path, range: rangeIn(text) }))));
  const local = networks.flatMap(vpc => vpc?.kind === 'resource' ? (rangesOf(vpc, stack) ?? []).map(range => ({ of: vpc.address, range })) : []);
  return [...local, ...remote.flatMap(({ of, range }) => range ? [{ of, range }] : [])];
}

/** All ranges of a VPC; nothing where one of them is not known yet. */
function rangesOf(vpc: Block, stack: SynthesizedStack): readonly Range[] | undefined {
  const further = stack.ofType('aws_vpc_ipv4_cidr_block_association').filter(other => targetOf(other.body.vpc_id, 'aws_vpc', stack) === vpc);
  const ranges = [vpc, ...further].flatMap(({ body }) => rangeIn(body.cidr_block) ?? []);
  return ranges.length === further.length + 1 ? ranges : undefined;
}

function vpcOf(subnet: Block, stack: SynthesizedStack): string | undefined {
  const id = subnet.body.vpc_id;
  return targetOf(id, 'aws_vpc', stack)?.address ?? (typeof id === 'string' ? id : undefined);
}

function rangeIn(value: unknown): Range | undefined {
  return typeof value === 'string' ? rangeOf(value) : undefined;
}
