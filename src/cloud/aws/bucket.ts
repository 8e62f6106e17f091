import { S3BucketReplicationConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-replication-configuration';
import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { AwsStack } from './aws-stack';
import { copying, useOfBucket, type KeptBucket } from './bucket-permissions';
import type { Statement } from './documents';
import { RegionalBucket } from './regional-bucket';
import { Role } from './role';
import { keyArnSchema, regionSchema } from './syntax';
import { waivePolicy } from '../check';
import type { Problem } from '../../errors';
import type { TerraformResource } from '../engine';
import { bucketNameSchema } from '../../spec/buckets';
import { reasonSchema } from '../../spec/syntax';
import type { InputOf } from '../../spec/input';

/** Buckets that exist and take access logs, by region: S3 logs into the same region alone. */
export const accessLogsSchema = z.record(regionSchema, bucketNameSchema);

/** That there is no copy elsewhere, and why. */
const noReplicaSchema = z.strictObject({
  /** Why a region that is gone may take the objects along, 10 to 500 characters. */
  none: reasonSchema,
});

/** What is said of a copy elsewhere, or why there is none. */
export const replicaSchema = <S extends z.ZodType>(copy: S) => z.union([copy, noReplicaSchema], { error: 'expected { region: \'eu-west-1\' }, or { none: \'why there is none\' }' });

const bucketSchema = z.strictObject({
  /** Its name, to which account and region are added, so that it is like no other of the world. */
  name: bucketNameSchema,
  /** How long a version of an object is kept that was overwritten or deleted, in days, 1 to 3650. @default 30 */
  versionDays: z.int().min(1).max(3650).default(30),
  /** The age at which objects are deleted, in days, 1 to 36500. @default - they stay */
  expireDays: z.int().min(1).max(36_500).optional(),
  /** Buckets that exist and take access logs: one in every region that this one is in. */
  accessLogs: accessLogsSchema,
  /** The region that every change is copied to, and whose changes are copied back, with a key there; or why there is none. */
  replica: replicaSchema(z.strictObject({ region: regionSchema, keyArn: keyArnSchema })),
  /** The key that encrypts it. */
  keyArn: keyArnSchema,
});

export type BucketProps = InputOf<typeof bucketSchema>;

/** The whole name of a bucket. */
export const wholeNameOf = (name: string, account: string, region: string) => `${name}-${account}-${region}`;

/** The longest name that S3 takes. */
export const longestBucketName = 63;

/**
 * A bucket of S3: encrypted, versioned, shut to other accounts and to everybody without TLS, its changes told to EventBridge, its accesses logged,
 * and copied both ways to a twin of another region.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class Bucket extends Construct {
  /** Its whole name. */
  readonly bucket: string;
  readonly arn: string;
  /** The whole name of its twin, where it has one. */
  readonly replicaBucket?: string;
  /** What somebody needs who uses its objects. */
  readonly statements: readonly Statement[];

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const stack = AwsStack.of(this);
    const { name, accessLogs, replica, keyArn, ...kept } = propsOf(bucketSchema.superRefine(placesIn(stack)), props, this.node.path);
    const made = (part: string, region: string, key: string): Made => {
      const { resource, versioning } = new RegionalBucket(this, part, {
        ...kept, bucket: wholeNameOf(name, stack.account, region), region, keyArn: key, logsTo: accessLogs[region],
      });
      return { id: resource.id, bucket: resource.bucket, arn: resource.arn, keyArn: key, region, versioning };
    };
    const here = made('here', stack.region, keyArn);
    if ('none' in replica) {
      waivePolicy(this, 'CKV_AWS_144', replica.none);
    } else {
      const there = made('replica', replica.region, replica.keyArn);
      const role = new Role(this, 'replication-role', {
        name: `${name}-replication`, description: `Copies the bucket ${name} to its other region and back`, services: ['s3.amazonaws.com'],
        statements: [...copying(here, there, 'Forth'), ...copying(there, here, 'Back')],
      });
      this.copy('replication', here, there, role);
      this.copy('replication-back', there, here, role);
      this.replicaBucket = there.bucket;
    }
    this.bucket = here.bucket;
    this.arn = here.arn;
    this.statements = useOfBucket(here, titleOf(name));
  }

  /** Copies objects, their later marks and their deletion; a version that is deleted for good stays in the copy. */
  private copy(id: string, from: Made, to: Made, role: Role): void {
    const { region } = AwsStack.of(this);
    new S3BucketReplicationConfigurationA(this, id, {
      ...from.region !== region && { region: from.region },
      bucket: from.id, role: role.arn,
      rule: [{
        id: 'all', status: 'Enabled', priority: 0, filter: { prefix: '' },
        deleteMarkerReplication: { status: 'Enabled' },
        sourceSelectionCriteria: { replicaModifications: { status: 'Enabled' }, sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: { bucket: to.arn, encryptionConfiguration: { replicaKmsKeyId: to.keyArn } },
      }],
      dependsOn: [from.versioning, to.versioning, ...role.ready],
    });
  }
}

interface Made extends KeptBucket { readonly id: string; readonly bucket: string; readonly versioning: TerraformResource }

/** What is wrong with the regions of buckets that are in the one of the stack and perhaps another. */
export function regionProblems(home: string, elsewhere: string | undefined, accessLogs: Readonly<Record<string, string>>): Problem[] {
  return [
    ...elsewhere === home ? [{ path: 'replica.region', message: `is "${home}", the region of the stack, expected another one` }] : [],
    ...[...new Set([home, elsewhere ?? home])].filter(region => !Object.hasOwn(accessLogs, region))
      .map(region => ({ path: `accessLogs.${region}`, message: 'is missing, expected a bucket of that region that exists and takes access logs' })),
  ];
}

/** By how many characters a name is too long with account and region behind it; 0 where it is not. */
export function excessOf(name: string, account: string, regions: readonly string[]): number {
  return Math.max(0, ...regions.map(region => wholeNameOf(name, account, region).length - longestBucketName));
}

/** What has to be said of the regions that a bucket is in. */
function placesIn({ account, region: home }: AwsStack) {
  return ({ name, accessLogs, replica }: z.output<typeof bucketSchema>, context: z.core.$RefinementCtx): void => {
    const elsewhere = 'region' in replica ? replica.region : undefined;
    const excess = excessOf(name, account, [home, elsewhere ?? home]);
    const problems = [
      ...excess ? [{ path: 'name', message: `makes a bucket name of ${longestBucketName + excess} characters with account and region, expected at most ${longestBucketName}; shorten it by ${excess}` }] : [],
      ...regionProblems(home, elsewhere, accessLogs),
    ];
    for (const { path, message } of problems) context.addIssue({ code: 'custom', path: path.split('.'), message });
  };
}

/** A name as a part of the id of a statement, which takes letters and digits. */
const titleOf = (name: string) => name.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
