import { placesOf } from './_place';
import { policy } from './_policy';
import { regionOf } from './_region';
import type { Policy } from '../../validate/knowledge';

/** Where a type names the key that encrypts it: one of its own region. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  aws_backup_vault: ['kms_key_arn'], aws_cloudwatch_log_group: ['kms_key_id'], aws_db_instance: ['kms_key_id', 'master_user_secret_kms_key_id', 'performance_insights_kms_key_id'],
  aws_ecr_repository: ['encryption_configuration.kms_key'], aws_eks_cluster: ['encryption_config.provider.key_arn'], aws_elasticache_replication_group: ['kms_key_id'],
  aws_launch_template: ['block_device_mappings.ebs.kms_key_id'], aws_rds_cluster: ['kms_key_id', 'master_user_secret_kms_key_id', 'performance_insights_kms_key_id'],
  aws_rds_cluster_instance: ['performance_insights_kms_key_id'], aws_secretsmanager_secret: ['kms_key_id'],
  aws_s3_bucket_server_side_encryption_configuration: ['rule.apply_server_side_encryption_by_default.kms_master_key_id'],
  aws_sns_topic: ['kms_master_key_id'], aws_sqs_queue: ['kms_master_key_id'],
};

/** Zones are signed by keys of one region, wherever a stack is. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html */
const signing = { type: 'aws_route53_key_signing_key', at: 'key_management_service_arn', region: 'us-east-1' } as const;

/** Keys that AWS would not find, since KMS keeps them region by region. */
export const keyRegionPolicies: readonly Policy[] = [
  policy({ id: 'MARTY_AWS_KEY_REGION', title: 'keys are of the region of what they encrypt', types: [...Object.keys(keysOf), signing.type] }, (block, stack) => {
    const isSigning = block.type === signing.type;
    const region = isSigning ? signing.region : regionOf(block, stack);
    if (region === undefined) return [];
    return (isSigning ? [signing.at] : keysOf[block.type]).flatMap(path => placesOf(block.body, path)).flatMap(({ at, value }) => {
      const [, of] = (typeof value === 'string' && /^arn:aws[\w-]*:kms:([a-z0-9-]+):/.exec(value)) || [];
      return of === undefined || of === region ? [] : [{ at, message: `is a key of ${of}, expected one of ${region}; name a key of that region` }];
    });
  }),
];
