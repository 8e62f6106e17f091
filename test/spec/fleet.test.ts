import { z } from 'zod';
import { definePlatform, http, tcp, type Exposure, type MicroserviceSpec } from '../../src/spec';
import { callersOf, checkFleet, fleetProblems } from '../../src/spec/fleet';
import { settleService } from '../../src/spec/settle';
import { linesOf, refusalOf } from '../support/problems';
import { minimal, shop } from '../support/shop';

const named = (name: string, more: object = {}): MicroserviceSpec => shop.microservice({ ...minimal, name, ...more }) as unknown as MicroserviceSpec;
const contract = shop.contract({ name: 'orders', ports: { web: http(8080) } });
const calling = (name: string, more: object = {}) => named(name, { calls: { orders: shop.to(contract, 'web') }, ...more });
const orders = (more: object = {}) => named('orders', { ports: { web: http(8080) }, ...more });
const stripe = (host: string) => shop.external({ name: 'stripe', at: { host, cidrs: 'internet' }, ports: { api: http(443) } });
const topic = (partitions: number) => shop.topic('placed', { message: z.object({ id: z.string() }), key: 'id', partitions });
const other = definePlatform({ name: 'other', environments: { dev: { kubernetes: '1.37', domain: 'a.example' } } });

describe('services fit together when', () => {
  test.each<[string, readonly MicroserviceSpec[], readonly MicroserviceSpec[], string]>([
    ['each has a name of its own', [orders(), named('api')], [orders(), orders()], 'orders.name: is the name of two services; each needs one of its own'],
    ['they are of one platform', [named('api')], [named('api'), other.microservice({ ...minimal, name: 'b' }) as unknown as MicroserviceSpec], 'b: belongs to the platform other, not to shop'],
    ['what is called is there', [calling('api'), orders()], [calling('api')], 'api.calls.orders: calls orders, which is none of the services; add it to them, or describe it as external'],
    ['what is called has the port', [calling('api'), orders()], [calling('api'), orders({ ports: { web: http(8081) } })], 'api.calls.orders: relies on a contract with orders whose port web is not the one that orders has'],
    ['what is called speaks the protocol', [calling('api'), orders()], [calling('api'), orders({ ports: { web: tcp(8080) } })], 'api.calls.orders: relies on a contract with orders whose port web is not the one that orders has'],
    ['what is called lets itself be called', [calling('api'), orders()], [calling('api'), orders({ exposure: 'none' })], 'api.calls.orders: calls orders, whose exposure is "none" in dev, production'],
    ['what is called lets itself be called everywhere', [calling('api'), orders({ exposure: shop.per<Exposure>({ dev: 'cluster', production: 'cluster' }) })], [calling('api'), orders({ exposure: shop.per<Exposure>({ dev: 'none', production: 'cluster' }) })],
      'api.calls.orders: calls orders, whose exposure is "none" in dev'],
    ['none calls itself', [orders()], [orders({ calls: { orders: shop.to(contract, 'web') } })], 'orders.calls.orders: calls the service itself'],
    ['what is external is none of them', [named('api', { calls: { stripe: shop.to(stripe('a.example'), 'api') } })], [named('api', { calls: { stripe: shop.to(stripe('a.example'), 'api') } }), named('stripe')],
      'api.calls.stripe: calls stripe as an external thing, but a service of this fleet has the name'],
    ['what is external is one thing', [named('a', { calls: { stripe: shop.to(stripe('a.example'), 'api') } }), named('b', { calls: { stripe: shop.to(stripe('a.example'), 'api') } })],
      [named('a', { calls: { stripe: shop.to(stripe('a.example'), 'api') } }), named('b', { calls: { stripe: shop.to(stripe('b.example'), 'api') } })], 'b.calls.stripe: describes stripe otherwise than a does'],
    ['a topic is one thing', [named('a', { produces: { placed: topic(3) } }), named('b', { consumes: { placed: topic(3) } })], [named('a', { produces: { placed: topic(3) } }), named('b', { consumes: { placed: topic(4) } })],
      'b: describes the topic placed otherwise than a does'],
    ['each database is one store\'s', [named('a-b', { stores: { c: shop.postgres() } }), named('a', { stores: { c: shop.postgres() } })], [named('a-b', { stores: { c: shop.postgres() } }), named('a', { stores: { bC: shop.postgres() } })],
      'a.stores.bC: makes the database a_b_c, which a store of a-b makes too; choose another name'],
    ['each bucket is one store\'s', [named('a-b', { stores: { c: shop.bucket() } }), named('a', { stores: { bC: shop.postgres() } })], [named('a-b', { stores: { c: shop.bucket() } }), named('a', { stores: { bC: shop.bucket() } })],
      'a.stores.bC: makes the bucket a-b-c, which a store of a-b makes too; choose another name'],
  ])('%s', (_, accepted, refused, problem) => {
    expect(linesOf(fleetProblems(accepted))).toEqual([]);
    expect(linesOf(fleetProblems(refused))).toEqual([problem]);
  });

  test('there are any', () => {
    expect(refusalOf('PLATFORM_INVALID', () => checkFleet([]))).toEqual(['services: is empty, expected at least one service']);
  });
});

test('circles are made with contracts', () => {
  const back = shop.contract({ name: 'api', ports: { web: http(8080) } });
  const services = [calling('api', { ports: { web: http(8080) } }), orders({ calls: { api: shop.to(back, 'web') } })];
  expect(fleetProblems(services)).toEqual([]);
  expect(callersOf('api', services.map(service => settleService(service, 'dev')))).toEqual([{ name: 'orders', namespace: 'shop', port: 'web' }]);
});
