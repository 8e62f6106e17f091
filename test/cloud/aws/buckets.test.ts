import { Bucket, EncryptionKey, type BucketProps, type EksStackProps } from '../../../src/cloud/aws';
import { roleNameOf } from '../../../src/cloud/aws/service-identities';
import { definePlatform, settleService } from '../../../src/spec';
import { cloudFactsOf } from '../../../src/spec/infrastructure';
import { addressesOf, account, eksStack, written } from '../../support/cloud';
import { refusalOf } from '../../support/problems';

const accessLogs = { 'eu-central-1': 'acme-logs-frankfurt', 'eu-west-1': 'acme-logs-dublin' };
const replica = { region: 'eu-west-1' } as const;
const buckets = { accessLogs, replica };
const shop = definePlatform({
  name: 'shop',
  environments: { production: { kubernetes: '1.35', domain: 'shop.example', namespace: 'shop-live' }, dev: { kubernetes: '1.35', domain: 'dev.shop.example' } },
});
const named = { team: 'a', tier: 1, image: 'ghcr.io/acme/orders' } as const;
const orders = shop.microservice({ ...named, name: 'orders', stores: { receipts: shop.bucket({ versionDays: shop.per({ default: 7, production: 90 }), expireDays: 400 }) } });
const web = shop.microservice({ ...named, name: 'web' });

const stackOf = (props: Partial<Omit<EksStackProps, 'cluster'>> = {}) => eksStack({ environment: 'production', services: [orders, web], buckets, ...props });

