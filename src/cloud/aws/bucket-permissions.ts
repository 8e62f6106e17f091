import type { AwsStack } from './aws-stack';
import type { Statement } from './documents';
import { awsHostOf } from '../../spec/aws';

/** A bucket with the key that encrypts it. */
export interface KeptBucket {
  readonly arn: string;
  readonly keyArn: string;
  readonly region: string;
}

/** The use of a key by S3 alone, for one bucket alone: with a bucket key, its ARN is what KMS is told. */
function keyUse({ arn, keyArn, region }: KeptBucket, sid: string, actions: readonly string[]): Statement {
  return {
    Sid: sid, Action: actions, Resource: keyArn,
    Condition: { StringEquals: { 'kms:ViaService': awsHostOf('s3', region), 'kms:EncryptionContext:aws:s3:arn': arn } },
  };
}

/** What somebody needs who lists, reads, writes and deletes objects of a bucket, large ones in parts too. */
export function useOfBucket(bucket: KeptBucket, what: string): readonly Statement[] {
  return [
    { Sid: `List${what}`, Action: ['s3:ListBucket', 's3:ListBucketMultipartUploads'], Resource: bucket.arn },
    { Sid: `Use${what}`, Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], Resource: `${bucket.arn}/*` },
    keyUse(bucket, `KeyOf${what}`, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

/** What S3 needs that copies every change of one bucket to another. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html */
export function copying(from: KeptBucket, to: KeptBucket, sid: string): readonly Statement[] {
  return [
    { Sid: `${sid}Settings`, Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: from.arn },
    { Sid: `${sid}Read`, Action: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'], Resource: `${from.arn}/*` },
    { Sid: `${sid}Write`, Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], Resource: `${to.arn}/*` },
    keyUse(from, `${sid}Decrypt`, ['kms:Decrypt']),
    keyUse(to, `${sid}Encrypt`, ['kms:Encrypt', 'kms:GenerateDataKey']),
  ];
}

/** Who may not use a bucket, whatever else lets them in: other accounts, and everybody without TLS of our time. */
export function ownOnly({ account }: Pick<AwsStack, 'account'>, arn: string): readonly Statement[] {
  const everything = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`] } as const;
  return [
    { Sid: 'TlsOnly', ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'RecentTlsOnly', ...everything, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
    // Services of AWS that work for this account come by themselves, without an account.
    { Sid: 'OwnAccountOnly', ...everything, Condition: { StringNotEquals: { 'aws:PrincipalAccount': account }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } },
  ];
}
