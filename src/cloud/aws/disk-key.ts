import type { Statement } from './documents';

/** Lets what makes disks use their key, through EC2 alone. */
export function useDiskKey({ diskKeyArn, region }: { readonly diskKeyArn: string; readonly region: string }): Statement[] {
  const Condition = { StringEquals: { 'kms:ViaService': `ec2.${region}.amazonaws.com` } };
  return [
    { Sid: 'EncryptDisks', Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey'], Resource: diskKeyArn, Condition },
    { Sid: 'GrantDisks', Action: 'kms:CreateGrant', Resource: diskKeyArn, Condition: { ...Condition, Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
  ];
}
