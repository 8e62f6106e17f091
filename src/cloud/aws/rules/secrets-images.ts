import type { ValueRule } from '../../validate/knowledge';
import { and, arn, either, length, oneOf, pattern, resourcePolicy, within } from '../../validate/rule-kinds';
import { kmsKey, kmsKeyArn, region, roleArn, type RuledType } from './_kinds';

const secretName = and(length(1, 512), pattern(/^[0-9A-Za-z/_+=.@-]+$/, 'shop/orders/database'));
const secret = either('the ARN or the name of a secret', arn('secretsmanager'), secretName);
const recovery: ValueRule = value => (Number(value) === 0 ? undefined : within(7, 30)(value)?.replace('expected', 'expected 0 or'));
const repositoryName = /^([a-z0-9]+([._-][a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+)*$/;

/** Secrets and repositories of images. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret */
export const secretAndImageRules: Readonly<Record<string, RuledType>> = {
  aws_secretsmanager_secret: {
    values: { 'name': secretName, 'name_prefix': and(secretName, length(1, 486)), 'description': length(0, 2048), 'kms_key_id': kmsKey, 'policy': resourcePolicy, 'recovery_window_in_days': recovery, 'replica.kms_key_id': kmsKey, 'replica.region': region },
    conflicts: [['name', 'name_prefix']],
  },
  aws_secretsmanager_secret_version: {
    values: { secret_id: secret, version_stages: and(length(1, 256), pattern(/^\S+$/, 'AWSCURRENT')), secret_string_wo_version: within(1, 2147483647) },
    conflicts: [['secret_binary', 'secret_string', 'secret_string_wo']],
    together: { secret_string_wo: ['secret_string_wo_version'], secret_string_wo_version: ['secret_string_wo'] },
    free: ['secret_binary', 'secret_string', 'secret_string_wo'],
  },
  aws_secretsmanager_secret_rotation: {
    values: {
      'secret_id': secret, 'rotation_lambda_arn': arn('lambda'), 'rotation_rules.automatically_after_days': within(1, 1000),
      'rotation_rules.duration': pattern(/^([1-9]|1\d|2[0-4])h$/, '3h'),
      'rotation_rules.schedule_expression': pattern(/^(rate\(\d+ (hours?|days?)\)|cron\(\S+( \S+){5}\))$/, 'rate(30 days)'),
    },
    exactlyOne: [['rotation_rules.automatically_after_days', 'rotation_rules.schedule_expression']],
  },
  aws_secretsmanager_secret_policy: { values: { policy: resourcePolicy, secret_arn: arn('secretsmanager') } },
  aws_ecr_repository: {
    values: {
      'name': and(length(2, 256), pattern(repositoryName, 'shop/orders')),
      'image_tag_mutability': oneOf('MUTABLE', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'IMMUTABLE_WITH_EXCLUSION'),
      'encryption_configuration.encryption_type': oneOf('AES256', 'KMS', 'KMS_DSSE'),
      'encryption_configuration.kms_key': kmsKeyArn,
      'image_tag_mutability_exclusion_filter.filter': and(length(1, 128), pattern(/^[0-9A-Za-z._*-]+$/, 'latest*')),
      'image_tag_mutability_exclusion_filter.filter_type': oneOf('WILDCARD'),
    },
  },
  aws_ecr_pull_through_cache_rule: {
    values: {
      ecr_repository_prefix: either('ROOT, or 2 to 30 characters such as docker-hub', oneOf('ROOT'), and(length(2, 30), pattern(/^([a-z0-9]+([._-][a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+)*\/?$/, 'docker-hub'))),
      custom_role_arn: roleArn,
      upstream_registry_url: pattern(/^([a-z0-9-]+\.)+[a-z]{2,}(\/\S*)?$/, 'registry-1.docker.io'),
      upstream_repository_prefix: either('ROOT, or 2 to 30 characters', oneOf('ROOT'), and(length(2, 30), pattern(/^[a-z0-9._/-]+$/, 'library'))),
      credential_arn: and(arn('secretsmanager'), pattern(/:secret:ecr-pullthroughcache\//, 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:ecr-pullthroughcache/docker-hub')),
    },
  },
};
