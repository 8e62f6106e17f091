import { http } from '../../src/spec';
import { minimal, problemsWith, shop } from '../support/shop';
import { refusalOf, testPairs } from '../support/problems';

const call = (more: object = {}) => ({ calls: { orders: { service: 'orders', port: 'web', ...more } } });

describe('a call', () => {
  testPairs(fields => problemsWith(fields as object), [
    ['is given up after a millisecond at least', call({ timeoutMs: 1 }), call({ timeoutMs: 0 }), 'calls.orders.timeoutMs: is 0, expected a number of at least 1'],
    ['is given up after ten minutes at most', call({ timeoutMs: 600_000 }), call({ timeoutMs: 600_001 }), 'calls.orders.timeoutMs: is 600001, expected a number of at most 600000'],
    ['is not tried again yet', call(), call({ retries: { attempts: 3 } }), 'calls.orders.retries: is not translated yet; remove it, and retry in the caller until it is'],
    ['is not refused by itself yet', call(), call({ circuitBreaker: 'off' }), 'calls.orders.circuitBreaker: is not translated yet; remove it'],
    ['names the port', call(), { calls: { orders: { service: 'orders' } } }, 'calls.orders.port: is missing, expected a string'],
    ['has a name in camelCase', call(), { calls: { 'the-orders': call().calls.orders } }, 'calls.the-orders: is no usable name, expected a name in camelCase: letters and digits, beginning with a lower case letter'],
  ]);

  const orders = shop.contract({ name: 'orders', ports: { web: http(8080) } });
  test.each(['wbe', 'constructor'])('to the port %s that does not exist is refused where compilers do not look', port => {
    expect(refusalOf('SPEC_INVALID', () => shop.microservice({ ...minimal, calls: { orders: shop.to(orders, port as never) as never } }))).toEqual([`calls.orders.port: is "${port}", expected a port of orders: web`]);
  });

  test('to nothing is refused', () => {
    expect(refusalOf('SPEC_INVALID', () => shop.microservice({ ...minimal, calls: { orders: shop.to(undefined as never, 'web' as never) as never } }))).toContain('calls.orders.service: is missing, expected a string');
  });
});
