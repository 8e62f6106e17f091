import { peerOf, podsOf } from '../../src/spec/peers';
import type { Environment, Location } from '../../src/spec';

describe('a place, as a network policy can name it', () => {
  test.each<[string, Location, Environment['networkPolicies'], unknown]>([
    ['every pod of a namespace', { namespace: 'data' }, 'kubernetes', { kind: 'namespace', namespace: 'data' }],
    ['the pods with some labels', { namespace: 'data', labels: { app: 'pg' } }, 'kubernetes', { kind: 'pods', namespace: 'data', labels: { app: 'pg' } }],
    ['ranges of addresses', { host: 'a.example', cidrs: ['10.0.0.0/8'] }, 'calico', { kind: 'ranges', cidrs: ['10.0.0.0/8'], except: [] }],
    ['its host name where the network plugin can', { host: 'a.example', cidrs: ['10.0.0.0/8'] }, 'cilium', { kind: 'host', host: 'a.example' }],
    ['nothing where it cannot', { host: 'a.example' }, 'kubernetes', undefined],
  ])('is %s', (_, at, plugin, peer) => {
    expect(peerOf(at, 'a', plugin)).toEqual(peer);
  });

  test('is the internet without private ranges', () => {
    expect(peerOf({ host: 'a.example', cidrs: 'internet' }, 'a', 'kubernetes')).toMatchObject({ cidrs: ['0.0.0.0/0'], except: expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '192.168.0.0/16']) as unknown });
  });
});

test('the pods of a service are known by one label', () => {
  expect(podsOf('orders', 'shop')).toEqual({ kind: 'pods', namespace: 'shop', labels: { 'app.kubernetes.io/instance': 'orders' } });
});
