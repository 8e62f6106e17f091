import { and, length, oneOf, pattern, resourcePolicy, within } from '../../validate/rule-kinds';
import { logRetentionDays } from '../syntax';
import { kmsKey, kmsKeyArn, type RuledType } from './_kinds';

const logName = pattern(/^[.\-_/#A-Za-z0-9]+$/, '/aws/eks/shop/cluster');
const aliasName = and(length(1, 256), pattern(/^alias\/(?!aws)[\w:/-]+$/, 'alias/data'));

/** Keys and logs. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key */
export const keyAndLogRules: Readonly<Record<string, RuledType>> = {
  aws_kms_key: {
    values: {
      deletion_window_in_days: within(7, 30), description: length(0, 8192),
      key_usage: oneOf('ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'),
      customer_master_key_spec: oneOf('SYMMETRIC_DEFAULT', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521',
        'ECC_SECG_P256K1', 'ECC_NIST_EDWARDS25519', 'ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87', 'SM2'),
      policy: resourcePolicy, rotation_period_in_days: within(90, 2560), custom_key_store_id: length(1, 64), xks_key_id: length(1, 128),
    },
    together: { rotation_period_in_days: ['enable_key_rotation'], xks_key_id: ['custom_key_store_id'] },
    whole: ({ body }) => body.enable_key_rotation === true && !/^(SYMMETRIC_DEFAULT|\$\{.*)$/.test(String(body.customer_master_key_spec ?? 'SYMMETRIC_DEFAULT'))
      ? [{ at: 'enable_key_rotation', message: `is true, expected false where customer_master_key_spec is ${JSON.stringify(body.customer_master_key_spec)}: KMS rotates symmetric keys only; remove it` }]
      : [],
  },
  aws_kms_alias: { values: { name: aliasName, name_prefix: and(aliasName, length(1, 230)), target_key_id: kmsKey }, conflicts: [['name', 'name_prefix']] },
  'data.aws_kms_key': { values: { key_id: kmsKey }, free: ['grant_tokens'] },
  aws_cloudwatch_log_resource_policy: { values: { policy_name: length(1, 256), policy_document: and(resourcePolicy, length(1, 5120)) } },
  aws_cloudwatch_log_group: {
    values: {
      name: and(length(1, 512), logName), name_prefix: and(length(1, 486), logName),
      retention_in_days: oneOf(0, ...logRetentionDays), kms_key_id: kmsKeyArn,
      log_group_class: oneOf('STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'),
    },
    conflicts: [['name', 'name_prefix']],
    whole: ({ body }) => body.log_group_class === 'DELIVERY' && body.retention_in_days !== undefined && body.retention_in_days !== 2
      ? [{ at: 'retention_in_days', message: 'is set, expected nothing where log_group_class is "DELIVERY": such groups keep logs for 2 days; remove it' }]
      : [],
  },
};
