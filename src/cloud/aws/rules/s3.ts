import type { Block } from '../../validate/stack';
import { and, arn, length, oneOf, pattern, resourcePolicy, within } from '../../validate/rule-kinds';
import { blocksIn, numberOf } from '../policies/_place';
import { accountId, kmsKey, kmsKeyArn, roleArn, type RuledType } from './_kinds';

const bucketName = and(length(3, 63), pattern(/^(?!xn--|sthree-|amzn-s3-demo-|\d+\.\d+\.\d+\.\d+$)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9]([a-z0-9-]|\.(?!\.))*[a-z0-9]$/, 'shop-production-orders'));
const storageClass = oneOf('DEEP_ARCHIVE', 'GLACIER', 'GLACIER_IR', 'INTELLIGENT_TIERING', 'ONEZONE_IA', 'STANDARD_IA');
const replicaClass = oneOf('DEEP_ARCHIVE', 'GLACIER', 'GLACIER_IR', 'INTELLIGENT_TIERING', 'ONEZONE_IA', 'REDUCED_REDUNDANCY', 'STANDARD', 'STANDARD_IA');
const event = pattern(/^s3:(TestEvent|ObjectCreated|ObjectRemoved|ObjectRestore|ObjectTagging|ObjectAcl|LifecycleExpiration|LifecycleTransition|IntelligentTiering|Replication|ReducedRedundancyLostObject)(:[\w*]+)?$/, 's3:ObjectCreated:*');
const algorithm = oneOf('AES256', 'aws:kms', 'aws:kms:dsse');
const days = within(1, 2147483647);
const date = pattern(/^\d{4}-\d\d-\d\dT00:00:00Z$/, '2027-01-01T00:00:00Z');
const status = oneOf('Enabled', 'Disabled');
const bucket = { bucket: bucketName, expected_bucket_owner: accountId };

