import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { AwsStack } from './aws-stack';
import { accessLogsSchema, Bucket, excessOf, longestBucketName, regionProblems, replicaSchema } from './bucket';
import type { Statement } from './documents';
import { EncryptionKey } from './encryption-key';
import { tagOwner } from './owner';
import { keyArnSchema, regionSchema } from './syntax';
import { MartyError, type Problem } from '../../errors';
import { bucketNameSchema } from '../../spec/buckets';
import { chainOf } from '../../spec/environments';
import type { Infrastructure } from '../../spec/infrastructure';
import type { MicroserviceSpec } from '../../spec/microservice';
import type { StoreSpec } from '../../spec/stores';
import { storeNameOf } from '../../spec/names';
import { storePlaceSchema } from '../../spec/syntax';
import { settle, type Settled } from '../../spec/varying';
import type { InputOf } from '../../spec/input';

const bucketsSchema = z.strictObject({
  /** Buckets that exist and take access logs: one in every region that buckets are made in. */
  accessLogs: accessLogsSchema,
  /** The region that every change is copied to, and whose changes are copied back; or why there is none. */
  replica: replicaSchema(z.strictObject({
    region: regionSchema,
    /** A key that exists there, and encrypts the copies. @default - one is made */
    keyArn: keyArnSchema.optional(),
  })),
  /** A key that exists, and encrypts the buckets of all services. @default - one is made */
  keyArn: keyArnSchema.optional(),
  /** Names of single buckets, by `<service>.<store>`, to which account and region are added. @default - `<cluster>-<service>-<store>` */
  names: z.record(storePlaceSchema, bucketNameSchema).default({}),
});

/** How buckets of services are made. */
export type BucketsInput = InputOf<typeof bucketsSchema>;

export interface BucketsProps extends BucketsInput {
  /** The prefix of the buckets' names. */
  readonly name: string;
  /** The environment of the services that they are for; it decides what differs between environments. */
  readonly environment?: string;
  readonly services: readonly MicroserviceSpec[];
}

type Spec = z.output<typeof bucketsSchema>;
type BucketSpec = Extract<StoreSpec, { kind: 'bucket' }>;

/** A bucket that a service declares. */
interface Declared { readonly service: MicroserviceSpec; readonly alias: string; readonly store: BucketSpec }

/** The same with where it is declared, and the name that it gets. */
interface Wanted extends Declared { readonly place: string; readonly name: string }

/** The buckets that services declare, and where they do. */
export function bucketsOf(services: readonly MicroserviceSpec[]): Declared[] {
  return services.flatMap(service => Object.entries(service.data.stores)
    .flatMap(([alias, store]) => (store.kind === 'bucket' ? [{ service, alias, store }] : [])));
}

/** A bucket for every one that services declare, with one key a region for all of them. */
export class Buckets extends Construct {
  /** Where each is, by `<service>.<store>`. */
  readonly made: Readonly<Record<string, Infrastructure['stores'][string]>>;
  /** What each service may do with its buckets, by its name. */
  readonly permissions: Readonly<Record<string, readonly Statement[]>>;

  /** @throws PROPS_INVALID with every bucket that cannot be made. */
  constructor(scope: Construct, id: string, { name, environment, services, ...props }: BucketsProps) {
    super(scope, id);
    const stack = AwsStack.of(this);
    const spec = propsOf(bucketsSchema, props, this.node.path);
    const wanted = bucketsOf(services).map(({ service, alias, store }): Wanted => {
      const place = `${service.name}.${alias}`;
      return { service, alias, store, place, name: Object.hasOwn(spec.names, place) ? spec.names[place] : `${name}-${storeNameOf(service.name, alias)}` };
    });
    const around = { spec, stack, environment };
    const problems = [
      ...placeProblems(spec, stack, wanted),
      ...wanted.flatMap((each, index) => bucketProblems(each, wanted.slice(0, index), around)),
    ];
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: not every bucket can be made${environment ? ` in ${environment}` : ''}:`, { problems });
    const made: Record<string, Infrastructure['stores'][string]> = {};
    const permissions: Record<string, readonly Statement[]> = {};
    if (wanted.length) {
      const keyName = { name: `${name}/buckets`, description: `Buckets of ${name}` };
      const keyArn = spec.keyArn ?? new EncryptionKey(this, 'key', keyName).arn;
      const replica = 'none' in spec.replica ? spec.replica
        : { region: spec.replica.region, keyArn: spec.replica.keyArn ?? new EncryptionKey(this, 'replica-key', { ...keyName, region: spec.replica.region }).arn };
      for (const { service, alias, store, place, name: bucketName } of wanted) {
        const { versionDays, expireDays } = settled(store, service, environment);
        const madeBucket = new Bucket(this, `${service.name}-${alias}`, {
          name: bucketName, versionDays, expireDays, accessLogs: spec.accessLogs, replica, keyArn,
        });
        tagOwner(madeBucket, service);
        const { bucket, statements } = madeBucket;
        made[place] = { kind: 'bucket', bucket, region: stack.region };
        permissions[service.name] = [...permissions[service.name] ?? [], ...statements];
      }
    }
    this.made = made;
    this.permissions = permissions;
  }
}

const settled = (store: BucketSpec, { platform }: MicroserviceSpec, environment: string | undefined) => (
  settle(store, environment === undefined ? [] : chainOf(platform.environments, environment)) as Settled<BucketSpec>);

/** What is wrong with the regions, once for all buckets. */
function placeProblems({ accessLogs, replica, names }: Spec, { region }: AwsStack, wanted: readonly Wanted[]): Problem[] {
  const places = wanted.map(({ place }) => place);
  return [
    ...wanted.length ? regionProblems(region, 'none' in replica ? undefined : replica.region, accessLogs) : [],
    ...Object.keys(names).filter(place => !places.includes(place)).map(place => ({ path: `names["${place}"]`, message: `is the name of no bucket, expected one of ${places.join(', ') || 'which there is none'}` })),
  ];
}

interface Around { readonly spec: Spec; readonly stack: AwsStack; readonly environment: string | undefined }

function bucketProblems({ service, alias, store, place, name }: Wanted, earlier: readonly Wanted[], { spec, stack, environment }: Around): Problem[] {
  const path = `${service.name}.stores.${alias}`;
  const { environments } = service.platform;
  const regions = [stack.region, ...'none' in spec.replica ? [] : [spec.replica.region]];
  const excess = excessOf(name, stack.account, regions);
  const twin = earlier.find(other => other.name === name);
  const varies = [store.versionDays, store.expireDays].some(value => typeof value === 'object');
  const known = environment !== undefined && Object.hasOwn(environments, environment);
  return [
    ...excess ? [{ path, message: `makes a bucket name of ${longestBucketName + excess} characters with account and region, expected at most ${longestBucketName}; give it a shorter one in names["${place}"]` }] : [],
    ...twin ? [{ path, message: `makes a bucket of the name that the one of ${twin.place} has; give it another one in names["${place}"]` }] : [],
    ...varies && !known ? [{ path, message: `differs between environments, and the stack is of ${environment ? `"${environment}"` : 'none'}; set environment to one of ${Object.keys(environments).join(', ')}` }] : [],
  ];
}
