import { createService } from 'marty-msf/runtime/service';
import { definePlatform, grpc, http, secret, tcp, type Scale } from 'marty-msf/spec';
import { z } from 'zod';

// Compiled, never run: what a fleet looks like, and which mistakes the compiler refuses. fleet-types.test.ts holds the messages.

// 1. The platform: everything below is checked against the names of its environments.
const petstore = definePlatform({
  name: 'petstore',
  environments: {
    'dev': { kubernetes: '1.37', domain: 'dev.petstore.example', secretStore: { name: 'vault' } },
    'staging': { kubernetes: '1.37', domain: 'staging.petstore.example', networkPolicies: 'cilium', stores: { postgres: { at: { namespace: 'databases' } } } },
    'production': {
      kubernetes: '1.36', domain: 'petstore.example', zones: 3, gateway: { name: 'public', namespace: 'gateways' },
      stores: { postgres: { at: { host: 'db.petstore.example', cidrs: ['10.0.0.0/8'] } } }, monitoring: { namespace: 'monitoring', labels: { release: 'prometheus' } },
    },
    'production-eu': { extends: 'production', domain: 'eu.petstore.example' },
  },
});
const { per, to, postgres, redis } = petstore;

// 2. The services.
export const orderPlaced = petstore.topic('orders.placed', {
  message: z.object({ orderId: z.string(), petId: z.string(), priceCents: z.int() }), key: 'orderId', partitions: per({ default: 3, production: 24 }),
});
const ledger = petstore.external({ name: 'ledger', at: { namespace: 'finance' }, ports: { api: http(8080), db: tcp(5432) } });
const stripe = petstore.external({ name: 'stripe', at: { host: 'api.stripe.com', cidrs: 'internet' }, ports: { api: http(443) } });

interface PaymentsApi {
  charge(request: { priceCents: number }): Promise<{ receipt: string }>;
  refund(request: { receipt: string }): Promise<{ ok: boolean }>;
}

// A contract lets two services refer to each other.
export const paymentsApi = petstore.contract({ name: 'payments', ports: { grpc: grpc(9000, {} as PaymentsApi) } });
const money = petstore.with({ team: 'money', tier: 1, scale: { min: 2, max: 4 } });
export const payments = money.implement(paymentsApi, {
  image: 'ghcr.io/petstore/payments',
  secrets: { stripe: secret('payments/stripe-key') },
  calls: {
    ledger: to(ledger, 'api', { timeoutMs: per({ default: 300, production: 200 }), idempotent: true, retries: { attempts: 2, onStatus: [503] } }),
    books: to(ledger, 'db', { timeoutMs: 100 }),
    stripe: to(stripe, 'api'),
  },
});

export const orders = petstore.microservice({
  name: 'orders',
  team: 'commerce',
  image: 'ghcr.io/petstore/orders',
  ports: { http: http(8080), events: tcp(8090) },
  config: {
    schema: z.object({ maxItems: z.int().min(1), currency: z.enum(['EUR', 'USD']), limits: z.object({ daily: z.int(), weekly: z.int() }) }),
    values: { default: { maxItems: 5, currency: 'EUR', limits: { daily: 10, weekly: 50 } }, production: { maxItems: 50, limits: { weekly: 500 } } },
    reloadable: ['maxItems'],
  },
  stores: { db: postgres({ version: 17, storageGiB: per({ default: 5, production: 200 }) }), cache: redis() },
  calls: { payments: to(payments, 'grpc', { timeoutMs: 800, idempotent: true, retries: { attempts: 2, onCode: ['unavailable'] } }) },
  produces: { placed: orderPlaced },
  scale: per({ 'dev': { replicas: 1 }, 'staging': { min: 2, max: 4 }, 'production': { min: 3, max: 12, cpuPercent: 70 }, 'production-eu': { min: 3, max: 6 } }),
  exposure: per({ dev: 'cluster', staging: 'cluster', production: { host: 'petstore.example', path: '/orders' } }),
});
export const mailer = petstore.microservice({ name: 'mailer', team: 'commerce', image: 'ghcr.io/petstore/mailer', consumes: { placed: orderPlaced } });
export const quiet = per<Scale>({ default: { replicas: 1 }, production: { min: 2, max: 3 } });

