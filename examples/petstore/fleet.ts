import { z } from 'zod';
import { definePlatform, grpc, http, https, secret } from 'marty-msf/spec';

/** The environments, named once. Everything below is checked against these names. */
const petstore = definePlatform({
  name: 'petstore',
  environments: {
    dev: {
      kubernetes: '1.28',
      domain: 'dev.petstore.example',
      secretStore: { name: 'vault' },
      stores: { postgres: { at: { namespace: 'databases' } }, redis: { at: { namespace: 'databases' } } },
      kafka: { at: { namespace: 'kafka' }, port: 9092 },
    },
    staging: {
      kubernetes: '1.37',
      domain: 'staging.petstore.example',
      zones: 2,
      gateway: { name: 'public', namespace: 'gateways' },
      secretStore: { name: 'vault' },
      stores: { postgres: { at: { namespace: 'databases' } }, redis: { at: { namespace: 'databases' } } },
      kafka: { at: { namespace: 'kafka' } },
    },
    production: {
      kubernetes: '1.37',
      domain: 'petstore.example',
      zones: 3,
      networkPolicies: 'cilium',
      userNamespaces: true,
      monitoring: { namespace: 'monitoring', labels: { release: 'prometheus' } },
      gateway: { name: 'public', namespace: 'gateways' },
      secretStore: { name: 'aws-secrets-manager' },
      stores: {
        postgres: { at: { host: 'postgres.data.petstore.example', cidrs: ['10.20.0.0/24'] } },
        redis: { at: { host: 'redis.data.petstore.example', cidrs: ['10.20.1.0/24'] } },
      },
      kafka: { at: { host: 'kafka.data.petstore.example', cidrs: ['10.20.2.0/24'] } },
      quota: { cpu: 80, memoryGiB: 160, pods: 300 },
    },
    'production-eu': { extends: 'production', domain: 'eu.petstore.example', quota: { cpu: 40, memoryGiB: 80 } },
  },
});
const { per, to, postgres, redis } = petstore;

/** A message on its way from orders to whoever wants to know. */
export const orderPlaced = petstore.topic('orders.placed', {
  message: z.object({ orderId: z.string(), petId: z.string(), priceCents: z.int() }),
  key: 'orderId',
  partitions: per({ default: 3, production: 24 }),
});

/** Not deployed here: a public API. Only some network plugins can match its name, the others need addresses. */
const stripe = petstore.external({ name: 'stripe', at: { host: 'api.stripe.com', cidrs: 'internet' }, ports: { api: https(443) } });

/** What payments offers, as generated from its protobuf file. */
export interface PaymentsApi {
  charge(request: { priceCents: number }): Promise<{ receipt: string }>;
  refund(request: { receipt: string }): Promise<{ ok: boolean }>;
}

/** A team's defaults: what it says once, its services need not say again. */
const money = petstore.with({ team: 'money', tier: 1, scale: per({ default: { replicas: 2 }, production: { min: 3, max: 6 } }) });

export const payments = money.microservice({
  name: 'payments',
  image: 'ghcr.io/petstore/payments',
  ports: { grpc: grpc(9000, {} as PaymentsApi) },
  secrets: { stripe: secret('payments/stripe-key') },
  calls: { stripe: to(stripe, 'api', { timeoutMs: per({ default: 3000, production: 1500 }) }) },
  stores: { ledger: postgres({ version: 17 }) },
});

