import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import type { Block } from '../../validate/stack';
import { referredFrom } from './_attached';
import type { Problem } from './_place';
import { blocksIn } from './_place';
import { policy } from './_policy';

const queryLog = ['log_statement', 'log_min_duration_statement'];

/** What a database's group of parameters says. */
export const rdsParameterPolicies: readonly Policy[] = [
  policy({
    id: 'CKV2_AWS_27', title: 'a cluster of PostgreSQL logs its queries', types: ['aws_rds_cluster'],
  }, (block, stack) => block.body.engine === 'aurora-postgresql'
    ? logging(referredFrom(block, 'aws_rds_cluster_parameter_group', stack), 'db_cluster_parameter_group_name', 'aws_rds_cluster_parameter_group')
    : []),
  policy({
    id: 'CKV2_AWS_30', title: 'a database of PostgreSQL logs its queries', types: ['aws_db_instance'],
  }, (block, stack) => block.body.engine === 'postgres'
    ? logging(referredFrom(block, 'aws_db_parameter_group', stack), 'parameter_group_name', 'aws_db_parameter_group')
    : []),
  policy({
    id: 'CKV2_AWS_69', title: 'a database speaks over TLS only', types: ['aws_db_instance'],
  }, (block, stack) => referredFrom(block, 'aws_db_parameter_group', stack).flatMap(group => transport(group, 'parameter_group_name'))),
  policy({
    id: 'MARTY_AWS_CLUSTER_TLS', title: 'a cluster speaks over TLS only', types: ['aws_rds_cluster'],
  }, (block, stack) => referredFrom(block, 'aws_rds_cluster_parameter_group', stack).flatMap(group => transport(group, 'db_cluster_parameter_group_name'))),
];

function logging(groups: readonly Block[], at: string, type: string): readonly Problem[] {
  if (groups.length === 0) return [{ at, message: `leads to no ${type}, expected one with ${queryLog.join(' and ')}; add one and refer to it` }];
  return groups.flatMap(group => queryLog.filter(name => parameter(group, name) === undefined).map(name => ({
    at, message: `leads to ${group.address} without the parameter ${name}, expected it; add it there`,
  })));
}

/** The parameter that refuses connections without TLS, by family of parameters, and what it must be. */
const tls: readonly { readonly family: RegExp; readonly name: string; readonly values: readonly string[] }[] = [
  { family: /^(postgres|aurora-postgresql)|sqlserver/, name: 'rds.force_ssl', values: ['1'] },
  { family: /^(mariadb|mysql|aurora-mysql)/, name: 'require_secure_transport', values: ['1', 'ON'] },
];

function transport(group: Block, at: string): readonly Problem[] {
  const rule = tls.find(({ family }) => family.test(String(group.body.family)));
  if (!rule) return [];
  const value = parameter(group, rule.name);
  return rule.values.includes(String(value)) ? [] : [{
    at, message: `leads to ${group.address} where ${rule.name} is ${told(value)}, expected ${told(rule.values[0])}; set it there`,
  }];
}

function parameter(group: Block, name: string): unknown {
  return blocksIn(group.body, 'parameter').find(({ value }) => value.name === name)?.value.value;
}
