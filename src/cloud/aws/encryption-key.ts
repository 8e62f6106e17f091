import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import { policyOf, type Statement } from './documents';

export interface EncryptionKeyProps {
  /** Its name behind `alias/`, unique in the region: `shop-production/logs`. */
  readonly name: string;
  /** What it is for, in a sentence. */
  readonly description: string;
  /** What services of AWS may do with it. The account itself decides by its IAM policies who else may. @default [] */
  readonly statements?: readonly Statement[];
  /** @default - the region of the stack */
  readonly region?: string;
  /** Whether it signs instead of encrypting: a pair of keys on the curve P-256, which KMS does not rotate. @default false */
  readonly signing?: boolean;
}

/** What a service does with a key to encrypt what it keeps. */
export const encrypting = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'] as const;

/** Lets services of AWS use a key for resources of this account. */
export function usedBy(stack: AwsStack, service: string, actions: readonly string[] = encrypting): Statement {
  return {
    Sid: `Use${service.replace(/[^a-z]/g, ' ').trim().replace(/(^| )(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`,
    Principal: { Service: service },
    Action: actions,
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceAccount': stack.account } },
  };
}

/** Lets roles use a key for what AWS keeps for them, such as the disks of machines that they start. */
export function usedByRoles(sid: string, roleArns: readonly string[]): Statement[] {
  return [
    { Sid: `${sid}Uses`, Principal: { AWS: roleArns }, Action: encrypting, Resource: '*' },
    { Sid: `${sid}Grants`, Principal: { AWS: roleArns }, Action: 'kms:CreateGrant', Resource: '*', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
  ];
}

/** A key of one's own, rotated every year unless it signs, deleted 30 days after it is asked for. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, description, statements = [], region, signing = false }: EncryptionKeyProps) {
    super(scope, id);
    const stack = AwsStack.of(this);
    const key = new KmsKey(this, 'key', {
      ...region && { region },
      description,
      ...signing ? { keyUsage: 'SIGN_VERIFY', customerMasterKeySpec: 'ECC_NIST_P256' } : { enableKeyRotation: true },
      deletionWindowInDays: 30,
      policy: policyOf([
        { Sid: 'AccountDecides', Principal: { AWS: `arn:${stack.partition}:iam::${stack.account}:root` }, Action: 'kms:*', Resource: '*' },
        ...statements,
      ]),
    });
    new KmsAlias(this, 'alias', { ...region && { region }, name: `alias/${name}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
