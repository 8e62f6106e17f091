import { cloudFactsOf, definePlatform, http, secret } from 'marty-msf/spec';
import { z } from 'zod';
import dev from './infrastructure/dev.json';
import production from './infrastructure/production.json';
import staging from './infrastructure/staging.json';

const secretStore = { name: 'aws-secrets-manager' };
/** What holds before a cluster is there; afterwards `marty infra config` writes what its stack made into `infrastructure/`. */
const before = { kubernetes: '1.35', zones: 3 } as const;

export const shop = definePlatform({
  name: 'shop',
  environments: {
    dev: { ...cloudFactsOf(dev, before), domain: 'dev.shop.example', secretStore },
    staging: { ...cloudFactsOf(staging, before), domain: 'staging.shop.example', secretStore },
    production: { ...cloudFactsOf(production, before), domain: 'shop.example', secretStore },
  },
});

const paid = shop.topic('payment.paid', { message: z.object({ order: z.string(), cents: z.int() }), key: 'order' });

const payments = shop.microservice({
  name: 'payments', team: 'money', tier: 1, image: 'ghcr.io/acme/payments',
  ports: { http: http(8080) },
  stores: { ledger: shop.postgres({ version: 17 }), archive: shop.postgres({ version: 17, storageGiB: shop.per({ default: 20, production: 500 }) }) },
  secrets: { provider: secret('shop/payments/provider') },
  produces: { paid },
});

const orders = shop.microservice({
  name: 'orders', team: 'commerce', tier: 1, image: 'ghcr.io/acme/orders',
  ports: { http: http(8080) },
  calls: { payments: shop.to(payments, 'http', { timeoutMs: 800 }) },
  stores: { db: shop.postgres({ version: 17 }), receipts: shop.bucket({ versionDays: shop.per({ default: 7, production: 90 }) }) },
  secrets: { session: secret('shop/orders/session'), mailUser: secret('shop/mail', { property: 'user' }), mailPassword: secret('shop/mail', { property: 'password' }) },
  consumes: { paid },
});

export const services = [payments, orders];
