import { z } from 'zod';
import { definePlatform, http, https, secret, settleService, type MicroserviceSpec } from '../../src/spec';
import { refusalOf } from '../support/problems';
import { allFacts, minimal, shop } from '../support/shop';

const orders = shop.contract({ name: 'orders', ports: { web: http(8080) } });
const stripe = shop.external({ name: 'stripe', at: { host: 'api.stripe.example', cidrs: 'internet' }, ports: { api: https(443) } });
const placed = shop.topic('placed', { message: z.object({ id: z.string() }), key: 'id', partitions: shop.per({ default: 3, production: 12 }) });
const api = shop.microservice({
  ...minimal,
  ports: { web: http(8080) },
  calls: { orders: shop.to(orders, 'web', { timeoutMs: shop.per({ default: 500, production: 200 }) }), stripe: shop.to(stripe, 'api') },
  stores: { db: shop.postgres({ version: 16 }), cache: shop.redis() },
  secrets: { key: secret('a/b') },
  produces: { placed },
  config: { schema: z.object({ deep: z.object({ a: z.int(), b: z.int() }), name: z.string() }), values: { default: { deep: { a: 1, b: 2 }, name: 'x' }, production: { deep: { b: 3 } } }, reloadable: ['name', 'deep'] },
  scale: shop.per({ dev: { replicas: 1 }, production: { min: 2, max: 4 } }),
  exposure: shop.per({ dev: 'cluster', production: {} }),
}) as unknown as MicroserviceSpec;

describe('a service in an environment', () => {
  const settled = settleService(api, 'production');

  test('has the values of that environment', () => {
    expect(settled).toMatchObject({ environment: 'production', namespace: 'shop', scale: { min: 2, max: 4, cpuPercent: 70 }, calls: { orders: { timeoutMs: 200 } } });
  });

  test('finds other services by their DNS names', () => {
    expect(settled.calls.orders).toMatchObject({ host: 'orders.shop.svc.cluster.local', port: 8080, tls: false, peer: { kind: 'pods', namespace: 'shop', labels: { 'app.kubernetes.io/instance': 'orders' } } });
  });

  test('finds what is external where it is', () => {
    expect(settled.calls.stripe).toMatchObject({ host: 'api.stripe.example', port: 443, tls: true, peer: { kind: 'ranges', cidrs: ['0.0.0.0/0'] } });
  });

  test('finds its stores where the environment has them', () => {
    expect(settled.stores).toMatchObject({
      db: { kind: 'postgres', host: 'postgres.databases.svc.cluster.local', port: 5432, version: 16, database: 'api_db', secret: 'shop/api/db', peer: { kind: 'namespace', namespace: 'databases' } },
      cache: { kind: 'redis', host: 'redis.shop.example', port: 6379, secret: 'shop/api/cache', peer: { kind: 'ranges', cidrs: ['10.20.1.0/24'], except: [] } },
    });
  });

  test('finds its topics at the Kafka of the environment', () => {
    expect(settled.topics).toMatchObject({ host: 'kafka.kafka.svc.cluster.local', port: 9093, produces: { placed: { topic: 'placed', key: 'id', partitions: 12 } }, consumes: {} });
  });

  test('has its layers of configuration laid over one another, and what it cannot do without', () => {
    expect(settled).toMatchObject({ config: { deep: { a: 1, b: 3 }, name: 'x' }, requiredConfig: ['deep', 'name'], reloadable: ['deep', 'name'] });
  });

  test('is reached below the domain of the environment', () => {
    expect(settled.route).toEqual({ kind: 'http', hosts: ['api.shop.example'], rules: [{ path: '/', match: 'prefix', port: 'web' }] });
  });
});

describe('an environment that lacks what a service needs', () => {
  test('is told everything that it must name', () => {
    expect(refusalOf('PLATFORM_INVALID', () => settleService(api, 'dev'))).toEqual([
      'environments.dev.stores.postgres: is not named, but api declares the store db; say where it is, or spread cloudFactsOf of what `marty infra config` wrote, where a stack made it',
      'environments.dev.stores.redis: is not named, but api declares the store cache; say where it is, or spread cloudFactsOf of what `marty infra config` wrote, where a stack made it',
      'environments.dev.kafka: is not named, but api sends or receives messages; name one, or spread cloudFactsOf of what `marty infra config` wrote, where a stack makes topics of a cloud',
      'environments.dev.secretStore: is not named, but api reads secrets',
    ]);
  });

  test('needs a gateway where something is exposed', () => {
    const exposed = shop.microservice({ ...minimal, ports: { web: http(8080) }, exposure: {} });
    expect(refusalOf('PLATFORM_INVALID', () => settleService(exposed as unknown as MicroserviceSpec, 'dev'))).toEqual(['environments.dev.gateway: is not named, but api is exposed to the outside']);
    expect(settleService(exposed as unknown as MicroserviceSpec, 'production').route).toBeDefined();
  });

  test.each([['kubernetes', false], ['calico', false], ['cilium', true]] as const)('with %s can match host names without addresses: %s', (networkPolicies, can) => {
    const platform = definePlatform({ name: 'shop', environments: { dev: { ...allFacts, networkPolicies } } });
    const far = platform.external({ name: 'far', at: { host: 'far.example' }, ports: { api: https() } });
    const service = platform.microservice({ ...minimal, calls: { far: platform.to(far, 'api') } }) as unknown as MicroserviceSpec;
    if (can) expect(settleService(service, 'dev').calls.far.peer).toEqual({ kind: 'host', host: 'far.example' });
    else expect(refusalOf('PLATFORM_INVALID', () => settleService(service, 'dev'))).toEqual([`environments.dev.networkPolicies: is "${networkPolicies}", which cannot match the host name far.example that api needs; give its cidrs, or use cilium`]);
  });
});

test('the order in which things are described means nothing', () => {
  const [one, other] = [['a', 'b'], ['b', 'a']].map(order => settleService(shop.microservice({ ...minimal, ports: Object.fromEntries(order.map(name => [name, http(name === 'a' ? 8080 : 8081)])) }) as unknown as MicroserviceSpec, 'dev'));
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});