// 3. The process: the same description types configuration, clients, stores, secrets, topics and what has to be served.
export const main = () => createService(orders, async ({ config, clients, publish, stores }) => {
  const { username } = await stores.db.credentials();
  const database: string = stores.db.database;
  const kind: 'redis' = stores.cache.kind;
  const currency: 'EUR' | 'USD' = config.currency;
  return {
    serve: {
      http: async (_, response) => {
        const { receipt } = await clients.payments.charge({ priceCents: config.limits.daily });
        await publish('placed', { orderId: receipt, petId: 'p-1', priceCents: 100 });
        response.end(`${username}@${database} ${kind} ${currency}`);
      },
      events: socket => socket.end('bye'),
    },
    ready: () => true,
    stop: async () => { await Promise.resolve(); },
  };
});
export const pays = () => createService(payments, ({ clients, secrets }) => ({
  serve: {
    grpc: {
      charge: async ({ priceCents }) => {
        const response = await clients.stripe.fetch(`/v1/charges?amount=${priceCents}`, { headers: { authorization: await secrets.stripe() } });
        const socket = await clients.books.connect();
        socket.end();
        return { receipt: await response.text() };
      },
      refund: async ({ receipt }) => ({ ok: receipt.length > 0 }),
    },
  },
}));
export const mails = () => createService(mailer, () => ({ on: { placed: async ({ orderId }) => { orderId.toUpperCase(); } } }));

// 4. What the compiler refuses.
const x = { name: 'x', team: 't', image: 'ghcr.io/x' };
// @ts-expect-error staging is missing
petstore.microservice({ ...x, scale: per({ dev: { replicas: 1 }, production: { min: 3, max: 12 } }) });
// @ts-expect-error no such environment
petstore.microservice({ ...x, scale: per({ default: { replicas: 1 }, prod: { replicas: 2 } }) });
// @ts-expect-error 'cpu' is misspelt
petstore.microservice({ ...x, scale: per({ default: { min: 1, max: 2, cpu: 70 } }) });
// @ts-expect-error a fixed number of replicas and a range
petstore.microservice({ ...x, scale: { replicas: 2, min: 1, max: 3 } });
// @ts-expect-error a field is misspelt
petstore.microservice({ name: 'x', team: 't', image: 'i', replcas: 3 });
// @ts-expect-error payments has no port 'http'
to(payments, 'http');
// @ts-expect-error a worker has no ports at all
to(mailer, 'http');
// @ts-expect-error gRPC calls have no HTTP status codes
to(payments, 'grpc', { idempotent: true, retries: { attempts: 2, onStatus: [503] } });
// @ts-expect-error what may not be repeated may not be retried
to(payments, 'grpc', { retries: { attempts: 2 } });
// @ts-expect-error nothing can be retried on a TCP port
to(ledger, 'db', { retries: { attempts: 2 } });
const other = definePlatform({ name: 'other', environments: { prod: { kubernetes: '1.37', domain: 'd' } } });
// @ts-expect-error a value per environment of another platform
to(payments, 'grpc', { timeoutMs: other.per<number>({ prod: 3 }) });
// @ts-expect-error the configuration of one environment does not match the schema
petstore.microservice({ ...x, config: { schema: z.object({ maxItems: z.int() }), values: { default: { maxItems: 5 }, dev: { maxItems: 'many' } } } });
// @ts-expect-error no such configuration key
petstore.microservice({ ...x, config: { schema: z.object({ maxItems: z.int() }), values: { default: { maxItems: 5 }, dev: { maxItem: 6 } } } });
// @ts-expect-error the key of a topic is a field of its message
petstore.topic('t', { message: z.object({ id: z.string() }), key: 'orderId' });
// @ts-expect-error 'default' is not a name for an environment
definePlatform({ name: 'q', environments: { default: { kubernetes: '1.37', domain: 'd' } } });
const handlers = { http: () => undefined, events: () => undefined };
void createService(orders, ({ clients, config, publish }) => {
  // @ts-expect-error orders never declared a call to ledger
  void clients.ledger;
  // @ts-expect-error no such method in payments' API
  void clients.payments.chrge({ priceCents: 1 });
  // @ts-expect-error the request misses priceCents
  void clients.payments.charge({});
  // @ts-expect-error no such configuration
  void config.maxItem;
  // @ts-expect-error the message misses petId
  void publish('placed', { orderId: 'o-1', priceCents: 100 });
  // @ts-expect-error orders does not produce refunds
  void publish('refunded', { orderId: 'o-1' });
  return { serve: handlers };
});
// @ts-expect-error a consumed topic without a handler
void createService(mailer, () => ({ on: {} }));
// @ts-expect-error a port that nobody serves
void createService(orders, () => ({ serve: { http: handlers.http } }));
// @ts-expect-error part of a gRPC API that nobody implements
void createService(payments, () => ({ serve: { grpc: { refund: async () => ({ ok: true }) } } }));
// @ts-expect-error a reloadable key that is none of the schema
petstore.microservice({ ...x, config: { schema: z.object({ maxItems: z.int() }), values: { default: { maxItems: 5 } }, reloadable: ['maxItem'] } });
