import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import type { Arguments, Block } from '../../validate/stack';
import { hasExpression } from '../../validate/template';
import { attachment } from './_attachment';
import type { Problem } from './_place';
import { blocksIn, isTrue, numberOf, textsOf } from './_place';
import { policy } from './_policy';

const worldIpv4 = ['0.0.0.0/0'];
const worldIpv6 = ['::/0', '0000:0000:0000:0000:0000:0000:0000:0000/0'];
const ingress = ['aws_security_group', 'aws_default_security_group', 'aws_vpc_security_group_ingress_rule'];
const egress = ['aws_security_group', 'aws_default_security_group', 'aws_vpc_security_group_egress_rule'];

/** Security groups and their rules. */
export const securityGroupPolicies: readonly Policy[] = [
  policy({
    id: 'CKV_AWS_23', also: ['AWS-0099', 'AWS-0124'], title: 'security groups and their rules say what they are for',
    types: ['aws_security_group', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
  }, block => {
    const nested = block.type === 'aws_security_group' ? ['ingress', 'egress'].flatMap(name => blocksIn(block.body, name)) : [];
    return [{ at: '', value: block.body }, ...nested].filter(({ value }) => value.description === undefined || value.description === '')
      .map(({ at }) => ({ at: at === '' ? 'description' : `${at}.description`, message: 'is unset, expected who is let through and why; write it down' }));
  }),
  open('CKV_AWS_24', ['AWS-0107'], 22),
  open('CKV_AWS_25', ['AWS-0107'], 3389),
  open('CKV_AWS_260', [], 80),
  policy({ id: 'CKV_AWS_277', title: 'the internet does not reach every port', types: ingress }, block => rulesOf(block, 'ingress')
    .filter(rule => rule.allPorts && rule.world)
    .map(rule => ({ at: rule.at, message: `lets ${rule.world} in on every port, expected named ports from named ranges; narrow from_port, to_port and the range` }))),
  policy({ id: 'CKV_AWS_382', title: 'not every port of the internet is reached', types: egress }, block => rulesOf(block, 'egress')
    .filter(rule => rule.allPorts && rule.world)
    .map(rule => ({ at: rule.at, message: `lets traffic out to ${rule.world} on every port, expected named ports; narrow from_port, to_port and the range` }))),
  policy({
    id: 'MARTY_AWS_OPEN_INGRESS', title: 'traffic comes only from places that are named', types: ingress,
  }, block => rulesOf(block, 'ingress').filter(rule => rule.world)
    .map(rule => ({ at: rule.at, message: `lets ${rule.world} in, expected ranges, groups or prefix lists; name them, or waive it with the reason` }))),
  policy({
    id: 'MARTY_AWS_OPEN_EGRESS', also: ['AWS-0104'], title: 'traffic leaves only for places that are named', types: egress,
  }, block => rulesOf(block, 'egress').filter(rule => rule.world)
    .map(rule => ({ at: rule.at, message: `lets traffic out to ${rule.world}, expected ranges, groups or prefix lists; use VPC endpoints, or waive it with the reason` }))),
  attachment({
    id: 'CKV2_AWS_5', title: 'every security group belongs to something', types: ['aws_security_group'], remedy: 'attach it, or take it out',
    by: [
      'aws_eks_cluster', 'aws_eks_node_group', 'aws_launch_template', 'aws_vpc_endpoint', 'aws_rds_cluster', 'aws_db_instance',
      'aws_elasticache_replication_group',
      'aws_elasticache_cluster', 'aws_elasticache_serverless_cache', 'aws_lb', 'aws_alb', 'aws_elb', 'aws_instance', 'aws_network_interface',
      'aws_lambda_function',
      'aws_ecs_service', 'aws_msk_cluster', 'aws_mskconnect_connector', 'aws_memorydb_cluster', 'aws_docdb_cluster', 'aws_opensearch_domain',
      'aws_efs_mount_target',
      'aws_route53_resolver_endpoint', 'aws_cloudwatch_event_target', 'aws_ec2_client_vpn_endpoint', 'aws_apigatewayv2_vpc_link', 'aws_mq_broker',
      'aws_fsx_lustre_file_system',
    ],
  }),
];

interface Rule {
  readonly at: string;
  readonly from?: number;
  readonly to?: number;
  readonly allPorts: boolean;
  /** The range that stands for everybody, where the rule names one. */
  readonly world?: string;
}

/** The rules of a group that are written into it, or the one rule that a block is. */
function rulesOf(block: Block, direction: 'ingress' | 'egress'): readonly Rule[] {
  return /security_group$/.test(block.type)
    ? blocksIn(block.body, direction).filter(({ value }) => !isTrue(value.self))
      .map(({ at, value }) => ruleOf(at, value, [...textsOf(value.cidr_blocks), ...textsOf(value.ipv6_cidr_blocks)]))
    : [ruleOf('', block.body, [...textsOf(block.body.cidr_ipv4), ...textsOf(block.body.cidr_ipv6)])];
}

function ruleOf(at: string, body: Arguments, ranges: readonly string[]): Rule {
  const protocol = String(body.protocol ?? body.ip_protocol);
  const from = numberOf(body.from_port);
  const to = numberOf(body.to_port);
  const allPorts = protocol === '-1' || protocol === 'all' || (from === 0 && (to === 0 || to === 65535)) || from === -1;
  return { at, from, to, allPorts, world: ranges.find(range => !hasExpression(range) && [...worldIpv4, ...worldIpv6].includes(range)) };
}

function open(id: string, also: readonly string[], port: number): Policy {
  return policy({ id, also, title: `the internet does not reach port ${port}`, types: ingress }, (block): readonly Problem[] => rulesOf(block, 'ingress')
    .filter(rule => rule.world && (rule.allPorts || ((rule.from ?? 1) <= port && port <= (rule.to ?? 0))))
    .map(rule => ({ at: rule.at, message: `lets ${told(rule.world)} in on port ${port}, expected ranges of your own; name them, or take the rule out` })));
}
