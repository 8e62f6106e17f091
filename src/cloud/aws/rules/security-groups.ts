import type { Block } from '../../validate/stack';
import { and, cidr, either, length, oneOf, pattern, within } from '../../validate/rule-kinds';
import { id, type RuledType } from './_kinds';
import { ec2Description } from './network';

const protocol = either('"tcp", "udp", "icmp", "icmpv6", "-1" for all, or a number from 0 to 255', oneOf('tcp', 'udp', 'icmp', 'icmpv6', '-1', 'all'), within(0, 255));
const portOrType = within(-1, 65535);
const groupName = and(length(1, 255), pattern(/^(?!sg-)[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]+$/, 'orders-nodes'));
const source = either('the id of a security group', id('sg'), pattern(/^\d{12}\/sg-[0-9a-z]+$/, '111122223333/sg-0a1b2c3d'));

const inline = Object.fromEntries(['ingress', 'egress'].flatMap(direction => Object.entries({
  cidr_blocks: cidr(), ipv6_cidr_blocks: cidr({ family: 6 }), description: ec2Description, from_port: portOrType, to_port: portOrType,
  prefix_list_ids: id('pl'), protocol, security_groups: source,
}).map(([name, rule]) => [`${direction}.${name}`, rule])));

const rule: RuledType = {
  values: {
    cidr_ipv4: cidr(), cidr_ipv6: cidr({ family: 6 }), description: ec2Description, from_port: portOrType, to_port: portOrType,
    ip_protocol: protocol, prefix_list_id: id('pl'),
    referenced_security_group_id: source, security_group_id: id('sg'),
  },
  exactlyOne: [['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id']],
  whole: portsProblem,
};

/** Security groups. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule */
export const securityGroupRules: Readonly<Record<string, RuledType>> = {
  aws_security_group: {
    values: { name: groupName, name_prefix: and(groupName, length(1, 229)), description: and(length(1, 255), ec2Description), vpc_id: id('vpc'), ...inline },
    conflicts: [['name', 'name_prefix']],
  },
  aws_default_security_group: { values: { vpc_id: id('vpc'), ...inline } },
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
};

/** Ports go with protocols that have them, and only with those. */
function portsProblem({ body }: Block) {
  const ports = ['from_port', 'to_port'] as const;
  if (body.ip_protocol === '-1' || body.ip_protocol === 'all') {
    return ports.filter(at => body[at] !== undefined && Number(body[at]) !== -1).map(at => ({ at, message: 'is set, expected nothing where ip_protocol is "-1": all protocols have all ports; remove it' }));
  }
  const needed = ['tcp', 'udp', 'icmp', 'icmpv6'].includes(String(body.ip_protocol));
  const missing = needed ? ports.filter(at => body[at] === undefined).map(at => ({ at, message: `is missing, expected a number where ip_protocol is ${JSON.stringify(body.ip_protocol)}; add it` })) : [];
  const backwards = typeof body.from_port === 'number' && typeof body.to_port === 'number' && body.from_port > body.to_port && body.ip_protocol !== 'icmp' && body.ip_protocol !== 'icmpv6';
  return backwards ? [{ at: 'to_port', message: `is ${Number(body.to_port)}, expected ${Number(body.from_port)} (from_port) or more; raise it` }] : missing;
}
