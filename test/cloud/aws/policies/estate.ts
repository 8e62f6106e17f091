import type { Arguments, TerraformJson } from '../../../../src/cloud/validate';

/** Resources, data sources and providers by address. */
export type Estate = Readonly<Record<string, Arguments>>;

export const document = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

const root = 'arn:aws:iam::111122223333:root';
const key = '${aws_kms_key.data.arn}';
const trust = (service: string, ...actions: readonly string[]) => document({ Effect: 'Allow', Principal: { Service: service }, Action: actions.length > 0 ? actions : 'sts:AssumeRole' });
const group = (description: string) => ({ name: 'group', description, vpc_id: '${aws_vpc.main.id}' });

const keys: Estate = {
  'aws_kms_key.data': { enable_key_rotation: true, is_enabled: true, policy: document({ Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' }) },
  'aws_cloudwatch_log_group.logs': { name: '/shop', retention_in_days: 365, kms_key_id: key },
  'aws_backup_vault.vault': { name: 'shop', kms_key_arn: key, force_destroy: false },
  'aws_ecr_repository.images': { name: 'shop', image_tag_mutability: 'IMMUTABLE', encryption_configuration: [{ encryption_type: 'KMS', kms_key: key }], image_scanning_configuration: { scan_on_push: true } },
};

const network: Estate = {
  'aws_vpc.main': { cidr_block: '10.20.0.0/16' },
  'aws_vpc_ipv4_cidr_block_association.pods': { vpc_id: '${aws_vpc.main.id}', cidr_block: '100.64.0.0/16' },
  'aws_subnet.a': { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.20.0.0/20', availability_zone: 'eu-central-1a', map_public_ip_on_launch: false },
  'aws_subnet.b': { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.20.16.0/20', availability_zone: 'eu-central-1b' },
  'aws_flow_log.main': { vpc_id: '${aws_vpc.main.id}', traffic_type: 'ALL' },
  'aws_default_security_group.closed': { vpc_id: '${aws_vpc.main.id}' },
  'aws_eip.nat': { domain: 'vpc' },
  'aws_nat_gateway.nat': { allocation_id: '${aws_eip.nat.id}', subnet_id: '${aws_subnet.a.id}' },
  'aws_route_table.private': { vpc_id: '${aws_vpc.main.id}' },
  'aws_route.out': { route_table_id: '${aws_route_table.private.id}', destination_cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.nat.id}' },
  'aws_route.peer': { route_table_id: '${aws_route_table.private.id}', destination_cidr_block: '10.99.0.0/16', vpc_peering_connection_id: 'pcx-0a1b2c3d' },
  'aws_route53_zone.inside': { name: 'shop.internal', vpc: [{ vpc_id: '${aws_vpc.main.id}' }] },
  'aws_route53_zone.public': { name: 'shop.example.com' },
  'aws_route53_hosted_zone_dnssec.public': { hosted_zone_id: '${aws_route53_zone.public.id}' },
  'aws_route53_query_log.public': { zone_id: '${aws_route53_zone.public.id}' },
  'aws_route53_record.api': { zone_id: '${aws_route53_zone.public.id}', name: 'api', type: 'A', ttl: 60, records: ['${aws_eip.nat.public_ip}'] },
  'aws_acm_certificate.api': { domain_name: 'api.example.com', subject_alternative_names: ['shop.example.com'], options: { certificate_transparency_logging_preference: 'ENABLED' }, lifecycle: { create_before_destroy: true } },
  'aws_security_group.nodes': group('Nodes of the cluster'),
  'aws_security_group.store': group('The database'),
  'aws_vpc_security_group_ingress_rule.nodes': { security_group_id: '${aws_security_group.nodes.id}', description: 'TLS from the network', cidr_ipv4: '10.20.0.0/16', ip_protocol: 'tcp', from_port: 443, to_port: 443 },
  'aws_vpc_security_group_egress_rule.nodes': { security_group_id: '${aws_security_group.nodes.id}', description: 'TLS to the network', cidr_ipv4: '10.20.0.0/16', ip_protocol: 'tcp', from_port: 443, to_port: 443 },
};

const cluster: Estate = {
  'aws_iam_role.pods': { name: 'pods', assume_role_policy: trust('pods.eks.amazonaws.com', 'sts:AssumeRole', 'sts:TagSession') },
  'aws_eks_pod_identity_association.orders': { cluster_name: '${aws_eks_cluster.shop.name}', namespace: 'shop', service_account: 'orders', role_arn: '${aws_iam_role.pods.arn}' },
  'aws_eks_cluster.shop': {
    name: 'shop', version: '1.35', role_arn: '${aws_iam_role.pods.arn}', deletion_protection: true,
    enabled_cluster_log_types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    access_config: { authentication_mode: 'API', bootstrap_cluster_creator_admin_permissions: false },
    encryption_config: { resources: ['secrets'], provider: { key_arn: key } },
    kubernetes_network_config: { service_ipv4_cidr: '172.20.0.0/16' }, upgrade_policy: { support_type: 'STANDARD' },
    vpc_config: { endpoint_private_access: true, endpoint_public_access: false, subnet_ids: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'] },
  },
  'aws_eks_access_entry.platform': { cluster_name: '${aws_eks_cluster.shop.name}', principal_arn: 'arn:aws:iam::111122223333:role/platform', type: 'STANDARD' },
  'aws_eks_access_policy_association.platform': {
    cluster_name: '${aws_eks_cluster.shop.name}', principal_arn: '${aws_eks_access_entry.platform.principal_arn}',
    policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', access_scope: { type: 'cluster' },
  },
  'aws_eks_addon.cni': { cluster_name: '${aws_eks_cluster.shop.name}', addon_name: 'vpc-cni' },
  'aws_launch_template.nodes': {
    vpc_security_group_ids: ['${aws_security_group.nodes.id}'], metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
    user_data: 'W3NldHRpbmdzXQo=',
    network_interfaces: [{ associate_public_ip_address: 'false' }],
    block_device_mappings: [{ device_name: '/dev/xvda', ebs: { encrypted: 'true', kms_key_id: key } }],
  },
  'aws_eks_node_group.general': {
    cluster_name: '${aws_eks_cluster.shop.name}', subnet_ids: ['${aws_subnet.a.id}'], scaling_config: { min_size: 2, desired_size: 2, max_size: 5 },
    launch_template: { id: '${aws_launch_template.nodes.id}', version: '1' },
    lifecycle: { ignore_changes: ['scaling_config[0].desired_size'] }, depends_on: ['aws_eks_addon.cni'],
  },
};

const bucket = { bucket: '${aws_s3_bucket.files.id}' };
const stores: Estate = {
  'aws_db_subnet_group.stores': { name: 'stores', subnet_ids: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'] },
  'aws_rds_cluster_parameter_group.orders': { family: 'aurora-postgresql17', parameter: [{ name: 'log_statement', value: 'ddl' }, { name: 'log_min_duration_statement', value: '1000' }, { name: 'rds.force_ssl', value: '1' }] },
  'aws_rds_cluster.orders': {
    cluster_identifier: 'orders', engine: 'aurora-postgresql', engine_version: '17.5', storage_encrypted: true, kms_key_id: key,
    backup_retention_period: 35, deletion_protection: true, iam_database_authentication_enabled: true,
    copy_tags_to_snapshot: true, enabled_cloudwatch_logs_exports: ['postgresql'],
    db_cluster_parameter_group_name: '${aws_rds_cluster_parameter_group.orders.name}', vpc_security_group_ids: ['${aws_security_group.store.id}'],
    manage_master_user_password: true,
  },
  'aws_rds_cluster_instance.orders': {
    cluster_identifier: '${aws_rds_cluster.orders.id}', instance_class: 'db.serverless', publicly_accessible: false, monitoring_interval: 60,
    auto_minor_version_upgrade: true, performance_insights_enabled: true, performance_insights_kms_key_id: key,
  },
  'aws_rds_cluster.mirror': {
    cluster_identifier: 'mirror', engine: 'aurora-mysql', engine_version: '8.0.mysql_aurora.3.10.0', storage_encrypted: true, kms_key_id: key,
    backup_retention_period: 7, deletion_protection: true, iam_database_authentication_enabled: true,
    copy_tags_to_snapshot: true, enabled_cloudwatch_logs_exports: ['audit', 'error'], backtrack_window: 86400, manage_master_user_password: true,
  },
  'aws_backup_selection.stores': { name: 'stores', plan_id: 'plan', iam_role_arn: '${aws_iam_role.pods.arn}', resources: ['${aws_rds_cluster.orders.arn}', '${aws_rds_cluster.mirror.arn}'] },
  'aws_db_parameter_group.bills': { family: 'postgres17', parameter: [{ name: 'log_statement', value: 'ddl' }, { name: 'log_min_duration_statement', value: '1000' }, { name: 'rds.force_ssl', value: '1' }] },
  'aws_db_instance.bills': {
    identifier: 'bills', engine: 'postgres', engine_version: '17.5', instance_class: 'db.m8g.large', storage_encrypted: true, kms_key_id: key,
    publicly_accessible: false, monitoring_interval: 60, enabled_cloudwatch_logs_exports: ['postgresql'],
    backup_retention_period: 14, multi_az: true, iam_database_authentication_enabled: true, ca_cert_identifier: 'rds-ca-rsa2048-g1',
    auto_minor_version_upgrade: true, deletion_protection: true, performance_insights_enabled: true,
    performance_insights_kms_key_id: key, copy_tags_to_snapshot: true, parameter_group_name: '${aws_db_parameter_group.bills.name}',
    manage_master_user_password: true,
  },
  'aws_elasticache_replication_group.sessions': {
    replication_group_id: 'sessions', engine: 'valkey', engine_version: '8.2', at_rest_encryption_enabled: 'true', transit_encryption_enabled: true,
    user_group_ids: ['sessions'], kms_key_id: key, automatic_failover_enabled: true, multi_az_enabled: true,
    snapshot_retention_limit: 7,
  },
  'aws_s3_bucket.files': { bucket: 'shop-files', object_lock_configuration: [{ object_lock_enabled: 'Enabled' }] },
  'aws_s3_bucket_public_access_block.files': { ...bucket, block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true },
  'aws_s3_bucket_versioning.files': { ...bucket, versioning_configuration: { status: 'Enabled' } },
  'aws_s3_bucket_server_side_encryption_configuration.files': { ...bucket, rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: key } }] },
  'aws_s3_bucket_lifecycle_configuration.files': { ...bucket, rule: [{ id: 'uploads', status: 'Enabled', filter: [{ prefix: '' }], abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] }] },
  'aws_s3_bucket_logging.files': { ...bucket, target_bucket: 'shop-logs', target_prefix: 'files/' },
  'aws_s3_bucket_ownership_controls.files': { ...bucket, rule: { object_ownership: 'BucketOwnerEnforced' } },
  'aws_s3_bucket_replication_configuration.files': { ...bucket, role: '${aws_iam_role.pods.arn}', rule: [{ status: 'Enabled', destination: { bucket: 'arn:aws:s3:::copies' } }] },
  'aws_s3_bucket_notification.files': { ...bucket, eventbridge: true },
  'aws_s3_bucket_policy.files': { ...bucket, policy: document({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '${aws_s3_bucket.files.arn}/*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }) },
};

const messages: Estate = {
  'aws_sqs_queue.orders': { name: 'orders', kms_master_key_id: key, policy: document({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' }) },
  'aws_sqs_queue_policy.orders': { queue_url: '${aws_sqs_queue.orders.id}', policy: document({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '${aws_sqs_queue.orders.arn}' }) },
  'aws_sns_topic.orders': { name: 'orders', kms_master_key_id: key },
  'aws_sns_topic_policy.orders': { arn: '${aws_sns_topic.orders.arn}', policy: document({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: '${aws_sns_topic.orders.arn}' }) },
  'aws_secretsmanager_secret.token': { name: 'shop/token', kms_key_id: key },
  'aws_secretsmanager_secret_rotation.token': { secret_id: '${aws_secretsmanager_secret.token.id}', rotation_rules: { automatically_after_days: 30 } },
  'aws_secretsmanager_secret_policy.token': { secret_arn: '${aws_secretsmanager_secret.token.arn}', block_public_policy: true, policy: document({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/orders' }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }) },
};

const identities: Estate = {
  'aws_iam_role.reader': {
    name: 'reader',
    assume_role_policy: document({
      Effect: 'Allow', Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main' } },
    }),
  },
  'aws_iam_role_policy.reader': {
    role: '${aws_iam_role.reader.name}',
    policy: document(
      { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: '${aws_s3_bucket.files.arn}/*' },
      { Sid: 'See', Effect: 'Allow', Action: ['ec2:DescribeInstances', 'ecr:GetAuthorizationToken'], Resource: '*' },
      { Sid: 'Pass', Effect: 'Allow', Action: 'iam:PassRole', Resource: '${aws_iam_role.pods.arn}', Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } },
    ),
  },
  'aws_iam_role_policy_attachment.reader': { role: '${aws_iam_role.reader.name}', policy_arn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly' },
  'data.aws_iam_policy_document.reader': { statement: [{ sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::files/*'] }] },
  'data.aws_iam_policy_document.trust': {
    statement: [{
      actions: ['sts:AssumeRoleWithWebIdentity'],
      principals: [{ type: 'Federated', identifiers: ['arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'] }],
      condition: [{ test: 'StringEquals', variable: 'token.actions.githubusercontent.com:sub', values: ['repo:acme/shop:ref:refs/heads/main'] }],
    }],
  },
  'provider.aws': { region: 'eu-central-1' },
};

/** A stack that keeps every policy on {@link today}. */
export const estate: Estate = { ...keys, ...network, ...cluster, ...stores, ...messages, ...identities };

/** The day on which versions are judged. */
export const today = new Date('2026-08-22T12:00:00Z');

/** The estate as cdktf would write it. */
export function jsonOf(blocks: Estate): TerraformJson {
  const json: Record<'resource' | 'data', Record<string, Record<string, Arguments>>> & { provider: Record<string, Arguments[]> } = { provider: {}, resource: {}, data: {} };
  for (const [address, body] of Object.entries(blocks)) {
    const [first, second, third] = address.split('.');
    if (first === 'provider') json.provider[second] = [body];
    else if (first === 'data') (json.data[second] ??= {})[third] = body;
    else (json.resource[first] ??= {})[second] = body;
  }
  return json;
}
