import type { Block } from '../../validate/stack';
import { and, arn, either, length, oneOf, pattern, within } from '../../validate/rule-kinds';
import { isFalse, isTrue, numberOf, textsOf, valueOf } from '../policies/_place';
import { dashed, day, flag, id, kmsKey, port, week, zone, type RuledType } from './_kinds';

const engine = oneOf('redis', 'valkey');
const nodeType = pattern(/^cache\.[a-z][a-z0-9]*\.[a-z0-9]+$/, 'cache.m7g.large');
const userId = pattern(/^[A-Za-z][0-9A-Za-z-]{0,39}$/, 'orders');
const groupName = and(length(1, 255), pattern(/^[A-Za-z](-?[0-9A-Za-z]+)*$/, 'orders-valkey8'));
const family = pattern(/^(redis\d(\.\d|\.x)?|valkey\d|memcached1\.[456])$/, 'valkey8');

/** Caches. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elasticache_replication_group */
export const elasticacheRules: Readonly<Record<string, RuledType>> = {
  aws_elasticache_replication_group: {
    values: {
      'replication_group_id': dashed(40, 'orders'), 'description': length(1, 255), engine,
      'engine_version': either('a version such as 8.2 of Valkey or 7.1 of Redis', pattern(/^([6-9]|\d{2})\.\d+$|^6\.x$|^[1-5]\.\d+\.\d+$/, '8.2')),
      'node_type': nodeType,
      'at_rest_encryption_enabled': flag, 'auto_minor_version_upgrade': flag,
      'auth_token': and(length(16, 128), pattern(/^[^@"/\s]+$/, 'a-long-random-text')),
      'auth_token_update_strategy': oneOf('SET', 'ROTATE', 'DELETE'), 'cluster_mode': oneOf('enabled', 'disabled', 'compatible'),
      'ip_discovery': oneOf('ipv4', 'ipv6'), 'network_type': oneOf('ipv4', 'ipv6', 'dual_stack'), 'kms_key_id': kmsKey, 'maintenance_window': week,
      'snapshot_window': day, 'notification_topic_arn': arn('sns'), 'num_cache_clusters': within(1, 6),
      'num_node_groups': within(1, 500), 'replicas_per_node_group': within(0, 5),
      'parameter_group_name': pattern(/^(default\.[a-z0-9.]+|[A-Za-z](-?[0-9A-Za-z]+)*)$/, 'orders-valkey8'), port,
      'preferred_cache_cluster_azs': zone, 'security_group_ids': id('sg'),
      'snapshot_arns': arn('s3'), 'snapshot_retention_limit': within(0, 35),
      'final_snapshot_identifier': pattern(/^[A-Za-z](-?[0-9A-Za-z]+)*$/, 'orders-final'),
      'subnet_group_name': pattern(/^[0-9A-Za-z-]{1,255}$/, 'shop-caches'), 'transit_encryption_mode': oneOf('preferred', 'required'),
      'user_group_ids': pattern(/^[A-Za-z][0-9A-Za-z-]{0,39}$/, 'orders'),
      'log_delivery_configuration.destination_type': oneOf('cloudwatch-logs', 'kinesis-firehose'),
      'log_delivery_configuration.log_format': oneOf('json', 'text'),
      'log_delivery_configuration.log_type': oneOf('slow-log', 'engine-log'), 'node_group_configuration.node_group_id': pattern(/^\d{1,4}$/, '0001'),
      'node_group_configuration.primary_availability_zone': zone,
      'node_group_configuration.primary_outpost_arn': arn('outposts'), 'node_group_configuration.replica_availability_zones': zone,
      'node_group_configuration.replica_count': within(0, 5), 'node_group_configuration.slots': pattern(/^[\d,-]+$/, '0-8191'),
    },
    conflicts: [
      ['auth_token', 'user_group_ids'], ['num_cache_clusters', 'num_node_groups'], ['num_cache_clusters', 'replicas_per_node_group'],
      ['preferred_cache_cluster_azs', 'node_group_configuration'],
      ...['num_node_groups', 'parameter_group_name', 'engine', 'engine_version', 'node_type', 'security_group_names', 'transit_encryption_enabled', 'transit_encryption_mode', 'at_rest_encryption_enabled', 'snapshot_arns', 'snapshot_name']
        .map(name => ['global_replication_group_id', name]),
    ],
    whole: groupProblems,
    free: ['global_replication_group_id', 'security_group_names', 'snapshot_name', 'log_delivery_configuration.destination', 'node_group_configuration.replica_outpost_arns'],
  },
  aws_elasticache_subnet_group: { values: { name: pattern(/^(?!default$)[0-9A-Za-z-]{1,255}$/, 'shop-caches'), description: length(1, 255), subnet_ids: id('subnet') } },
  aws_elasticache_parameter_group: { values: { 'name': groupName, family, 'description': length(1, 255), 'parameter.name': pattern(/^[a-z0-9-]+$/, 'maxmemory-policy') }, free: ['parameter.value'] },
  aws_elasticache_user: {
    values: {
      'user_id': userId, 'user_name': and(length(1, 128), pattern(/^\S+$/, 'orders')), engine,
      'access_string': pattern(/^(on|off)\b.*$/, 'on ~orders:* +@all'), 'authentication_mode.type': oneOf('iam', 'no-password-required', 'password'),
      'passwords': length(16, 128), 'authentication_mode.passwords': length(16, 128),
    },
    conflicts: [['authentication_mode', 'no_password_required'], ['authentication_mode', 'passwords']],
    whole: userProblems,
  },
  aws_elasticache_user_group: { values: { user_group_id: userId, engine, user_ids: userId } },
};

function groupProblems({ body }: Block) {
  const problems = [];
  if (isTrue(body.multi_az_enabled) && !isTrue(body.automatic_failover_enabled)) {
    problems.push({ at: 'automatic_failover_enabled', message: 'is not true, expected true where multi_az_enabled is true; set it' });
  }
  const clusters = numberOf(body.num_cache_clusters);
  if (isTrue(body.automatic_failover_enabled) && clusters !== undefined && clusters < 2) {
    problems.push({ at: 'num_cache_clusters', message: `is ${clusters}, expected 2 or more where automatic_failover_enabled is true; raise it` });
  }
  const guarded = body.auth_token !== undefined || textsOf(body.user_group_ids).length > 0;
  const plain = body.transit_encryption_enabled === undefined || isFalse(body.transit_encryption_enabled);
  if (guarded && plain && body.global_replication_group_id === undefined) {
    problems.push({ at: 'transit_encryption_enabled', message: 'is not true, expected true where users or a token are asked for; set it' });
  }
  if (textsOf(body.user_group_ids).length > 1) problems.push({ at: 'user_group_ids', message: `has ${textsOf(body.user_group_ids).length} ids, expected one; put the users into one group` });
  return problems;
}

/** A user who authenticates with IAM is found by his name, so that both names are one; a password needs passwords. */
function userProblems({ body }: Block) {
  const type = valueOf(body, 'authentication_mode.type');
  if (type === 'iam' && typeof body.user_id === 'string' && typeof body.user_name === 'string' && body.user_id !== body.user_name) {
    return [{ at: 'user_name', message: `is ${JSON.stringify(body.user_name)}, expected ${JSON.stringify(body.user_id)} (user_id) where the type of authentication is "iam"; make them equal` }];
  }
  return type === 'password' && valueOf(body, 'authentication_mode.passwords') === undefined
    ? [{ at: 'authentication_mode.passwords', message: 'is missing, expected one or two where the type is "password"; add them, or use "iam"' }]
    : [];
}
