import { awsKnowledge } from '../../../../src/cloud/aws/knowledge';
import type { Arguments } from '../../../../src/cloud/validate';
import { findingsOf, readStack } from '../../../../src/cloud/validate';

/** Arguments that the provider accepts, and those that make them refused at a place. */
type Row = readonly [type: string, accepted: Arguments, change: Arguments, at: string];

const role = 'arn:aws:iam::111122223333:role/nodes';
const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const allow = { Effect: 'Allow', Action: 's3:GetObject' };
const database = { engine: 'postgres', instance_class: 'db.m8g.large', username: 'owner', manage_master_user_password: true, final_snapshot_identifier: 'orders-final' };
const aurora = { engine: 'aurora-postgresql', master_username: 'owner', manage_master_user_password: true, final_snapshot_identifier: 'orders-final' };
const nodes = { cluster_name: 'shop', node_role_arn: role, subnet_ids: ['subnet-0a1b2c3d'], scaling_config: { min_size: 1, desired_size: 2, max_size: 3 }, launch_template: { id: 'lt-0a1b2c3d', version: '1' } };
const cache = { replication_group_id: 'sessions', description: 'Sessions', engine: 'valkey', automatic_failover_enabled: true, multi_az_enabled: true, num_cache_clusters: 2, user_group_ids: ['sessions'], transit_encryption_enabled: true };
const rule = { security_group_id: 'sg-0a1b2c3d', ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.0.0.0/8' };
const plan = (lifecycle: object) => ({ name: 'daily', rule: [{ rule_name: 'daily', target_vault_name: 'vault', lifecycle }] });

const rows: readonly Row[] = [
  ['aws_vpc', { cidr_block: '10.0.0.0/16' }, { cidr_block: '10.0.0.0/8' }, 'cidr_block'],
  ['aws_vpc', { cidr_block: '10.0.0.0/16' }, { cidr_block: '10.0.1.0/16' }, 'cidr_block'],
  ['aws_vpc', { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true }, { ipv6_netmask_length: 56, ipv6_ipam_pool_id: 'ipam-pool-0a1b2c3d' }, 'assign_generated_ipv6_cidr_block'],
  ['aws_subnet', { vpc_id: 'vpc-0a1b2c3d', cidr_block: '10.0.0.0/24', availability_zone: 'eu-central-1a' }, { availability_zone_id: 'euc1-az1' }, 'availability_zone'],
  ['aws_nat_gateway', { subnet_id: 'subnet-0a1b2c3d', allocation_id: 'eipalloc-0a1b2c3d' }, { allocation_id: undefined }, 'allocation_id'],
  ['aws_nat_gateway', { subnet_id: 'subnet-0a1b2c3d', allocation_id: 'eipalloc-0a1b2c3d' }, { connectivity_type: 'private' }, 'allocation_id'],
  ['aws_route', { route_table_id: 'rtb-0a1b2c3d', destination_cidr_block: '0.0.0.0/0', nat_gateway_id: 'nat-0a1b2c3d' }, { gateway_id: 'igw-0a1b2c3d' }, 'gateway_id'],
  ['aws_route_table_association', { route_table_id: 'rtb-0a1b2c3d', subnet_id: 'subnet-0a1b2c3d' }, { gateway_id: 'igw-0a1b2c3d' }, 'subnet_id'],
  ['aws_flow_log', { vpc_id: 'vpc-0a1b2c3d', traffic_type: 'ALL', iam_role_arn: role, log_destination: 'arn:aws:logs:eu-central-1:111122223333:log-group:flow' }, { iam_role_arn: undefined }, 'iam_role_arn'],
  ['aws_flow_log', { vpc_id: 'vpc-0a1b2c3d', traffic_type: 'ALL', iam_role_arn: role }, { subnet_id: 'subnet-0a1b2c3d' }, 'subnet_id'],
  ['aws_vpc_endpoint', { vpc_id: 'vpc-0a1b2c3d', service_name: 'com.amazonaws.eu-central-1.s3', route_table_ids: ['rtb-0a1b2c3d'] }, { vpc_endpoint_type: 'Interface' }, 'route_table_ids'],
  ['aws_vpc_endpoint', { vpc_id: 'vpc-0a1b2c3d', service_name: 'com.amazonaws.eu-central-1.s3' }, { private_dns_enabled: true }, 'private_dns_enabled'],
  ['aws_security_group', { name: 'nodes' }, { name: 'sg-nodes' }, 'name'],
  ['aws_security_group', { name: 'nodes', description: 'Nodes' }, { description: 'Nœuds' }, 'description'],
  ['aws_vpc_security_group_ingress_rule', rule, { referenced_security_group_id: 'sg-0a1b2c3e' }, 'cidr_ipv4'],
  ['aws_vpc_security_group_ingress_rule', rule, { to_port: 80 }, 'to_port'],
  ['aws_vpc_security_group_ingress_rule', rule, { from_port: undefined }, 'from_port'],
  ['aws_vpc_security_group_egress_rule', rule, { ip_protocol: '-1' }, 'from_port'],
  ['aws_route53_record', { zone_id: 'Z0123456789ABC', name: 'api', type: 'A', ttl: 60, records: ['192.0.2.1'] }, { ttl: undefined }, 'ttl'],
  ['aws_route53_record', { zone_id: 'Z0123456789ABC', name: 'api', type: 'A', ttl: 60, records: ['192.0.2.1'] }, { alias: { name: 'lb.example.com', zone_id: 'Z1', evaluate_target_health: true } }, 'records'],
  ['aws_acm_certificate', { domain_name: 'api.example.com', validation_method: 'DNS' }, { domain_name: 'api.example.com.' }, 'domain_name'],
  ['aws_kms_key', { enable_key_rotation: true, rotation_period_in_days: 365 }, { deletion_window_in_days: 3 }, 'deletion_window_in_days'],
  ['aws_kms_key', { enable_key_rotation: true }, { customer_master_key_spec: 'RSA_4096' }, 'enable_key_rotation'],
  ['aws_kms_key', { policy: document({ ...allow, Action: 'kms:*', Principal: { AWS: '*' }, Resource: '*' }) }, { policy: document({ ...allow, Action: 'kms:*', Resource: '*' }) }, 'policy'],
  ['aws_kms_alias', { name: 'alias/data', target_key_id: key }, { name: 'alias/aws/data' }, 'name'],
  ['aws_cloudwatch_log_group', { name: '/shop', retention_in_days: 365 }, { retention_in_days: 100 }, 'retention_in_days'],
  ['aws_cloudwatch_log_group', { name: '/shop', log_group_class: 'DELIVERY' }, { retention_in_days: 365 }, 'retention_in_days'],
  ['aws_iam_role', { name: 'orders', assume_role_policy: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }) }, { assume_role_policy: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Services: 'ec2.amazonaws.com' } }) }, 'assume_role_policy'],
  ['aws_iam_role_policy', { role: 'orders', policy: document({ ...allow, Resource: '${aws_kms_key.data.arn}' }) }, { policy: document({ ...allow, Resources: '*' }) }, 'policy'],
  ['aws_eks_cluster', { name: 'shop', role_arn: role, vpc_config: { subnet_ids: ['subnet-0a1b2c3d'] }, kubernetes_network_config: { service_ipv4_cidr: '172.20.0.0/16' } }, { kubernetes_network_config: { service_ipv4_cidr: '100.64.0.0/16' } }, 'kubernetes_network_config.service_ipv4_cidr'],
  ['aws_eks_cluster', { name: 'shop', role_arn: role, vpc_config: { subnet_ids: ['subnet-0a1b2c3d'] } }, { kubernetes_network_config: { ip_family: 'ipv6', service_ipv4_cidr: '172.20.0.0/16' } }, 'kubernetes_network_config.service_ipv4_cidr'],
  ['aws_eks_node_group', nodes, { scaling_config: { min_size: 1, desired_size: 4, max_size: 3 } }, 'scaling_config.desired_size'],
  ['aws_eks_node_group', nodes, { scaling_config: { min_size: 4, desired_size: 4, max_size: 3 } }, 'scaling_config.min_size'],
  ['aws_eks_node_group', nodes, { disk_size: 100 }, 'launch_template'],
  ['aws_eks_node_group', nodes, { update_config: { max_unavailable: 1, max_unavailable_percentage: 10 } }, 'update_config.max_unavailable'],
  ['aws_eks_node_group', { ...nodes, labels: { team: 'shop' } }, { labels: { team: 'shop & co' } }, 'labels["team"]'],
  ['aws_eks_access_entry', { cluster_name: 'shop', principal_arn: role }, { type: 'EC2_LINUX', kubernetes_groups: ['nodes'] }, 'kubernetes_groups'],
  ['aws_eks_access_policy_association', { cluster_name: 'shop', principal_arn: role, policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', access_scope: { type: 'cluster' } }, { access_scope: { type: 'namespace' } }, 'access_scope.namespaces'],
  ['aws_eks_access_policy_association', { cluster_name: 'shop', principal_arn: role, policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', access_scope: { type: 'namespace', namespaces: ['shop'] } }, { access_scope: { type: 'cluster', namespaces: ['shop'] } }, 'access_scope.namespaces'],
  ['aws_launch_template', { name: 'nodes', block_device_mappings: [{ ebs: { volume_type: 'gp3', throughput: 250 } }] }, { block_device_mappings: [{ ebs: { volume_type: 'gp2', throughput: 250 } }] }, 'block_device_mappings[0].ebs.throughput'],
  ['aws_launch_template', { name: 'nodes', block_device_mappings: [{ ebs: { volume_type: 'io2', iops: 3000 } }] }, { block_device_mappings: [{ ebs: { volume_type: 'io2' } }] }, 'block_device_mappings[0].ebs.iops'],
  ['aws_launch_template', { name: 'nodes', block_device_mappings: [{ ebs: { volume_type: 'gp3', iops: 3000 } }] }, { block_device_mappings: [{ ebs: { volume_type: 'st1', iops: 3000 } }] }, 'block_device_mappings[0].ebs.iops'],
  ['aws_sqs_queue', { name: 'orders', kms_master_key_id: key }, { sqs_managed_sse_enabled: true }, 'kms_master_key_id'],
  ['aws_sqs_queue', { name: 'orders' }, { name: 'orders.fifo' }, 'name'],
  ['aws_sqs_queue', { name: 'orders.fifo', fifo_queue: true, content_based_deduplication: true }, { fifo_queue: false }, 'name'],
  ['aws_sqs_queue', { name: 'orders' }, { content_based_deduplication: true }, 'content_based_deduplication'],
  ['aws_sqs_queue', { name: 'orders', redrive_policy: '{"maxReceiveCount":3}' }, { redrive_policy: '{maxReceiveCount:3}' }, 'redrive_policy'],
  ['aws_sns_topic', { name: 'orders.fifo', fifo_topic: true }, { fifo_topic: undefined }, 'name'],
  ['aws_sns_topic_subscription', { topic_arn: 'arn:aws:sns:eu-central-1:111122223333:orders', protocol: 'sqs', endpoint: 'arn:aws:sqs:eu-central-1:111122223333:orders' }, { protocol: 'firehose' }, 'subscription_role_arn'],
  ['aws_cloudwatch_event_rule', { name: 'spot', event_pattern: '{"source":["aws.ec2"]}' }, { event_pattern: undefined }, 'event_pattern'],
  ['aws_rds_cluster', aurora, { master_password: 'secret' }, 'manage_master_user_password'],
  ['aws_rds_cluster', aurora, { final_snapshot_identifier: undefined }, 'final_snapshot_identifier'],
  ['aws_rds_cluster', aurora, { master_username: undefined }, 'master_username'],
  ['aws_rds_cluster', aurora, { manage_master_user_password: undefined }, 'manage_master_user_password'],
  ['aws_rds_cluster', { ...aurora, serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 4 } }, { serverlessv2_scaling_configuration: { min_capacity: 0.7, max_capacity: 4 } }, 'serverlessv2_scaling_configuration.min_capacity'],
  ['aws_rds_cluster', { ...aurora, serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 4 } }, { serverlessv2_scaling_configuration: { min_capacity: 8, max_capacity: 4 } }, 'serverlessv2_scaling_configuration.min_capacity'],
  ['aws_rds_cluster', { ...aurora, serverlessv2_scaling_configuration: { min_capacity: 0, max_capacity: 4, seconds_until_auto_pause: 600 } }, { serverlessv2_scaling_configuration: { min_capacity: 1, max_capacity: 4, seconds_until_auto_pause: 600 } }, 'serverlessv2_scaling_configuration.seconds_until_auto_pause'],
  ['aws_rds_cluster', { ...aurora, preferred_backup_window: '01:00-02:00', preferred_maintenance_window: 'sun:04:00-sun:05:00' }, { preferred_backup_window: '03:30-04:30' }, 'preferred_backup_window'],
  ['aws_rds_cluster', { ...aurora, cluster_identifier: 'orders' }, { cluster_identifier: 'orders--1' }, 'cluster_identifier'],
  ['aws_rds_cluster_instance', { cluster_identifier: 'orders', engine: 'aurora-postgresql', instance_class: 'db.serverless', monitoring_interval: 60, monitoring_role_arn: role }, { monitoring_role_arn: undefined }, 'monitoring_role_arn'],
  ['aws_db_instance', database, { allocated_storage: 100, max_allocated_storage: 50 }, 'max_allocated_storage'],
  ['aws_db_instance', database, { performance_insights_retention_period: 30 }, 'performance_insights_retention_period'],
  ['aws_db_instance', database, { username: undefined }, 'username'],
  ['aws_db_subnet_group', { name: 'stores', subnet_ids: ['subnet-0a1b2c3d'] }, { name: 'Stores' }, 'name'],
  ['aws_elasticache_replication_group', cache, { num_cache_clusters: 1 }, 'num_cache_clusters'],
  ['aws_elasticache_replication_group', cache, { automatic_failover_enabled: false }, 'automatic_failover_enabled'],
  ['aws_elasticache_replication_group', cache, { transit_encryption_enabled: false }, 'transit_encryption_enabled'],
  ['aws_elasticache_replication_group', cache, { user_group_ids: ['sessions', 'others'] }, 'user_group_ids'],
  ['aws_elasticache_replication_group', cache, { engine_version: '8' }, 'engine_version'],
  ['aws_elasticache_user', { user_id: 'orders', user_name: 'orders', engine: 'valkey', access_string: 'on ~* +@all', authentication_mode: { type: 'iam' } }, { user_name: 'bills' }, 'user_name'],
  ['aws_elasticache_user', { user_id: 'orders', user_name: 'bills', engine: 'valkey', access_string: 'on ~* +@all', authentication_mode: { type: 'no-password-required' } }, { authentication_mode: { type: 'password' } }, 'authentication_mode.passwords'],
  ['aws_backup_vault', { name: 'vault' }, { name: 'v' }, 'name'],
  ['aws_backup_plan', plan({ cold_storage_after: 30, delete_after: 120 }), plan({ cold_storage_after: 30, delete_after: 60 }), 'rule[0].lifecycle.delete_after'],
  ['aws_backup_selection', { name: 'stores', plan_id: '1234', iam_role_arn: role, resources: ['*'] }, { resources: [] }, 'resources'],
  ['aws_s3_bucket', { bucket: 'shop-files' }, { bucket: 'Shop_Files' }, 'bucket'],
  ['aws_s3_bucket', { bucket: 'shop-files' }, { bucket: '192.168.0.1' }, 'bucket'],
  ['aws_s3_bucket_server_side_encryption_configuration', { bucket: 'shop-files', rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: key } }] }, { rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256', kms_master_key_id: key } }] }, 'rule[0].apply_server_side_encryption_by_default.kms_master_key_id'],
  ['aws_s3_bucket_lifecycle_configuration', { bucket: 'shop-files', rule: [{ id: 'a', status: 'Enabled' }, { id: 'b', status: 'Enabled' }] }, { rule: [{ id: 'a', status: 'Enabled' }, { id: 'a', status: 'Enabled' }] }, 'rule[1].id'],
  ['aws_s3_bucket_lifecycle_configuration', { bucket: 'shop-files', rule: [{ id: 'a', status: 'Enabled', transition: [{ days: 30, storage_class: 'STANDARD_IA' }] }] }, { rule: [{ id: 'a', status: 'Enabled', transition: [{ days: 10, storage_class: 'STANDARD_IA' }] }] }, 'rule[0].transition[0].days'],
  ['aws_secretsmanager_secret', { name: 'shop/token', recovery_window_in_days: 0 }, { recovery_window_in_days: 3 }, 'recovery_window_in_days'],
  ['aws_secretsmanager_secret_version', { secret_id: 'shop/token', secret_string_wo: '${var.token}', secret_string_wo_version: 1 }, { secret_string_wo_version: undefined }, 'secret_string_wo_version'],
  ['aws_secretsmanager_secret_rotation', { secret_id: 'shop/token', rotation_rules: { automatically_after_days: 30 } }, { rotation_rules: { automatically_after_days: 30, schedule_expression: 'rate(30 days)' } }, 'rotation_rules.automatically_after_days'],
  ['aws_ecr_repository', { name: 'shop/orders' }, { name: 'Shop/Orders' }, 'name'],
];

function refused(type: string, body: Arguments): readonly string[] {
  const stack = readStack('shop', { resource: { [type]: { one: body } } });
  return findingsOf(stack, [{ ...awsKnowledge(), policies: [] }]).filter(({ rule: by }) => by === 'provider').map(({ at }) => at);
}

describe('arguments that the provider of AWS refuses together', () => {
  test.each(rows)('%s %j but not %j', (type, accepted, change, at) => {
    expect(refused(type, accepted)).toEqual([]);
    expect(refused(type, JSON.parse(JSON.stringify({ ...accepted, ...change })) as Arguments)).toContain(at);
  });
});
