import type { Policy } from '../../validate/knowledge';
import type { Block, SynthesizedStack } from '../../validate/stack';
import { attachedTo, referrersOf } from './_attached';
import { attachment } from './_attachment';
import { blocksIn, textsOf, valueOf } from './_place';
import { off, on, policy, requirement } from './_policy';

const world = ['0.0.0.0/0', '::/0'];

/** VPCs, subnets, routes and addresses. */
export const networkPolicies: readonly Policy[] = [
  requirement({
    id: 'CKV_AWS_130', also: ['AWS-0164'], title: 'what starts in a subnet gets no public address by itself', types: ['aws_subnet'],
    at: 'map_public_ip_on_launch', wanted: off, mayBeUnset: true, remedy: 'set it to false',
  }),
  attachment({
    id: 'CKV2_AWS_11', also: ['AWS-0178'], title: 'the traffic of a VPC is logged', types: ['aws_vpc'],
    by: ['aws_flow_log'], remedy: 'add an aws_flow_log with its vpc_id',
  }),
  policy({
    id: 'CKV2_AWS_12', also: ['AWS-0173'], title: 'the default security group of a VPC lets nothing through', types: ['aws_vpc'],
  }, (block, stack) => {
    const groups = referrersOf(block, 'aws_default_security_group', stack);
    if (groups.length === 0) return [{ at: '', message: 'leaves its default security group open, expected it closed; add an aws_default_security_group without rules' }];
    return groups.flatMap(group => opened(group, stack).map(by => ({
      at: '', message: `has a default security group with rules (${by}), expected none; take them out and give what needs them a group of its own`,
    })));
  }),
  policy({
    id: 'CKV2_AWS_19', title: 'every public address belongs to something', types: ['aws_eip'],
  }, (block, stack) => {
    if (block.body.domain !== 'vpc') return [{ at: 'domain', message: `is ${JSON.stringify(block.body.domain) ?? 'unset'}, expected "vpc"; set it to "vpc"` }];
    const users = ['aws_nat_gateway', 'aws_instance', 'aws_eip_association', 'aws_transfer_server'].flatMap(type => attachedTo(block, type, stack));
    return users.length > 0 || textsOf(block.body.instance).some(text => /module\.|data\./.test(text)) ? [] : [{
      at: '', message: 'is attached to nothing, expected a NAT gateway or an instance; set allocation_id of a NAT gateway to its id, or take it out',
    }];
  }),
  requirement({
    id: 'CKV2_AWS_35', title: 'the way to the internet leads through a NAT gateway, not an instance', types: ['aws_route'],
    at: 'network_interface_id', remedy: 'set nat_gateway_id instead', mayBeUnset: true,
    where: block => world.includes(String(block.body.destination_cidr_block)),
    wanted: { words: 'a NAT gateway for 0.0.0.0/0', accepts: () => false },
  }),
  policy({
    id: 'CKV2_AWS_44', title: 'a peered network is not where everything else goes', types: ['aws_route', 'aws_route_table'],
  }, block => {
    const routes = block.type === 'aws_route' ? [{ at: '', value: block.body }] : blocksIn(block.body, 'route');
    const peered = routes.filter(({ value }) => value.vpc_peering_connection_id !== undefined && value.vpc_peering_connection_id !== '');
    return peered.flatMap(({ at, value }) => ['destination_cidr_block', 'destination_ipv6_cidr_block', 'cidr_block', 'ipv6_cidr_block']
      .filter(name => world.includes(String(value[name])))
      .map(name => ({ at: at === '' ? name : `${at}.${name}`, message: `is ${JSON.stringify(value[name])} towards a peered VPC, expected its range; write the range of the other VPC` })));
  }),
  policy({
    id: 'CKV2_AWS_23', title: 'an address record leads to something that this stack makes', types: ['aws_route53_record'],
  }, (block, stack) => {
    if (block.body.type !== 'A') return [];
    const name = String(valueOf(block.body, 'alias.name') ?? '');
    const known = /module|data\.|var\./.test(name) || targets.some(type => attachedTo(block, type, stack).length > 0);
    return known ? [] : [{ at: 'records', message: 'leads to nothing that this stack makes, expected a load balancer, an address or another record; refer to it by its attribute instead of writing it out' }];
  }),
  requirement({
    id: 'CKV_AWS_233', title: 'a certificate is replaced before the old one goes', types: ['aws_acm_certificate'],
    at: 'lifecycle.create_before_destroy', wanted: on, remedy: 'set it to true',
  }),
  requirement({
    id: 'CKV_AWS_234', title: 'a certificate is logged publicly', types: ['aws_acm_certificate'],
    at: 'options.certificate_transparency_logging_preference', mayBeUnset: true,
    wanted: { words: '"ENABLED"', accepts: value => value === 'ENABLED' }, remedy: 'set it to "ENABLED"',
  }),
  policy({
    id: 'CKV2_AWS_71', title: 'a certificate names the hosts it is for', types: ['aws_acm_certificate'],
  }, block => ['domain_name', 'subject_alternative_names'].flatMap(at => textsOf(block.body[at]).filter(name => name.includes('*'))
    .map(name => ({ at, message: `contains ${JSON.stringify(name)}, expected names without *; list the hosts` })))),
  attachment({
    id: 'CKV2_AWS_38', title: 'a public zone is signed', types: ['aws_route53_zone'], where: isPublic,
    by: ['aws_route53_hosted_zone_dnssec', 'aws_route53_key_signing_key', 'aws_route53_zone_association'],
    remedy: 'add an aws_route53_key_signing_key and an aws_route53_hosted_zone_dnssec, or make it private with vpc',
  }),
  attachment({
    id: 'CKV2_AWS_39', title: 'questions to a public zone are logged', types: ['aws_route53_zone'], where: isPublic,
    by: ['aws_route53_query_log'], remedy: 'add an aws_route53_query_log, or make it private with vpc',
  }),
];

const targets = [
  'aws_instance', 'aws_eip', 'aws_elb', 'aws_lb', 'aws_alb', 'aws_route53_record', 'aws_s3_bucket', 'aws_api_gateway_domain_name',
  'aws_elastic_beanstalk_environment',
  'aws_vpc_endpoint', 'aws_globalaccelerator_accelerator', 'aws_cloudfront_distribution', 'aws_db_instance', 'aws_apigatewayv2_domain_name',
  'aws_lightsail_instance',
  'aws_lightsail_static_ip',
];

function isPublic(zone: Block): boolean {
  return blocksIn(zone.body, 'vpc').length === 0;
}

function opened(group: Block, stack: SynthesizedStack): readonly string[] {
  return [
    ...['ingress', 'egress'].filter(name => blocksIn(group.body, name).length > 0),
    ...['aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule']
      .flatMap(type => referrersOf(group, type, stack).map(rule => rule.address)),
  ];
}
