/** Types of a provider whose schemas are shipped. */
export interface ProviderTypes {
  readonly resource: readonly string[];
  readonly data: readonly string[];
  readonly ephemeral: readonly string[];
}

/** What our constructs emit or read; of other types only the names are shipped, so that they are left alone and a misspelt one is not. */
export const terraformTypes = {
  aws: {
    resource: [
      'aws_vpc', 'aws_subnet', 'aws_internet_gateway', 'aws_eip', 'aws_nat_gateway', 'aws_route_table', 'aws_route',
      'aws_route_table_association', 'aws_default_security_group', 'aws_flow_log', 'aws_vpc_endpoint',
      'aws_vpc_ipv4_cidr_block_association', 'aws_security_group', 'aws_vpc_security_group_ingress_rule',
      'aws_vpc_security_group_egress_rule', 'aws_route53_zone', 'aws_route53_record', 'aws_route53_query_log', 'aws_route53_key_signing_key',
      'aws_route53_hosted_zone_dnssec', 'aws_cloudwatch_log_resource_policy', 'aws_acm_certificate', 'aws_acm_certificate_validation', 'aws_cloudwatch_log_group', 'aws_kms_key', 'aws_kms_alias', 'aws_iam_role',
      'aws_iam_role_policy', 'aws_iam_role_policy_attachment', 'aws_iam_openid_connect_provider', 'aws_iam_instance_profile', 'aws_iam_service_linked_role', 'aws_eks_cluster',
      'aws_eks_node_group', 'aws_launch_template', 'aws_eks_addon', 'aws_eks_access_entry', 'aws_eks_access_policy_association',
      'aws_eks_pod_identity_association', 'aws_eks_fargate_profile', 'aws_sqs_queue', 'aws_sqs_queue_policy',
      'aws_cloudwatch_event_rule', 'aws_cloudwatch_event_target', 'aws_rds_cluster', 'aws_rds_cluster_instance',
      'aws_rds_cluster_parameter_group', 'aws_db_subnet_group', 'aws_db_instance', 'aws_db_parameter_group',
      'aws_elasticache_replication_group', 'aws_elasticache_subnet_group', 'aws_elasticache_parameter_group',
      'aws_elasticache_user', 'aws_elasticache_user_group', 'aws_backup_vault', 'aws_backup_plan', 'aws_backup_selection',
      'aws_s3_bucket', 'aws_s3_bucket_public_access_block', 'aws_s3_bucket_versioning',
      'aws_s3_bucket_server_side_encryption_configuration', 'aws_s3_bucket_lifecycle_configuration', 'aws_s3_bucket_policy',
      'aws_s3_bucket_logging', 'aws_s3_bucket_notification', 'aws_s3_bucket_ownership_controls', 'aws_s3_bucket_replication_configuration', 'aws_sns_topic', 'aws_sns_topic_policy',
      'aws_sns_topic_subscription', 'aws_secretsmanager_secret', 'aws_secretsmanager_secret_version',
      'aws_secretsmanager_secret_rotation', 'aws_secretsmanager_secret_policy', 'aws_ecr_repository',
      'aws_ecr_pull_through_cache_rule',
    ],
    data: [
      'aws_caller_identity', 'aws_partition', 'aws_region', 'aws_vpc', 'aws_subnet', 'aws_kms_key', 'aws_route53_zone',
      'aws_eks_cluster', 'aws_eks_addon_version', 'aws_prefix_list', 'aws_ec2_managed_prefix_list', 'aws_iam_policy_document',
    ],
    ephemeral: ['aws_secretsmanager_random_password'],
  },
} as const satisfies Record<string, ProviderTypes>;
