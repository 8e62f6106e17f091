import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketNotification } from '@cdktf/provider-aws/lib/s3-bucket-notification';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import { ownOnly } from './bucket-permissions';
import { policyOf } from './documents';

export interface RegionalBucketProps {
  /** Its whole name. */
  readonly bucket: string;
  readonly region: string;
  /** The key that encrypts it, in its region. */
  readonly keyArn: string;
  /** The bucket of its region that its access logs go to. */
  readonly logsTo: string;
  readonly versionDays: number;
  readonly expireDays?: number;
}

/** Days after which an upload that nobody finished is cleared away. */
const uploadDays = 7;

/** A bucket of one region with all that belongs to it but a copy elsewhere. */
export class RegionalBucket extends Construct {
  readonly resource: S3Bucket;
  /** What has to be on before the bucket is copied. */
  readonly versioning: S3BucketVersioningA;

  constructor(scope: Construct, id: string, { bucket: name, region, keyArn, logsTo, versionDays, expireDays }: RegionalBucketProps) {
    super(scope, id);
    const stack = AwsStack.of(this);
    const there = region === stack.region ? {} : { region };
    this.resource = new S3Bucket(this, 'bucket', { ...there, bucket: name, tags: { Name: name } });
    const of = { ...there, bucket: this.resource.id };
    const shut = new S3BucketPublicAccessBlock(this, 'public-access', { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true });
    new S3BucketOwnershipControls(this, 'ownership', { ...of, rule: { objectOwnership: 'BucketOwnerEnforced' } });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      ...of, rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn }, bucketKeyEnabled: true }],
    });
    this.versioning = new S3BucketVersioningA(this, 'versioning', { ...of, versioningConfiguration: { status: 'Enabled' } });
    const every = { status: 'Enabled', filter: [{ prefix: '' }] };
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      ...of,
      rule: [
        { id: 'uploads', ...every, abortIncompleteMultipartUpload: [{ daysAfterInitiation: uploadDays }] },
        { id: 'versions', ...every, noncurrentVersionExpiration: [{ noncurrentDays: versionDays }], expiration: [{ expiredObjectDeleteMarker: true }] },
        ...expireDays === undefined ? [] : [{ id: 'objects', ...every, expiration: [{ days: expireDays }] }],
      ],
      dependsOn: [this.versioning],
    });
    new S3BucketPolicy(this, 'policy', { ...of, policy: policyOf(ownOnly(stack, this.resource.arn)), dependsOn: [shut] });
    new S3BucketLoggingA(this, 'logging', { ...of, targetBucket: logsTo, targetPrefix: `${name}/` });
    new S3BucketNotification(this, 'notification', { ...of, eventbridge: true });
  }
}