/** Buckets. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket */
export const s3Rules: Readonly<Record<string, RuledType>> = {
  aws_s3_bucket: {
    values: {
      'bucket': bucketName, 'bucket_prefix': and(length(1, 37), pattern(/^[a-z0-9][a-z0-9.-]*$/, 'shop-')),
      'acceleration_status': oneOf('Enabled', 'Suspended'), 'request_payer': oneOf('BucketOwner', 'Requester'), 'policy': resourcePolicy,
      'acl': oneOf('private', 'public-read', 'public-read-write', 'aws-exec-read', 'authenticated-read', 'bucket-owner-read', 'bucket-owner-full-control', 'log-delivery-write'),
      'object_lock_configuration.object_lock_enabled': oneOf('Enabled'),
      'object_lock_configuration.rule.default_retention.mode': oneOf('COMPLIANCE', 'GOVERNANCE'),
      'object_lock_configuration.rule.default_retention.days': days, 'object_lock_configuration.rule.default_retention.years': days,
      'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id': kmsKey,
      'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm': algorithm,
    },
    conflicts: [['bucket', 'bucket_prefix'], ['acl', 'grant']],
    free: ['cors_rule', 'grant', 'lifecycle_rule', 'logging', 'replication_configuration', 'website'],
  },
  aws_s3_bucket_public_access_block: { values: { bucket: bucketName } },
  aws_s3_bucket_versioning: { values: { ...bucket, 'versioning_configuration.status': oneOf('Enabled', 'Suspended', 'Disabled'), 'versioning_configuration.mfa_delete': oneOf('Enabled', 'Disabled') }, free: ['mfa'] },
  aws_s3_bucket_server_side_encryption_configuration: {
    values: {
      ...bucket, 'rule.apply_server_side_encryption_by_default.kms_master_key_id': kmsKey, 'rule.apply_server_side_encryption_by_default.sse_algorithm': algorithm, 'rule.blocked_encryption_types': oneOf('SSE-C', 'NONE'),
    },
    whole: ({ body }) => blocksIn(body, 'rule.apply_server_side_encryption_by_default').filter(({ value }) => value.kms_master_key_id !== undefined && value.sse_algorithm === 'AES256')
      .map(({ at }) => ({ at: `${at}.kms_master_key_id`, message: 'is set, expected nothing where sse_algorithm is "AES256"; remove it, or make sse_algorithm "aws:kms"' })),
  },
  aws_s3_bucket_lifecycle_configuration: {
    values: {
      ...bucket, 'transition_default_minimum_object_size': oneOf('all_storage_classes_128K', 'varies_by_storage_class'), 'rule.id': length(1, 255), 'rule.status': oneOf('Enabled', 'Disabled'), 'rule.abort_incomplete_multipart_upload.days_after_initiation': days,
      'rule.expiration.days': days, 'rule.expiration.date': date, 'rule.noncurrent_version_expiration.noncurrent_days': days,
      'rule.noncurrent_version_expiration.newer_noncurrent_versions': within(1, 100),
      'rule.noncurrent_version_transition.noncurrent_days': within(0, 2147483647),
      'rule.noncurrent_version_transition.newer_noncurrent_versions': within(1, 100),
      'rule.noncurrent_version_transition.storage_class': storageClass, 'rule.transition.days': within(0, 2147483647), 'rule.transition.date': date,
      'rule.transition.storage_class': storageClass,
      'rule.filter.object_size_greater_than': within(0, Number.MAX_SAFE_INTEGER),
      'rule.filter.object_size_less_than': within(1, Number.MAX_SAFE_INTEGER),
      'rule.filter.and.object_size_greater_than': within(0, Number.MAX_SAFE_INTEGER),
      'rule.filter.and.object_size_less_than': within(1, Number.MAX_SAFE_INTEGER),
    },
    conflicts: [['rule.expiration.days', 'rule.expiration.date'], ['rule.transition.days', 'rule.transition.date'], ['rule.filter.prefix', 'rule.filter.and', 'rule.filter.tag', 'rule.filter.object_size_greater_than', 'rule.filter.object_size_less_than']],
    whole: lifecycleProblems,
    free: ['rule.prefix', 'rule.filter.prefix', 'rule.filter.tag', 'rule.filter.and.prefix', 'rule.filter.and.tags'],
  },
  aws_s3_bucket_policy: { values: { bucket: bucketName, policy: resourcePolicy } },
  aws_s3_bucket_logging: {
    values: {
      ...bucket, 'target_bucket': bucketName, 'target_grant.permission': oneOf('FULL_CONTROL', 'READ', 'WRITE'), 'target_grant.grantee.type': oneOf('AmazonCustomerByEmail', 'CanonicalUser', 'Group'),
      'target_object_key_format.partitioned_prefix.partition_date_source': oneOf('DeliveryTime', 'EventTime'),
    },
    free: ['target_prefix', 'target_grant.grantee'],
  },
  aws_s3_bucket_notification: {
    values: {
      bucket: bucketName, ...Object.fromEntries(['lambda_function', 'queue', 'topic'].map(target => [`${target}.events`, event])),
      'lambda_function.lambda_function_arn': arn('lambda'), 'queue.queue_arn': arn('sqs'), 'topic.topic_arn': arn('sns'),
    },
    free: ['lambda_function', 'queue', 'topic'].flatMap(target => [`${target}.id`, `${target}.filter_prefix`, `${target}.filter_suffix`]),
  },
  aws_s3_bucket_replication_configuration: {
    values: {
      bucket: bucketName, 'role': roleArn, 'rule.id': length(1, 255), 'rule.priority': within(0, 2147483647), 'rule.status': status,
      'rule.delete_marker_replication.status': status, 'rule.existing_object_replication.status': status,
      'rule.source_selection_criteria.replica_modifications.status': status, 'rule.source_selection_criteria.sse_kms_encrypted_objects.status': status,
      'rule.destination.account': accountId, 'rule.destination.bucket': arn('s3'), 'rule.destination.storage_class': replicaClass,
      'rule.destination.access_control_translation.owner': oneOf('Destination'), 'rule.destination.encryption_configuration.replica_kms_key_id': kmsKeyArn,
      'rule.destination.metrics.status': status, 'rule.destination.metrics.event_threshold.minutes': oneOf(15),
      'rule.destination.replication_time.status': status, 'rule.destination.replication_time.time.minutes': oneOf(15),
    },
    conflicts: [['rule.filter.prefix', 'rule.filter.and', 'rule.filter.tag']],
    free: ['token', 'rule.prefix', 'rule.filter'],
  },
  aws_s3_bucket_ownership_controls: { values: { 'bucket': bucketName, 'rule.object_ownership': oneOf('BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced') } },
};

/** Rules have ids of their own, and the cheap classes take objects after 30 days at the earliest. */
function lifecycleProblems({ body }: Block) {
  const rules = blocksIn(body, 'rule');
  const ids = rules.map(({ value }) => value.id);
  return [
    ...rules.filter(({ value }, index) => typeof value.id === 'string' && ids.indexOf(value.id) < index).map(({ at, value }) => ({
      at: `${at}.id`, message: `is ${JSON.stringify(value.id)}, expected an id that no earlier rule has; rename it`,
    })),
    ...rules.flatMap(({ at, value }) => blocksIn(value, 'transition').map(inner => ({ at: `${at}.${inner.at}`, value: inner.value })))
      .filter(({ value }) => ['STANDARD_IA', 'ONEZONE_IA'].includes(String(value.storage_class)) && (numberOf(value.days) ?? 30) < 30)
      .map(({ at, value }) => ({ at: `${at}.days`, message: `is ${String(value.days)}, expected 30 or more for ${String(value.storage_class)}; raise it` })),
  ];
}
