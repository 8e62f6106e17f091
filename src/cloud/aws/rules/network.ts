import { isIPv4 } from 'node:net';
import type { ValueRule } from '../../validate/knowledge';
import { arn, cidr, either, oneOf, pattern, resourcePolicy, within } from '../../validate/rule-kinds';
import { accountId, id, region, roleArn, zone, type RuledType } from './_kinds';

const vpcRange = cidr({ min: 16, max: 28 });
const address: ValueRule = value => (isIPv4(String(value)) ? undefined : `is ${JSON.stringify(value)}, expected an IPv4 address such as 10.0.0.10`);
const destinations = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id'];
const routeTargets: Readonly<Record<string, ValueRule>> = {
  carrier_gateway_id: id('cagw'), core_network_arn: arn('networkmanager'), egress_only_gateway_id: id('eigw'),
  gateway_id: either('the id of a gateway, or local', id('igw', 'vgw', 'vpce', 'cagw'), oneOf('local')), local_gateway_id: id('lgw'),
  nat_gateway_id: id('nat'),
  network_interface_id: id('eni'), transit_gateway_id: id('tgw'), vpc_endpoint_id: id('vpce'), vpc_peering_connection_id: id('pcx'),
};

/** VPCs, subnets, routes and what leads out of them. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc */
export const networkRules: Readonly<Record<string, RuledType>> = {
  aws_vpc: {
    values: {
      cidr_block: vpcRange, instance_tenancy: oneOf('default', 'dedicated'), ipv4_ipam_pool_id: id('ipam-pool'), ipv4_netmask_length: within(16, 28),
      ipv6_cidr_block: cidr({ family: 6, min: 44, max: 60 }), ipv6_ipam_pool_id: id('ipam-pool'), ipv6_netmask_length: oneOf(44, 48, 52, 56, 60),
      ipv6_cidr_block_network_border_group: region,
    },
    conflicts: [
      ['cidr_block', 'ipv4_netmask_length'], ['assign_generated_ipv6_cidr_block', 'ipv6_ipam_pool_id'],
      ['assign_generated_ipv6_cidr_block', 'ipv6_cidr_block'],
      ['assign_generated_ipv6_cidr_block', 'ipv6_netmask_length'], ['ipv6_cidr_block', 'ipv6_netmask_length'],
    ],
    atLeastOne: [['cidr_block', 'ipv4_ipam_pool_id']],
    together: { ipv4_netmask_length: ['ipv4_ipam_pool_id'], ipv6_netmask_length: ['ipv6_ipam_pool_id'], ipv6_cidr_block_network_border_group: ['assign_generated_ipv6_cidr_block'] },
  },
  aws_vpc_ipv4_cidr_block_association: {
    values: { cidr_block: vpcRange, ipv4_ipam_pool_id: id('ipam-pool'), ipv4_netmask_length: within(16, 28), vpc_id: id('vpc') },
    conflicts: [['cidr_block', 'ipv4_netmask_length']], atLeastOne: [['cidr_block', 'ipv4_ipam_pool_id']],
    together: { ipv4_netmask_length: ['ipv4_ipam_pool_id'] },
  },
  aws_subnet: {
    values: {
      cidr_block: vpcRange, availability_zone: zone, availability_zone_id: pattern(/^[a-z]{3,5}\d-az\d+$/, 'euc1-az1'), vpc_id: id('vpc'),
      ipv6_cidr_block: cidr({ family: 6, min: 44, max: 64 }),
      private_dns_hostname_type_on_launch: oneOf('ip-name', 'resource-name'), outpost_arn: arn('outposts'), enable_lni_at_device_index: within(1, 15),
    },
    conflicts: [['availability_zone', 'availability_zone_id']],
    together: { map_customer_owned_ip_on_launch: ['customer_owned_ipv4_pool', 'outpost_arn'], customer_owned_ipv4_pool: ['outpost_arn'] },
    free: ['customer_owned_ipv4_pool'],
  },
  aws_internet_gateway: { values: { vpc_id: id('vpc') } },
  aws_eip: {
    values: { domain: oneOf('vpc', 'standard'), address, associate_with_private_ip: address, instance: id('i'), network_interface: id('eni'), ipam_pool_id: id('ipam-pool') },
    free: ['customer_owned_ipv4_pool', 'network_border_group', 'public_ipv4_pool'],
  },
  aws_nat_gateway: {
    values: {
      allocation_id: id('eipalloc'), subnet_id: id('subnet'), vpc_id: id('vpc'), connectivity_type: oneOf('public', 'private'),
      availability_mode: oneOf('zonal', 'regional'), private_ip: address,
      secondary_allocation_ids: id('eipalloc'), secondary_private_ip_address_count: within(1, 31), secondary_private_ip_addresses: address,
      'availability_zone_address.allocation_ids': id('eipalloc'), 'availability_zone_address.availability_zone': zone,
    },
    conflicts: [['secondary_private_ip_address_count', 'secondary_private_ip_addresses'], ['subnet_id', 'vpc_id']],
    atLeastOne: [['subnet_id', 'vpc_id']],
    whole: ({ body }) => (body.connectivity_type ?? 'public') === 'public' && body.availability_mode !== 'regional' && body.allocation_id === undefined
      ? [{ at: 'allocation_id', message: 'is missing, expected the id of an address where connectivity_type is "public"; add one' }]
      : body.connectivity_type === 'private' && body.allocation_id !== undefined
        ? [{ at: 'allocation_id', message: 'is set, expected none where connectivity_type is "private"; remove it' }]
        : [],
    free: ['availability_zone_address.availability_zone_id'],
  },
  aws_route_table: {
    values: {
      'vpc_id': id('vpc'), 'propagating_vgws': id('vgw'), 'route.cidr_block': cidr(), 'route.ipv6_cidr_block': cidr({ family: 6 }),
      'route.destination_prefix_list_id': id('pl'),
      ...Object.fromEntries(Object.entries(routeTargets).map(([name, rule]) => [`route.${name}`, rule])),
    },
  },
  aws_route: {
    values: { route_table_id: id('rtb'), destination_cidr_block: cidr(), destination_ipv6_cidr_block: cidr({ family: 6 }), destination_prefix_list_id: id('pl'), ...routeTargets },
    exactlyOne: [destinations, Object.keys(routeTargets)],
  },
  aws_route_table_association: { values: { route_table_id: id('rtb'), subnet_id: id('subnet'), gateway_id: id('igw', 'vgw') }, exactlyOne: [['subnet_id', 'gateway_id']] },
  aws_flow_log: {
    values: {
      traffic_type: oneOf('ACCEPT', 'REJECT', 'ALL'), max_aggregation_interval: oneOf(60, 600),
      log_destination_type: oneOf('cloud-watch-logs', 's3', 'kinesis-data-firehose'),
      log_destination: arn(), iam_role_arn: roleArn, deliver_cross_account_role: roleArn, vpc_id: id('vpc'), subnet_id: id('subnet'),
      eni_id: id('eni'), transit_gateway_id: id('tgw'),
      transit_gateway_attachment_id: id('tgw-attach'), regional_nat_gateway_id: id('nat'),
      'destination_options.file_format': oneOf('plain-text', 'parquet'),
    },
    exactlyOne: [['eni_id', 'regional_nat_gateway_id', 'subnet_id', 'transit_gateway_attachment_id', 'transit_gateway_id', 'vpc_id']],
    whole: ({ body }) => (body.log_destination_type ?? 'cloud-watch-logs') === 'cloud-watch-logs' && body.iam_role_arn === undefined
      ? [{ at: 'iam_role_arn', message: 'is missing, expected the ARN of a role that may write where log_destination_type is "cloud-watch-logs"; add one' }]
      : [],
    free: ['log_format'],
  },
  aws_vpc_endpoint: {
    values: {
      vpc_endpoint_type: oneOf('Gateway', 'GatewayLoadBalancer', 'Interface', 'Resource', 'ServiceNetwork'),
      ip_address_type: oneOf('ipv4', 'dualstack', 'ipv6'), policy: resourcePolicy,
      vpc_id: id('vpc'), route_table_ids: id('rtb'), security_group_ids: id('sg'), subnet_ids: id('subnet'), service_region: region,
      resource_configuration_arn: arn('vpc-lattice'),
      service_network_arn: arn('vpc-lattice'), service_name: pattern(/^([a-z]+\.){2,3}[a-z0-9.-]+$/, 'com.amazonaws.eu-central-1.s3'),
      'dns_options.dns_record_ip_type': oneOf('ipv4', 'dualstack', 'ipv6', 'service-defined'), 'subnet_configuration.ipv4': address,
      'subnet_configuration.subnet_id': id('subnet'),
    },
    exactlyOne: [['resource_configuration_arn', 'service_name', 'service_network_arn']],
    whole: ({ body }) => {
      const gateway = (body.vpc_endpoint_type ?? 'Gateway') === 'Gateway';
      const misplaced = gateway ? ['subnet_ids', 'security_group_ids', 'private_dns_enabled'] : ['route_table_ids'];
      return misplaced.filter(at => body[at] !== undefined && body[at] !== false && !(Array.isArray(body[at]) && body[at].length === 0)).map(at => ({
        at,
        message: `is set, expected nothing where vpc_endpoint_type is ${JSON.stringify(body.vpc_endpoint_type ?? 'Gateway')}; remove it, or change the type`,
      }));
    },
    free: ['subnet_configuration.ipv6'],
  },
  'data.aws_vpc': { values: { 'id': id('vpc'), 'cidr_block': cidr(), 'state': oneOf('pending', 'available') }, free: ['dhcp_options_id', 'filter'] },
  'data.aws_subnet': {
    values: { 'id': id('subnet'), 'vpc_id': id('vpc'), 'cidr_block': cidr(), 'availability_zone': zone, 'ipv6_cidr_block': cidr({ family: 6 }), 'state': oneOf('pending', 'available', 'unavailable') },
    free: ['availability_zone_id', 'filter'],
  },
  'data.aws_prefix_list': { values: { prefix_list_id: id('pl') }, free: ['name', 'filter'] },
  'data.aws_ec2_managed_prefix_list': { values: { id: id('pl') }, free: ['name', 'filter'] },
  'data.aws_caller_identity': { values: { account_id: accountId } },
  'data.aws_partition': {},
  'data.aws_region': { values: { region, name: region }, free: ['endpoint'] },
};

/** Text that stands for something in AWS's own words of description. */
export const ec2Description = pattern(/^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]{0,255}$/, 'TLS from the network');

