import type { Estate } from './estate';
import { document } from './estate';

/** One field that turns a stack that keeps a policy into one that does not. */
export interface Pair {
  readonly policy: string;
  /** The block that changes. */
  readonly block: string;
  /** The argument, `vpc_config.subnet_ids[0]`; nothing for the block itself. */
  readonly field: string;
  /** What it becomes; absent means that it goes away. */
  readonly value?: unknown;
  /** What else the stack has, in both cases. */
  readonly added?: Estate;
  /** The block that the finding is about, where it is another one. */
  readonly blamed?: string;
}

type Change = readonly [policy: string, place: string, value?: unknown, more?: Pick<Pair, 'added' | 'blamed'>];

const key = '${aws_kms_key.data.arn}';
const everybody = { Effect: 'Allow', Principal: { AWS: '*' } };
const open = (action: string | readonly string[], resource = '*') => document({ Effect: 'Allow', Action: action, Resource: resource });
const spelled = (action: string, resource = '*') => [{ actions: [action], resources: [resource] }];
const trustOf = (principal: unknown, condition?: object) => document({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...condition && { Condition: condition } });
const role = 'aws_iam_role.reader:assume_role_policy';
const permissions = 'aws_iam_role_policy.reader:policy';
const data = 'data.aws_iam_policy_document.reader:statement';
const github = { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' };

const cluster: readonly Change[] = [
  ['CKV_AWS_37', 'aws_eks_cluster.shop:enabled_cluster_log_types', ['api', 'audit', 'authenticator']],
  ['CKV_AWS_38', 'aws_eks_cluster.shop:vpc_config.endpoint_public_access', true],
  ['CKV_AWS_39', 'aws_eks_cluster.shop:vpc_config.endpoint_public_access'],
  ['CKV_AWS_58', 'aws_eks_cluster.shop:encryption_config'],
  ['CKV_AWS_339', 'aws_eks_cluster.shop:version', '1.30'],
  ['CKV_AWS_100', 'aws_eks_node_group.general:remote_access', { ec2_ssh_key: 'mine' }],
  ['CKV_AWS_79', 'aws_launch_template.nodes:metadata_options.http_tokens', 'optional'],
  ['CKV_AWS_341', 'aws_launch_template.nodes:metadata_options.http_put_response_hop_limit', 2],
  ['CKV_AWS_88', 'aws_launch_template.nodes:network_interfaces[0].associate_public_ip_address', 'true'],
  ['CKV_AWS_46', 'aws_launch_template.nodes:user_data', Buffer.from('export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE').toString('base64')],
  ['MARTY_AWS_VOLUME_ENCRYPTION', 'aws_launch_template.nodes:block_device_mappings[0].ebs.encrypted', 'false'],
  ['MARTY_AWS_VOLUME_KEY', 'aws_launch_template.nodes:block_device_mappings[0].ebs.kms_key_id'],
  ['MARTY_AWS_EKS_DELETION', 'aws_eks_cluster.shop:deletion_protection', false],
  ['MARTY_AWS_EKS_ACCESS_ENTRIES', 'aws_eks_cluster.shop:access_config.authentication_mode', 'CONFIG_MAP'],
  ['MARTY_AWS_EKS_ENDPOINT', 'aws_eks_cluster.shop:vpc_config.endpoint_private_access', false],
  ['MARTY_AWS_EKS_ADMIN', 'aws_eks_access_policy_association.platform:policy_arn', 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', { blamed: 'aws_eks_cluster.shop' }],
  ['MARTY_AWS_EKS_ZONES', 'aws_subnet.b:availability_zone', 'eu-central-1a', { blamed: 'aws_eks_cluster.shop' }],
  ['MARTY_AWS_SUBNET_GROUP_ZONES', 'aws_db_subnet_group.stores:subnet_ids', ['${aws_subnet.a.id}']],
  ['MARTY_AWS_NODES_AFTER_CNI', 'aws_eks_node_group.general:depends_on'],
  ['MARTY_AWS_CNI_BEFORE_NODES', 'aws_eks_addon.cni:depends_on', ['aws_eks_node_group.general']],
  ['MARTY_AWS_NODE_DISK', 'aws_eks_node_group.general:disk_size', 100],
  ['MARTY_AWS_NODE_COUNT', 'aws_eks_node_group.general:lifecycle'],
  ['MARTY_AWS_NODE_GROUP_TAGS', 'aws_security_group.store:tags', { 'kubernetes.io/cluster/shop': 'owned' }, {
    blamed: 'aws_launch_template.other',
    added: {
      'aws_security_group.first': { description: 'Nodes', tags: { 'kubernetes.io/cluster/shop': 'owned' } },
      'aws_launch_template.other': { vpc_security_group_ids: ['${aws_security_group.first.id}', '${aws_security_group.store.id}'], metadata_options: { http_tokens: 'required' } },
    },
  }],
  ['MARTY_AWS_AUTO_MODE', 'aws_eks_cluster.auto:storage_config', undefined, {
    added: {
      'aws_eks_cluster.auto': {
        name: 'auto', bootstrap_self_managed_addons: false, compute_config: { enabled: true }, storage_config: { block_storage: { enabled: true } },
        kubernetes_network_config: { elastic_load_balancing: { enabled: true } },
      },
    },
  }],
];

const network: readonly Change[] = [
  ['CKV_AWS_130', 'aws_subnet.a:map_public_ip_on_launch', true],
  ['CKV2_AWS_11', 'aws_flow_log.main:', undefined, { blamed: 'aws_vpc.main' }],
  ['CKV2_AWS_12', 'aws_default_security_group.closed:egress', [{ cidr_blocks: ['10.0.0.0/8'], from_port: 443, to_port: 443, protocol: 'tcp' }], { blamed: 'aws_vpc.main' }],
  ['CKV2_AWS_19', 'aws_nat_gateway.nat:allocation_id', undefined, { blamed: 'aws_eip.nat' }],
  ['CKV2_AWS_35', 'aws_route.out:network_interface_id', 'eni-0a1b2c3d'],
  ['CKV2_AWS_44', 'aws_route.peer:destination_cidr_block', '0.0.0.0/0'],
  ['CKV2_AWS_23', 'aws_route53_record.api:records', ['192.0.2.10']],
  ['CKV_AWS_233', 'aws_acm_certificate.api:lifecycle'],
  ['CKV_AWS_234', 'aws_acm_certificate.api:options.certificate_transparency_logging_preference', 'DISABLED'],
  ['CKV2_AWS_71', 'aws_acm_certificate.api:subject_alternative_names', ['*.example.com']],
  ['CKV2_AWS_38', 'aws_route53_hosted_zone_dnssec.public:', undefined, { blamed: 'aws_route53_zone.public' }],
  ['CKV2_AWS_39', 'aws_route53_query_log.public:', undefined, { blamed: 'aws_route53_zone.public' }],
  ['CKV_AWS_23', 'aws_vpc_security_group_egress_rule.nodes:description'],
  ...[['CKV_AWS_24', 22], ['CKV_AWS_25', 3389], ['CKV_AWS_260', 80]].map(([id, port]): Change => [String(id), 'aws_vpc_security_group_ingress_rule.admin:cidr_ipv4', '0.0.0.0/0', {
    added: { 'aws_vpc_security_group_ingress_rule.admin': { security_group_id: '${aws_security_group.nodes.id}', description: 'Us', cidr_ipv4: '10.0.0.0/8', ip_protocol: 'tcp', from_port: port, to_port: port } },
  }]),
  ['CKV_AWS_277', 'aws_vpc_security_group_ingress_rule.all:cidr_ipv6', '::/0', { added: { 'aws_vpc_security_group_ingress_rule.all': { description: 'All', ip_protocol: '-1', cidr_ipv6: 'fd00::/8' } } }],
  ['CKV_AWS_382', 'aws_vpc_security_group_egress_rule.all:cidr_ipv4', '0.0.0.0/0', { added: { 'aws_vpc_security_group_egress_rule.all': { description: 'All', ip_protocol: '-1', cidr_ipv4: '10.0.0.0/8' } } }],
  ['MARTY_AWS_OPEN_EGRESS', 'aws_vpc_security_group_egress_rule.nodes:cidr_ipv4', '0.0.0.0/0'],
  ['MARTY_AWS_OPEN_INGRESS', 'aws_vpc_security_group_ingress_rule.nodes:cidr_ipv4', '0.0.0.0/0'],
  ['CKV2_AWS_5', 'aws_rds_cluster.orders:vpc_security_group_ids', [], { blamed: 'aws_security_group.store' }],
  ['MARTY_AWS_SUBNET_OVERLAP', 'aws_subnet.b:cidr_block', '10.20.8.0/21'],
  ['MARTY_AWS_SUBNET_RANGE', 'aws_subnet.b:cidr_block', '10.30.0.0/20'],
  ['MARTY_AWS_VPC_OVERLAP', 'aws_vpc_ipv4_cidr_block_association.pods:cidr_block', '10.20.128.0/20'],
  ['MARTY_AWS_SAME_NAME', 'aws_iam_role.reader:name', 'pods'],
  ['MARTY_AWS_SERVICE_RANGE', 'aws_eks_cluster.shop:kubernetes_network_config.service_ipv4_cidr', '10.20.32.0/20'],
];

const keys: readonly Change[] = [
  ['CKV_AWS_7', 'aws_kms_key.data:enable_key_rotation', false],
  ['CKV_AWS_227', 'aws_kms_key.data:is_enabled', false],
  ['CKV2_AWS_64', 'aws_kms_key.data:policy'],
  ['CKV_AWS_33', 'aws_kms_key.data:policy', document({ ...everybody, Action: 'kms:Decrypt', Resource: '*' })],
  ['MARTY_AWS_KMS_LOCKOUT', 'aws_kms_key.data:bypass_policy_lockout_safety_check', true],
  ['CKV_AWS_66', 'aws_cloudwatch_log_group.logs:retention_in_days'],
  ['CKV_AWS_338', 'aws_cloudwatch_log_group.logs:retention_in_days', 90],
  ['CKV_AWS_158', 'aws_cloudwatch_log_group.logs:kms_key_id'],
  ['CKV_AWS_166', 'aws_backup_vault.vault:kms_key_arn'],
  ['MARTY_AWS_KEY_REGION', 'aws_cloudwatch_log_group.logs:kms_key_id', 'arn:aws:kms:eu-west-1:123456789012:key/elsewhere'],
  ['MARTY_AWS_BACKUP_KEPT', 'aws_backup_vault.vault:force_destroy', true],
  ['CKV_AWS_51', 'aws_ecr_repository.images:image_tag_mutability', 'MUTABLE'],
  ['CKV_AWS_136', 'aws_ecr_repository.images:encryption_configuration[0].encryption_type', 'AES256'],
  ['CKV_AWS_163', 'aws_ecr_repository.images:image_scanning_configuration.scan_on_push', false],
];

const databases: readonly Change[] = [
  ...([
    ['CKV_AWS_16', 'storage_encrypted', false], ['CKV_AWS_17', 'publicly_accessible', true], ['CKV_AWS_118', 'monitoring_interval', 0], ['CKV_AWS_129', 'enabled_cloudwatch_logs_exports', []], ['CKV_AWS_133', 'backup_retention_period', 0],
    ['CKV_AWS_157', 'multi_az', false], ['CKV_AWS_161', 'iam_database_authentication_enabled', undefined], ['CKV_AWS_211', 'ca_cert_identifier', 'rds-ca-2019'], ['CKV_AWS_226', 'auto_minor_version_upgrade', undefined],
    ['CKV_AWS_293', 'deletion_protection', false], ['CKV_AWS_353', 'performance_insights_enabled', false], ['CKV_AWS_354', 'performance_insights_kms_key_id', undefined], ['CKV2_AWS_60', 'copy_tags_to_snapshot', undefined],
    ['CKV2_AWS_30', 'parameter_group_name', 'default.postgres17'], ['CKV_AWS_250', 'engine_version', '13.2'], ['MARTY_AWS_DATABASE_KEY', 'kms_key_id', undefined], ['MARTY_AWS_BACKUP_DAYS', 'backup_retention_period', 1],
    ['MARTY_AWS_DATABASE_PASSWORD', 'password', 'secret'], ['MARTY_AWS_DATABASE_VERSION', 'engine_version', '13.22'],
  ] as const).map(([id, field, value]): Change => [id, `aws_db_instance.bills:${field}`, value]),
  ['CKV_AWS_388', 'aws_db_instance.aurora:engine_version', '11.8', { added: { 'aws_db_instance.aurora': { engine: 'aurora-postgresql', engine_version: '17.5' } } }],
  ['CKV2_AWS_69', 'aws_db_parameter_group.bills:parameter[2].value', '0', { blamed: 'aws_db_instance.bills' }],
  ['MARTY_AWS_CLUSTER_TLS', 'aws_rds_cluster_parameter_group.orders:parameter[2].value', '0', { blamed: 'aws_rds_cluster.orders' }],
  ['CKV2_AWS_27', 'aws_rds_cluster_parameter_group.orders:parameter[0].name', 'log_lock_waits', { blamed: 'aws_rds_cluster.orders' }],
  ['CKV2_AWS_8', 'aws_backup_selection.stores:resources', ['${aws_rds_cluster.mirror.arn}'], { blamed: 'aws_rds_cluster.orders' }],
  ['CKV_AWS_96', 'aws_rds_cluster.orders:storage_encrypted'],
  ['CKV_AWS_139', 'aws_rds_cluster.orders:deletion_protection'],
  ['CKV_AWS_162', 'aws_rds_cluster.orders:iam_database_authentication_enabled', false],
  ['CKV_AWS_313', 'aws_rds_cluster.orders:copy_tags_to_snapshot'],
  ['CKV_AWS_324', 'aws_rds_cluster.orders:enabled_cloudwatch_logs_exports'],
  ['CKV_AWS_325', 'aws_rds_cluster.mirror:enabled_cloudwatch_logs_exports', ['error']],
  ['CKV_AWS_326', 'aws_rds_cluster.mirror:backtrack_window', 0],
  ['CKV_AWS_327', 'aws_rds_cluster.orders:kms_key_id'],
  ...([
    ['CKV_AWS_29', 'at_rest_encryption_enabled', undefined], ['CKV_AWS_30', 'transit_encryption_enabled', false], ['CKV_AWS_31', 'user_group_ids', undefined], ['CKV_AWS_191', 'kms_key_id', undefined], ['CKV2_AWS_50', 'automatic_failover_enabled', false],
    ['MARTY_AWS_CACHE_ZONES', 'multi_az_enabled', false], ['MARTY_AWS_CACHE_SNAPSHOTS', 'snapshot_retention_limit', 0], ['MARTY_AWS_CACHE_TOKEN', 'auth_token', 'a-long-random-text'],
  ] as const).map(([id, field, value]): Change => [id, `aws_elasticache_replication_group.sessions:${field}`, value]),
  ['MARTY_AWS_CACHE_VERSION', 'aws_elasticache_replication_group.old:engine_version', '5.0.6', {
    added: { 'aws_elasticache_replication_group.old': { engine: 'redis', engine_version: '7.1', at_rest_encryption_enabled: true, transit_encryption_enabled: true, user_group_ids: ['a'], kms_key_id: key, automatic_failover_enabled: true, multi_az_enabled: true, snapshot_retention_limit: 1 } },
  }],
];

const files = 'aws_s3_bucket.files';
const buckets: readonly Change[] = [
  ...([
    ['CKV_AWS_18', 'logging'], ['CKV_AWS_21', 'versioning'], ['CKV_AWS_144', 'replication_configuration'], ['CKV_AWS_145', 'server_side_encryption_configuration'], ['CKV2_AWS_6', 'public_access_block'], ['CKV2_AWS_61', 'lifecycle_configuration'],
    ['CKV2_AWS_62', 'notification'], ['MARTY_AWS_BUCKET_TLS', 'policy'],
  ] as const).map(([id, name]): Change => [id, `aws_s3_bucket_${name}.files:`, undefined, { blamed: files }]),
  ...([['CKV_AWS_53', 'block_public_acls'], ['CKV_AWS_54', 'block_public_policy'], ['CKV_AWS_55', 'ignore_public_acls'], ['CKV_AWS_56', 'restrict_public_buckets']] as const)
    .map(([id, field]): Change => [id, `aws_s3_bucket_public_access_block.files:${field}`, false]),
  ['CKV_AWS_19', 'aws_s3_bucket_server_side_encryption_configuration.files:rule[0].apply_server_side_encryption_by_default.sse_algorithm', 'none', { blamed: files }],
  ['MARTY_AWS_BUCKET_KEY', 'aws_s3_bucket_server_side_encryption_configuration.files:rule[0].apply_server_side_encryption_by_default.kms_master_key_id'],
  ['CKV_AWS_20', `${files}:acl`, 'public-read'],
  ['CKV_AWS_57', `${files}:acl`, 'public-read-write'],
  ['MARTY_AWS_BUCKET_VERSIONS', 'aws_s3_bucket_versioning.files:versioning_configuration.status', 'Suspended'],
  ['CKV_AWS_70', 'aws_s3_bucket_policy.files:policy', document({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' })],
  ['CKV_AWS_93', 'aws_s3_bucket_policy.files:policy', document({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' })],
  ['CKV_AWS_143', `${files}:object_lock_configuration[0].object_lock_enabled`, 'Disabled'],
  ['CKV_AWS_300', 'aws_s3_bucket_lifecycle_configuration.files:rule[0].filter[0].prefix', 'tmp/'],
  ['CKV2_AWS_65', 'aws_s3_bucket_ownership_controls.files:rule.object_ownership', 'ObjectWriter'],
];

const messages: readonly Change[] = [
  ['CKV_AWS_27', 'aws_sqs_queue.orders:kms_master_key_id'],
  ['CKV2_AWS_73', 'aws_sqs_queue.orders:kms_master_key_id', 'alias/aws/sqs'],
  ['CKV_AWS_168', 'aws_sqs_queue.orders:policy', document({ ...everybody, Action: 'sqs:SendMessage', Resource: '*', Condition: { StringNotEquals: { 'aws:SourceAccount': '1' } } })],
  ['CKV_AWS_387', 'aws_sqs_queue_policy.orders:policy', document({ ...everybody, Action: 'sqs:SendMessage', Resource: '*' })],
  ['CKV_AWS_72', 'aws_sqs_queue_policy.orders:policy', document({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:*', Resource: '*' })],
  ['CKV_AWS_26', 'aws_sns_topic.orders:kms_master_key_id', 'alias/aws/sns'],
  ['CKV_AWS_169', 'aws_sns_topic_policy.orders:policy', document({ ...everybody, Action: 'sns:Publish', Resource: '*' })],
  ['CKV_AWS_385', 'aws_sns_topic_policy.orders:policy', document({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:role/other' }, Action: 'sns:Publish', Resource: '*' })],
  ['CKV_AWS_149', 'aws_secretsmanager_secret.token:kms_key_id', 'aws/secretsmanager'],
  ['CKV2_AWS_57', 'aws_secretsmanager_secret_rotation.token:', undefined, { blamed: 'aws_secretsmanager_secret.token' }],
  ['CKV_AWS_304', 'aws_secretsmanager_secret_rotation.token:rotation_rules.automatically_after_days', 180],
  ['MARTY_AWS_SECRET_POLICY', 'aws_secretsmanager_secret_policy.token:policy', document({ ...everybody, Action: 'secretsmanager:GetSecretValue', Resource: '*' })],
  ['MARTY_AWS_SECRET_POLICY_BLOCKED', 'aws_secretsmanager_secret_policy.token:block_public_policy'],
];

const identities: readonly Change[] = [
  ...([
    ['CKV_AWS_286', 'CKV_AWS_110', 'iam:PutRolePolicy'], ['CKV_AWS_287', 'CKV_AWS_107', 'sts:GetSessionToken'], ['CKV_AWS_288', 'CKV_AWS_108', 's3:GetObject'], ['CKV_AWS_289', 'CKV_AWS_109', 'kms:CreateGrant'],
    ['CKV_AWS_290', 'CKV_AWS_111', 'ec2:RunInstances'], ['CKV_AWS_355', 'CKV_AWS_356', 'rds:DescribeDBClusters'], ['CKV_AWS_62', 'CKV_AWS_1', '*'],
  ] as const).flatMap(([written, spelledOut, action]): Change[] => [[written, permissions, open([action])], [spelledOut, data, spelled(action)]]),
  ['CKV_AWS_63', permissions, open('*', 'arn:aws:s3:::files')],
  ['CKV_AWS_49', data, spelled('*', 'arn:aws:s3:::files')],
  ['CKV2_AWS_40', permissions, open('iam:*', 'arn:aws:iam::111122223333:role/orders')],
  ['MARTY_AWS_SERVICE_WILDCARD', permissions, open('s3:*', 'arn:aws:s3:::files')],
  ['MARTY_AWS_PASS_ROLE', permissions, open('iam:PassRole', 'arn:aws:iam::111122223333:role/orders')],
  ['CKV_AWS_274', 'aws_iam_role_policy_attachment.reader:policy_arn', 'arn:aws:iam::aws:policy/AdministratorAccess'],
  ['CKV2_AWS_56', 'aws_iam_role_policy_attachment.reader:policy_arn', 'arn:aws:iam::aws:policy/IAMFullAccess'],
  ['CKV_AWS_283', data, [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::files/*'], principals: [{ type: 'AWS', identifiers: ['*'] }] }]],
  ['CKV_AWS_41', 'provider.aws:secret_key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ['CKV_AWS_60', role, trustOf({ AWS: '*' })],
  ['CKV_AWS_61', role, trustOf({ AWS: 'arn:aws:iam::111122223333:root' })],
  ['CKV_AWS_393', role, trustOf(github, { StringLike: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': 'repo:*' } })],
  ['CKV_AWS_358', 'data.aws_iam_policy_document.trust:statement[0].condition'],
  ['MARTY_AWS_TRUST_SUBJECT', role, trustOf(github, { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main' } })],
  ['MARTY_AWS_POD_IDENTITY_TRUST', 'aws_iam_role.pods:assume_role_policy', trustOf({ Service: 'pods.eks.amazonaws.com' })],
];

const changes = [...cluster, ...network, ...keys, ...databases, ...buckets, ...messages, ...identities];

/** A pair for every policy. */
export const pairs: readonly Pair[] = changes.map(([policy, place, value, more]) => {
  const cut = place.indexOf(':');
  return { policy, block: place.slice(0, cut), field: place.slice(cut + 1), value, ...more };
});
