import { z } from 'zod';
import { definePlatform, http, secret, settleService, type MicroserviceSpec } from '../../src/spec';
import { canonical, checksumOf, runtimeConfigOf, runtimeConfigSchema, secretFilesOf } from '../../src/spec/runtime-config';
import { minimal, shop } from '../support/shop';

const placed = shop.topic('placed', { message: z.object({ id: z.string() }), key: 'id' });
const orders = shop.contract({ name: 'orders', ports: { web: http(8080) } });
const described = (values: object, reloadable: readonly ('a' | 'b')[] = ['b']) => settleService(shop.microservice({
  ...minimal,
  ports: { web: http(8080) },
  calls: { orders: shop.to(orders, 'web', { timeoutMs: 800, optional: true, idempotent: true }) },
  stores: { db: shop.postgres(), cache: shop.redis({ secret: 'kv/cache' }) },
  secrets: { key: secret('a/b', { property: 'c' }), other: secret('d') },
  consumes: { placed },
  config: { schema: z.object({ a: z.int(), b: z.int() }), values: { default: { a: 1, b: 2, ...values } }, reloadable },
}) as unknown as MicroserviceSpec, 'production');
const config = runtimeConfigOf(described({}));

test('what a process reads says everything that it needs', () => {
  expect(config).toEqual({
    format: 'marty-msf/runtime/v1', service: 'api', team: 'web', platform: 'shop', environment: 'production',
    management: { port: 9090 },
    shutdown: { drainSeconds: 5, graceSeconds: 45 },
    ports: { web: { protocol: 'http', port: 8080 } },
    calls: { orders: { service: 'orders', protocol: 'http', host: 'orders.shop.svc.cluster.local', port: 8080, tls: false, timeoutMs: 800, optional: true, idempotent: true } },
    stores: {
      db: { kind: 'postgres', host: 'postgres.databases.svc.cluster.local', port: 5432, database: 'api_db', version: 17, usernameFile: '/etc/marty/secrets/stores.db.username', passwordFile: '/etc/marty/secrets/stores.db.password' },
      cache: { kind: 'redis', host: 'redis.shop.example', port: 6379, usernameFile: '/etc/marty/secrets/stores.cache.username', passwordFile: '/etc/marty/secrets/stores.cache.password' },
    },
    topics: {
      host: 'kafka.kafka.svc.cluster.local', port: 9093, usernameFile: '/etc/marty/secrets/topics.username', passwordFile: '/etc/marty/secrets/topics.password',
      produces: {}, consumes: { placed: { topic: 'placed', key: 'id', partitions: 3, retentionMs: 604_800_000 } },
    },
    secrets: { key: { file: '/etc/marty/secrets/secrets.key' }, other: { file: '/etc/marty/secrets/secrets.other' } },
    config: { a: 1, b: 2 },
    required: ['a', 'b'],
    reloadable: ['b'],
  });
});

test('what a process reads is what was written', () => {
  expect(runtimeConfigSchema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
});

test('every file of a secret has a place in the secret store', () => {
  expect(secretFilesOf(described({}))).toEqual([
    { file: 'secrets.key', key: 'a/b', property: 'c' },
    { file: 'secrets.other', key: 'd' },
    { file: 'stores.cache.username', key: 'kv/cache', property: 'username' },
    { file: 'stores.cache.password', key: 'kv/cache', property: 'password' },
    { file: 'stores.db.username', key: 'shop/api/db', property: 'username' },
    { file: 'stores.db.password', key: 'shop/api/db', property: 'password' },
    { file: 'topics.username', key: 'shop/api/topics', property: 'username' },
    { file: 'topics.password', key: 'shop/api/topics', property: 'password' },
  ]);
});

describe('a bucket', () => {
  const bound = (bucket: object) => {
    const platform = definePlatform({ name: 'shop', environments: { production: { kubernetes: '1.37', domain: 'shop.example', secretStore: { name: 'vault' }, stores: { bucket } } } });
    return settleService(platform.microservice({ ...minimal, stores: { largeFiles: platform.bucket() } }), 'production');
  };
  const { host, ...asked } = { host: 'minio.minio.svc.cluster.local', bucket: 'acme-files', region: 'eu-central-1' };

  test('of S3 is told by name and region, and has no key pair', () => {
    const service = bound({ servers: { 'api.largeFiles': asked } });
    expect(runtimeConfigOf(service).stores).toEqual({ largeFiles: { kind: 'bucket', host: 'acme-files.s3.eu-central-1.amazonaws.com', port: 443, ...asked } });
    expect(secretFilesOf(service)).toEqual([]);
  });

  test('of S3 has one where the environment says so', () => {
    const service = bound({ servers: { 'api.largeFiles': { ...asked, credentials: 'secret', secret: 'kv/files' } } });
    expect(secretFilesOf(service)).toEqual([
      { file: 'stores.largeFiles.accessKeyId', key: 'kv/files', property: 'accessKeyId' }, { file: 'stores.largeFiles.secretAccessKey', key: 'kv/files', property: 'secretAccessKey' },
    ]);
  });

  test('of another server is told with its address, its key pair, and the name that follows from its service', () => {
    const service = bound({ at: { namespace: 'minio', service: 'minio' }, port: 9000, tls: false });
    const stores = {
      largeFiles: {
        kind: 'bucket', host, port: 9000, bucket: 'api-large-files', region: 'us-east-1', endpoint: `http://${host}:9000`,
        accessKeyIdFile: '/etc/marty/secrets/stores.largeFiles.accessKeyId', secretAccessKeyFile: '/etc/marty/secrets/stores.largeFiles.secretAccessKey',
      },
    };
    expect(runtimeConfigOf(service).stores).toEqual(stores);
    expect(runtimeConfigSchema.shape.stores.parse(JSON.parse(JSON.stringify(stores)))).toEqual(stores);
    expect(secretFilesOf(service).map(({ key }) => key)).toEqual(['shop/api/largeFiles', 'shop/api/largeFiles']);
  });
});

describe('the checksum', () => {
  const checksum = checksumOf(config);

  test('changes with what a running process cannot take over', () => {
    expect(checksumOf(runtimeConfigOf(described({ a: 9 })))).not.toBe(checksum);
    expect(checksumOf({ ...config, calls: { orders: { ...config.calls.orders, timeoutMs: 1 } } })).not.toBe(checksum);
    expect(checksumOf(runtimeConfigOf(described({}, ['a', 'b'])))).not.toBe(checksum);
  });

  test('stays with what it can', () => {
    expect(checksumOf(runtimeConfigOf(described({ b: 9 })))).toBe(checksum);
  });
});

test('equal values have equal text', () => {
  expect(canonical({ b: [2, 1], a: { d: null, c: 1 } })).toBe(canonical({ a: { c: 1, d: null }, b: [2, 1] }));
  expect(canonical([2, 1])).not.toBe(canonical([1, 2]));
});
