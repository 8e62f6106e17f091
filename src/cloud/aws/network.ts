import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcIpv4CidrBlockAssociation } from '@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association';
import { Construct } from 'constructs';
import { propsOf } from './_props';
import { AwsStack } from './aws-stack';
import { EncryptionKey } from './encryption-key';
import { addFlowLog } from './flow-log';
import { logsUse } from './log-group';
import { existingNetwork, type AwsNetwork, type ExistingNetwork, type Internet } from './aws-network';
import { addEndpoints } from './network-endpoints';
import { endpointsOf, networkSchema, type NetworkProps } from './network-props';
import { addRoutes } from './network-routes';
import { discoveryTag } from '../controllers/identities';
import { podSubnetsOf, subnetsOf, type AddressPlanInput, type Zone } from '../network/plan';

/**
 * A network whose addresses are planned by name, so that no tier or zone that is added moves another: public, private, data and control subnets in
 * each zone, NAT where the internet is reached, endpoints of AWS, a log of every connection, a default security group that lets nothing through.
 */
export class Network extends Construct implements AwsNetwork {
  /**
   * A network that exists.
   *
   * @throws PROPS_INVALID with everything that cannot be so, and every tier whose name is almost that of one that is missing.
   */
  static fromIds(network: ExistingNetwork): AwsNetwork {
    return existingNetwork(network);
  }

  readonly vpcId: string;
  readonly cidr: string;
  readonly internet: Internet | undefined;
  readonly dataRanges: readonly string[];
  private readonly endpoints: { readonly services: readonly string[]; readonly ranges: readonly string[] };
  private readonly subnets: ReadonlyMap<string, ReadonlyMap<Zone, Subnet>>;

  /** @throws PROPS_INVALID with every property that is not what is allowed, and every range that overlaps another. */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const network = propsOf(networkSchema, props, this.node.path);
    const { region } = AwsStack.of(this);
    const { name, cidr } = network;
    const vpc = new Vpc(this, 'vpc', { cidrBlock: cidr, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: name } });
    new DefaultSecurityGroup(this, 'default-security-group', { vpcId: vpc.id, tags: { Name: `${name}-default` } });
    const planned = subnetsOf(network as AddressPlanInput).filter(({ tier }) => tier !== 'public' || network.public);
    const ownRange = network.pods && new VpcIpv4CidrBlockAssociation(this, 'pod-range', { vpcId: vpc.id, cidrBlock: network.pods.cidr });
    const subnets = new Map<string, Map<Zone, Subnet>>();
    for (const { tier, zone, cidr: range } of [...planned, ...network.pods ? podSubnetsOf(network.pods.cidr, network.zones) : []]) {
      const subnet = new Subnet(this, `subnet-${tier}-${zone}`, {
        vpcId: vpc.id, cidrBlock: range, availabilityZone: `${region}${zone}`, mapPublicIpOnLaunch: false,
        tags: { Name: `${name}-${tier}-${zone}`, tier, ...discovery(tier, network.clusters) },
        ...tier === 'pods' && ownRange && { dependsOn: [ownRange] },
      });
      subnets.set(tier, (subnets.get(tier) ?? new Map<Zone, Subnet>()).set(zone, subnet));
    }
    const gateway = network.public ? new InternetGateway(this, 'internet-gateway', { vpcId: vpc.id, tags: { Name: name } }) : undefined;
    const tables = addRoutes(this, { network, vpc, subnets, gateway });
    addEndpoints(this, { network, vpc, subnets: [...subnets.get('control')?.values() ?? []], tables });
    addFlowLog(this, { name, vpc, days: network.flowLogDays, keyArn: network.logKeyArn ?? this.ownKey(name) });
    this.vpcId = vpc.id;
    this.cidr = cidr;
    this.dataRanges = planned.filter(({ tier }) => tier === 'data').map(subnet => subnet.cidr);
    this.internet = network.internet;
    this.endpoints = { services: endpointsOf(network), ranges: planned.filter(({ tier }) => tier === 'control').map(subnet => subnet.cidr) };
    this.subnets = subnets;
  }

  subnetsOf(tier: string): Readonly<Partial<Record<Zone, string>>> {
    return Object.fromEntries([...this.subnets.get(tier) ?? []].map(([zone, subnet]) => [zone, subnet.id]));
  }

  rangesOf(...services: readonly string[]): string[] | 'internet' {
    return services.every(service => this.endpoints.services.includes(service)) ? [...this.endpoints.ranges] : 'internet';
  }

  private ownKey(name: string): string {
    return new EncryptionKey(this, 'log-key', {
      name: `${name}/network-logs`, description: `Logs of connections in the network ${name}`, statements: [logsUse(AwsStack.of(this), [`/aws/vpc/${name}`])],
    }).arn;
  }
}

/** Tags by which load balancers and Karpenter find subnets. @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/ */
function discovery(tier: string, clusters: readonly string[]): Record<string, string> {
  if (tier === 'public') return { 'kubernetes.io/role/elb': '1' };
  if (tier !== 'private') return {};
  return { 'kubernetes.io/role/internal-elb': '1', ...Object.assign({}, ...clusters.map(discoveryTag)) as Record<string, string> };
}