describe('a bucket of a service', () => {
  const stack = written(stackOf());
  const inBuckets = (type: string) => stack.ofType(type).map(({ address, body }) => [address.split('.')[1], body] as const);

  test('is made in two regions, each with all that belongs to it', () => {
    const parts = ['', '_public_access_block', '_ownership_controls', '_server_side_encryption_configuration', '_versioning', '_lifecycle_configuration', '_policy', '_logging', '_notification', '_replication_configuration'];
    expect(parts.map(part => stack.ofType(`aws_s3_bucket${part}`).map(({ body }) => body.region))).toEqual(parts.map(() => [undefined, 'eu-west-1']));
    expect(inBuckets('aws_s3_bucket').map(([, { bucket }]) => bucket)).toEqual([`shop-orders-receipts-${account}-eu-central-1`, `shop-orders-receipts-${account}-eu-west-1`]);
    expect(stack.ofType('aws_s3_bucket_logging').map(({ body }) => body.target_bucket)).toEqual(['acme-logs-frankfurt', 'acme-logs-dublin']);
  });

  test('keeps versions and objects as long as its service says for the environment', () => {
    const [{ body }] = stack.ofType('aws_s3_bucket_lifecycle_configuration');
    expect(body.rule).toMatchObject([
      { abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] },
      { noncurrent_version_expiration: [{ noncurrent_days: 90 }] },
      { expiration: [{ days: 400 }] },
    ]);
  });

  test('is encrypted in each region by the key of that region, and copied under that of the other', () => {
    const [here, there] = stack.ofType('aws_kms_key').filter(({ address }) => address.startsWith('aws_kms_key.buckets_'));
    expect([here.body.region, there.body.region]).toEqual([undefined, 'eu-west-1']);
    const keys = stack.ofType('aws_s3_bucket_replication_configuration').map(({ body }) => JSON.stringify(body.rule));
    expect(keys[0]).toContain(`\${${there.address}.arn}`);
    expect(keys[1]).toContain(`\${${here.address}.arn}`);
  });

  test('lets its service in, by the service account that the manifests give it, and nobody else', () => {
    const associations = stack.ofType('aws_eks_pod_identity_association').filter(({ address }) => address.startsWith('aws_eks_pod_identity_association.identities_'));
    expect(associations.map(({ body }) => [body.namespace, body.service_account])).toEqual([['shop-live', 'orders']]);
    const [role] = stack.ofType('aws_iam_role').filter(({ body }) => body.name === 'shop-service-orders');
    const [{ body }] = stack.ofType('aws_iam_role_policy').filter(({ body: { role: of } }) => of === `\${${role.address}.name}`);
    const { Statement } = JSON.parse(String(body.policy)) as { Statement: { Action: string[]; Resource: string; Condition?: object }[] };
    const [bucket] = stack.ofType('aws_s3_bucket');
    expect(Statement.map(({ Action, Resource }) => [Action.length, Resource.replace(bucket.address, 'bucket')])).toEqual([
      [2, '${bucket.arn}'], [5, '${bucket.arn}/*'], [2, expect.stringMatching(/^\$\{aws_kms_key\..*\.arn\}$/)],
    ]);
    expect(Statement[2].Condition).toEqual({ StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': `\${${bucket.address}.arn}` } });
  });

  test('is told to descriptions, from which its service knows where it is', () => {
    const { value } = stack.json.output?.infrastructure as { value: { cluster: object; network: object; stores: Record<string, object> } };
    expect(value.stores).toEqual({ 'orders.receipts': { kind: 'bucket', bucket: `\${${stack.ofType('aws_s3_bucket')[0].address}.bucket}`, region: 'eu-central-1' } });
    const deployed = {
      ...value, cluster: { ...value.cluster, endpoint: 'https://a.example', name: 'shop', certificateAuthority: 'Q0E=' }, network: { ...value.network, id: 'vpc-1' },
      stores: { 'orders.receipts': { ...value.stores['orders.receipts'], bucket: 'shop-receipts' } },
    };
    const platform = definePlatform({ name: 'shop', environments: { production: { ...cloudFactsOf(deployed), domain: 'shop.example' } } });
    const service = platform.microservice({ ...named, name: 'orders', stores: { receipts: platform.bucket() } });
    expect(settleService(service, 'production').stores.receipts).toEqual({
      kind: 'bucket', bucket: 'shop-receipts', region: 'eu-central-1', host: 'shop-receipts.s3.eu-central-1.amazonaws.com', port: 443,
      peer: { kind: 'ranges', cidrs: ['0.0.0.0/0'], except: expect.any(Array) as string[] },
    });
  });

  test('stays in one region where a reason is given', () => {
    const alone = written(stackOf({ buckets: { accessLogs, replica: { none: 'receipts can be printed again' } } }));
    expect(alone.ofType('aws_s3_bucket')).toHaveLength(1);
    expect(alone.ofType('aws_s3_bucket_replication_configuration')).toEqual([]);
  });

  test('that is added changes no address', () => {
    const before = addressesOf(stack);
    const more = shop.microservice({ ...named, name: 'orders', stores: { archive: shop.bucket(), db: shop.postgres(), receipts: shop.bucket() } });
    const after = new Set(addressesOf(written(stackOf({ services: [more, web] }))));
    expect(before.filter(address => !after.has(address))).toEqual([]);
  });
});

describe('buckets of services are refused', () => {
  const long = shop.microservice({ ...named, name: 'a-name-of-a-service-that-is-long', stores: { archive: shop.bucket() } });

  test('where nothing is said of them', () => {
    expect(refusalOf('PROPS_INVALID', () => eksStack({ services: [orders], environment: 'production' }))).toEqual([
      'orders.stores.receipts: is a bucket, but the property buckets does not say where its accesses are logged and where its copy is; add it',
    ]);
  });

  test('with everything that is wrong, each by its place', () => {
    const wrong = { accessLogs: {}, replica: { region: 'eu-central-1' }, names: { 'web.files': 'files' } };
    expect(refusalOf('PROPS_INVALID', () => eksStack({ services: [orders, long], buckets: wrong }))).toEqual([
      'buckets.replica.region: is "eu-central-1", the region of the stack, expected another one',
      'buckets.accessLogs.eu-central-1: is missing, expected a bucket of that region that exists and takes access logs',
      'buckets.names["web.files"]: is the name of no bucket, expected one of orders.receipts, a-name-of-a-service-that-is-long.archive',
      'orders.stores.receipts: differs between environments, and the stack is of none; set environment to one of production, dev',
      'a-name-of-a-service-that-is-long.stores.archive: makes a bucket name of 71 characters with account and region, expected at most 63; give it a shorter one in names["a-name-of-a-service-that-is-long.archive"]',
    ]);
  });

  test('under one name for two', () => {
    const more = shop.microservice({ ...named, name: 'more', stores: { files: shop.bucket() } });
    expect(refusalOf('PROPS_INVALID', () => stackOf({ services: [orders, more], buckets: { ...buckets, names: { 'more.files': 'shop-orders-receipts' } } })))
      .toContain('more.stores.files: makes a bucket of the name that the one of orders.receipts has; give it another one in names["more.files"]');
  });

  test('whose service proves to be somebody else already, or is in a namespace that is not known', () => {
    const awsRoleArn = 'arn:aws:iam::123456789012:role/orders';
    const other = shop.microservice({ ...named, name: 'other', stores: { files: shop.bucket() }, cloudIdentity: { awsRoleArn } });
    expect(refusalOf('PROPS_INVALID', () => stackOf({ services: [other] }))).toEqual([
      `other.cloudIdentity.awsRoleArn: is ${awsRoleArn}, which its pods would use instead of the role that is made for them; leave it out in production, or make what it needs elsewhere`,
    ]);
    const plain = shop.microservice({ ...named, name: 'plain', stores: { files: shop.bucket() } });
    expect(refusalOf('PROPS_INVALID', () => stackOf({ services: [plain], environment: undefined })))
      .toContain('environment: is not said, but plain needs a role for its service account, whose namespace it decides; expected one of production, dev');
  });
});

describe('a bucket by itself', () => {
  const bucketWith = (props: Partial<BucketProps> = {}) => {
    const stack = eksStack();
    const key = new EncryptionKey(stack, 'key', { name: 'shop/files', description: 'Files' });
    new Bucket(stack, 'files', { name: 'shop-files', accessLogs, replica: { none: 'files come from elsewhere' }, keyArn: key.arn, ...props });
    return stack;
  };

  test('breaks no rule', () => {
    expect(written(bucketWith()).ofType('aws_s3_bucket').map(({ body }) => body.bucket)).toEqual([`shop-files-${account}-eu-central-1`]);
  });

  test.each<[string, Partial<BucketProps>, string]>([
    ['a name that S3 would refuse', { name: 'Shop_Files' }, 'name: is "Shop_Files"'],
    ['a name that grows too long', { name: 'a'.repeat(38) }, 'name: makes a bucket name of 64 characters with account and region, expected at most 63; shorten it by 1'],
    ['a copy that is nowhere else', { replica: { region: 'eu-central-1', keyArn: 'arn:aws:kms:eu-central-1:123456789012:key/1' } }, 'replica.region: is "eu-central-1", the region of the stack'],
    ['a copy whose accesses nobody logs', { replica: { region: 'us-east-1', keyArn: 'arn:aws:kms:us-east-1:123456789012:key/1' } }, 'accessLogs.us-east-1: is missing'],
    ['no copy without a reason', { replica: { none: 'no' } }, 'replica.none: is "no"'],
    ['versions for no time', { versionDays: 0 }, 'versionDays: is 0'],
  ])('refuses %s', (_, props, message) => {
    expect(() => bucketWith(props)).toThrow(message);
  });
});

test('a role has a name that IAM takes, like no other', () => {
  expect(roleNameOf('shop', 'orders')).toBe('shop-service-orders');
  const names = ['a', 'b'].map(last => roleNameOf('shop-production', `${'x'.repeat(49)}${last}`));
  expect(names.map(name => name.length)).toEqual([64, 64]);
  expect(names[0]).not.toBe(names[1]);
});
