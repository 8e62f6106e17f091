import { Eip } from '@cdktf/provider-aws/lib/eip';
import type { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import type { Construct } from 'constructs';
import type { NetworkSpec } from './network-props';
import type { Zone } from '../network/plan';

interface Routed {
  readonly network: NetworkSpec;
  readonly vpc: Vpc;
  readonly subnets: ReadonlyMap<string, ReadonlyMap<Zone, Subnet>>;
  readonly gateway: InternetGateway | undefined;
}

const everywhere = '0.0.0.0/0';

/**
 * Routes: public subnets to the internet gateway, those with internet to the NAT gateway of their zone, the others nowhere. Every zone has its own
 * table for what goes through NAT, whether there is one gateway or one per zone, so that the choice changes routes and no tables.
 *
 * @returns the tables of what is not public, which the endpoints of S3 and DynamoDB are reached by.
 */
export function addRoutes(scope: Construct, { network, vpc, subnets, gateway }: Routed): RouteTable[] {
  const { name, internet } = network;
  const table = (id: string) => new RouteTable(scope, `routes-${id}`, { vpcId: vpc.id, tags: { Name: `${name}-${id}` } });
  const join = (tier: string, zone: Zone, subnet: Subnet, routeTable: RouteTable) =>
    new RouteTableAssociation(scope, `routes-of-${tier}-${zone}`, { subnetId: subnet.id, routeTableId: routeTable.id });
  const publicSubnets = subnets.get('public');
  if (gateway && publicSubnets) {
    const open = table('public');
    new Route(scope, 'route-public', { routeTableId: open.id, destinationCidrBlock: everywhere, gatewayId: gateway.id });
    publicSubnets.forEach((subnet, zone) => join('public', zone, subnet, open));
  }
  const outward = ['private', 'pods', ...Object.keys(network.tiers).filter(tier => network.tiers[tier].internet)];
  const [firstZone] = network.zones;
  const gateways = new Map<Zone, NatGateway>();
  if (internet && gateway) {
    for (const zone of internet.nat === 'single' ? [firstZone] : network.zones) {
      const address = new Eip(scope, `nat-address-${zone}`, { domain: 'vpc', tags: { Name: `${name}-nat-${zone}` }, dependsOn: [gateway] });
      const [subnet] = [publicSubnets?.get(zone)].flatMap(found => found ?? []);
      gateways.set(zone, new NatGateway(scope, `nat-${zone}`, { allocationId: address.id, subnetId: subnet.id, tags: { Name: `${name}-${zone}` }, dependsOn: [gateway] }));
    }
  }
  const zonal = network.zones.map(zone => {
    const inward = table(`private-${zone}`);
    const nat = gateways.get(zone) ?? gateways.get(firstZone);
    if (nat) new Route(scope, `route-private-${zone}`, { routeTableId: inward.id, destinationCidrBlock: everywhere, natGatewayId: nat.id });
    for (const tier of outward) {
      const subnet = subnets.get(tier)?.get(zone);
      if (subnet) join(tier, zone, subnet, inward);
    }
    return inward;
  });
  const closed = table('closed');
  for (const [tier, byZone] of subnets) {
    if (tier !== 'public' && !outward.includes(tier)) byZone.forEach((subnet, zone) => join(tier, zone, subnet, closed));
  }
  return [...zonal, closed];
}
