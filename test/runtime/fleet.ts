import { z } from 'zod';
import { definePlatform, grpc, http, secret, tcp } from '../../src/spec';

/** A fleet whose services the tests of this folder run; in-repository imports, since child processes load it too. */
const shop = definePlatform({
  name: 'shop',
  environments: {
    'local': {
      kubernetes: '1.37', domain: 'shop.test', secretStore: { name: 'vault' }, networkPolicies: 'cilium',
      stores: { postgres: { at: { host: 'localhost' } }, redis: { at: { host: 'localhost' } } }, kafka: { at: { host: 'localhost' } },
    },
    'local-eu': { extends: 'local', domain: 'eu.shop.test' },
  },
});
const { to, per } = shop;
export const { microservice } = shop;

interface PaymentsApi { charge(request: { cents: number }): Promise<{ receipt: string }> }

const web = shop.external({ name: 'web', at: { host: 'localhost' }, ports: { http: http(8080), line: tcp(7000) } });
const payments = shop.contract({ name: 'payments', ports: { grpc: grpc(9000, {} as PaymentsApi) } });
export const placed = shop.topic('orders.placed', { message: z.object({ orderId: z.string() }), key: 'orderId' });

export const schema = z.object({
  maxItems: z.int().min(1),
  greeting: z.string().default('hello'),
  debug: z.boolean().optional(),
  limits: z.object({ daily: z.int(), weekly: z.int() }),
  currencies: z.array(z.string()).default(['EUR']),
  ratio: z.union([z.number(), z.literal('off')]).default('off'),
});

const values = { default: { maxItems: 5, limits: { daily: 10, weekly: 50 } }, 'local-eu': { maxItems: 50, limits: { weekly: 500 } } };

/** Everything that can be declared and used. */
export const orders = shop.microservice({
  name: 'orders', team: 'commerce', image: 'ghcr.io/shop/orders',
  ports: { http: http(8080), line: tcp(7001) },
  calls: { web: to(web, 'http', { timeoutMs: per({ 'default': 300, 'local-eu': 200 }) }), line: to(web, 'line', { timeoutMs: 400 }), payments: to(payments, 'grpc') },
  stores: { db: shop.postgres({ version: 17 }), cache: shop.redis() },
  secrets: { stripe: secret('shop/stripe') },
  produces: { placed },
  health: { drainSeconds: 1, graceSeconds: 8 },
  config: { schema, values, reloadable: ['greeting', 'currencies'] },
});

const small = { name: 'quotes', team: 'commerce', image: 'ghcr.io/shop/quotes', health: { drainSeconds: 1, graceSeconds: 8 } };

/** The code of one version, for the ConfigMap of another. */
export const quotesV1 = shop.microservice({
  ...small, ports: { http: http(8080) }, calls: { web: to(web, 'http') },
  config: { schema: z.strictObject({ maxItems: z.int() }), values: { default: { maxItems: 1 } } },
});

/** Like the first, with a port of another number and things that the first need not know. */
export const quotesV2 = shop.microservice({
  ...small, ports: { http: http(8081), line: tcp(7002) }, calls: { web: to(web, 'http'), line: to(web, 'line') },
  config: { schema: z.strictObject({ maxItems: z.int(), note: z.string().optional() }), values: { default: { maxItems: 2, note: 'new' } } },
});

/** Does not make the call any more that the first makes, and needs a key that the first does not know. */
export const quotesV3 = shop.microservice({
  ...small, ports: { http: http(8080) },
  config: { schema: z.strictObject({ maxItems: z.int(), region: z.string() }), values: { default: { maxItems: 3, region: 'eu' } } },
});

/** What has no library yet. */
export const unserved = shop.microservice({
  ...small, name: 'unserved', ports: { grpc: grpc(9000, {} as PaymentsApi), http: http(8080) }, consumes: { placed },
});
