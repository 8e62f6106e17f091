import { z } from 'zod';
import { locationSchema, type Location } from './address';
import { awsHostOf, awsRegionSchema } from './aws';
import { storeNameOf } from './names';
import { cidrSchema, portNumberSchema, storePlaceSchema } from './syntax';

export const bucketNameSchema = z.string().min(3).max(63)
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, { error: 'expected lower case letters, digits and "-", beginning and ending with a letter or digit' });
const secretSchema = z.string().min(1).max(512).optional();

/** A bucket of S3 itself. */
const awsBucketSchema = z.strictObject({
  bucket: bucketNameSchema,
  region: awsRegionSchema,
  /** The addresses of S3, for network plugins that cannot match names. @default 'internet' */
  cidrs: z.union([z.array(cidrSchema).min(1), z.literal('internet')]).default('internet'),
  /** How pods prove who they are: by EKS Pod Identity, without a key, or by a key pair of the secret store. @default 'pod-identity' */
  credentials: z.enum(['pod-identity', 'secret']).default('pod-identity'),
  /** Where the secret store keeps `accessKeyId` and `secretAccessKey`. @default - as the service's description says */
  secret: secretSchema,
}).refine(({ credentials, secret }) => secret === undefined || credentials === 'secret', { path: ['secret'], error: 'is read by nobody, since pods prove who they are by Pod Identity; leave it out, or set credentials to "secret"' });

const server = {
  /** @default 443 */
  port: portNumberSchema.default(443),
  /** Whether it speaks TLS. @default true */
  tls: z.boolean().default(true),
  /** The region that clients sign their requests for. @default 'us-east-1' */
  region: z.string().min(1).max(63).default('us-east-1'),
};

/** A bucket of a server that speaks the protocol of S3, such as MinIO. */
const ownBucketSchema = z.strictObject({
  /** @default - `<service>-<store>` */
  bucket: bucketNameSchema.optional(),
  at: locationSchema,
  ...server,
  /** Where the secret store keeps `accessKeyId` and `secretAccessKey`. @default - as the service's description says */
  secret: secretSchema,
});

/** Where buckets are: on one server that speaks the protocol of S3, or each where it says, on S3 itself too. */
export const bucketsSchema = z.strictObject({
  /** The server of every bucket that has no place of its own, where it is called `<service>-<store>`. */
  at: locationSchema.optional(),
  ...server,
  /** Places of single buckets, by `<service>.<store>`, as a cloud's stack makes them. @default {} */
  servers: z.record(storePlaceSchema, z.union([awsBucketSchema, ownBucketSchema])).default({}),
}).refine(({ at, servers }) => at !== undefined || Object.keys(servers).length > 0, { error: 'names no server; expected at, or servers of single stores' });

/** Where one bucket is, and how its clients let themselves in. */
export interface BucketPlace {
  readonly bucket: string;
  readonly region: string;
  readonly at: Location;
  readonly port: number;
  /** How a server of one's own is spoken to; nothing for S3 itself. */
  readonly scheme?: 'http' | 'https';
  /** Whether there is a key pair in the secret store. */
  readonly hasKeys: boolean;
  /** Where it is kept, where the environment says so. */
  readonly secret?: string;
}

/** The name under which S3 has a bucket. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
export function hostOfBucket(bucket: string, region: string): string {
  return `${bucket}.${awsHostOf('s3', region)}`;
}

/** Where an environment has a service's bucket; undefined where it names no place. */
export function bucketPlaceOf(bound: z.output<typeof bucketsSchema> | undefined, service: string, alias: string): BucketPlace | undefined {
  const own = bound?.servers[`${service}.${alias}`];
  if (own && !('at' in own)) {
    const { bucket, region, cidrs, credentials, secret } = own;
    return { bucket, region, at: { host: hostOfBucket(bucket, region), cidrs }, port: 443, hasKeys: credentials === 'secret', secret };
  }
  const { at, port, tls, region, bucket, secret } = own ?? { ...bound, bucket: undefined, secret: undefined };
  if (!at || port === undefined || region === undefined) return undefined;
  return { bucket: bucket ?? storeNameOf(service, alias), region, at, port, scheme: tls ? 'https' : 'http', hasKeys: true, secret };
}

/** The address that clients of a server of one's own are given. */
export function endpointOf(scheme: 'http' | 'https', host: string, port: number): string {
  return new URL(`${scheme}://${host}:${port}`).origin;
}