export const orders = petstore.microservice({
  name: 'orders',
  team: 'commerce',
  image: 'ghcr.io/petstore/orders',
  ports: { http: http(8080) },
  config: {
    schema: z.object({
      maxItems: z.int().min(1),
      currency: z.enum(['EUR', 'USD']),
      limits: z.object({ daily: z.int(), weekly: z.int() }),
    }),
    values: {
      default: { maxItems: 5, currency: 'EUR', limits: { daily: 10, weekly: 50 } },
      production: { maxItems: 50, limits: { weekly: 500 } },
      'production-eu': { limits: { daily: 20 } },
    },
    reloadable: ['limits'],
  },
  calls: { payments: to(payments, 'grpc', { timeoutMs: 800 }) },
  stores: { db: postgres({ version: 17, storageGiB: per({ default: 5, production: 200 }) }), cache: redis() },
  produces: { placed: orderPlaced },
  resources: per({ default: 'small', production: { cpuMillis: 500, memoryMiB: 512 } }),
  scale: per({
    dev: { replicas: 2 },
    staging: { min: 2, max: 4 },
    production: { min: 3, max: 12, cpuPercent: 70 },
    'production-eu': { min: 3, max: 6 },
  }),
});

/** Reads and writes its own database; a migration changes the tables before a new version runs. */
export const users = petstore.microservice({
  name: 'users',
  team: 'identity',
  tier: 1,
  image: 'ghcr.io/petstore/users',
  ports: { http: http(8080) },
  stores: { db: postgres({ version: 17 }) },
  secrets: { tokens: secret('users/signing-key') },
  migration: { command: ['/app/migrate', 'up'], timeLimitSeconds: 300 },
  scale: per({ default: { replicas: 2 }, production: { min: 3, max: 8, calmSeconds: 600 } }),
});

/** An index on disk: replicas keep their names and their data, and start one after the other. */
export const search = petstore.microservice({
  name: 'search',
  team: 'catalogue',
  image: 'ghcr.io/petstore/search',
  workload: { kind: 'stateful', order: 'ordered' },
  ports: { http: http(9200) },
  volumes: { index: { kind: 'claim', at: '/var/lib/search', sizeGiB: per({ default: 2, production: 50 }) } },
  variables: { SEARCH_NODE: { field: 'metadata.name' } },
  resources: 'medium',
  scale: { replicas: 3 },
});

export const pets = petstore.microservice({
  name: 'pets',
  team: 'catalogue',
  image: 'ghcr.io/petstore/pets',
  ports: { http: http(8080) },
  calls: { search: to(search, 'http', { timeoutMs: 300, idempotent: true, optional: true }) },
  stores: { db: postgres({ version: 17 }) },
  files: { '/etc/pets/species.csv': 'name,legs\ncat,4\nparrot,2\n' },
  volumes: { pictures: { kind: 'scratch', at: '/var/cache/pictures', sizeMiB: 512 } },
  labels: { 'petstore.example/cost-centre': 'catalogue' },
});

export const gateway = petstore.microservice({
  name: 'gateway',
  team: 'commerce',
  image: 'ghcr.io/petstore/gateway',
  ports: { http: http(8080) },
  calls: {
    orders: to(orders, 'http', { timeoutMs: 2000, idempotent: true }),
    pets: to(pets, 'http', { idempotent: true }),
    users: to(users, 'http'),
  },
  scale: per({ default: { replicas: 2 }, production: { min: 3, max: 10 } }),
  exposure: per({ dev: 'cluster', staging: { path: '/' }, production: { host: ['petstore.example', 'www.petstore.example'] }, 'production-eu': { host: 'eu.petstore.example' } }),
});

/** A worker: nothing calls it, it lives from what it receives. */
export const notifications = petstore.microservice({
  name: 'notifications',
  team: 'commerce',
  tier: 3,
  image: 'ghcr.io/petstore/notifications',
  consumes: { placed: orderPlaced },
});

/** Runs every night, never twice at once. */
export const reports = petstore.microservice({
  name: 'reports',
  team: 'money',
  tier: 3,
  image: 'ghcr.io/petstore/reports',
  workload: { kind: 'schedule', cron: per({ default: '30 2 * * *', dev: '0 * * * *' }), timeZone: 'Europe/Berlin', timeLimitSeconds: 1800 },
  calls: { orders: to(orders, 'http', { timeoutMs: 30_000, idempotent: true }) },
  resources: 'medium',
});

export const services = [gateway, orders, payments, notifications, pets, users, search, reports];
export const environments = petstore.environmentNames;
