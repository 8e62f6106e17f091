import { clusterPeersOf, peerOf, podsOf } from '../../src/spec/peers';
import { internetSchema } from '../../src/spec/ranges';
import type { Environment, Location } from '../../src/spec';

describe('a place, as a network policy can name it', () => {
  test.each<[string, Location, Environment['networkPolicies'], unknown]>([
    ['every pod of a namespace', { namespace: 'data' }, 'kubernetes', { kind: 'namespace', namespace: 'data' }],
    ['the pods with some labels', { namespace: 'data', labels: { app: 'pg' } }, 'kubernetes', { kind: 'pods', namespace: 'data', labels: { app: 'pg' } }],
    ['ranges of addresses', { host: 'a.example', cidrs: ['10.0.0.0/8'] }, 'calico', { kind: 'ranges', cidrs: ['10.0.0.0/8'], except: [] }],
    ['its host name where the network plugin can', { host: 'a.example', cidrs: ['10.0.0.0/8'] }, 'cilium', { kind: 'host', host: 'a.example' }],
    ['nothing where it cannot', { host: 'a.example' }, 'kubernetes', undefined],
  ])('is %s', (_, at, plugin, peer) => {
    expect(peerOf(at, { networkPolicies: plugin, internet: internetSchema.parse({}) })).toEqual(peer);
  });

  const internet = (input: object) => peerOf({ host: 'a.example', cidrs: 'internet' }, { networkPolicies: 'kubernetes', internet: internetSchema.parse(input) });
  const usual = ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];
  const six = ['::1/128', 'fc00::/7', 'fe80::/10'];

  test.each([
    ['is the internet without private ranges and the metadata of clouds', {}, ['0.0.0.0/0'], usual],
    ['is the internet of IPv6 where that is how it is reached', { addresses: 'ipv6' }, ['::/0'], six],
    ['is the internet of both', { addresses: 'both' }, ['0.0.0.0/0', '::/0'], [...usual, ...six]],
    ['is the internet without ranges of one\'s own', { except: ['168.63.129.16/32'] }, ['0.0.0.0/0'], [...usual, '168.63.129.16/32']],
    ['leaves out ranges of the other kind of address', { except: ['2001:db8::/32'] }, ['0.0.0.0/0'], usual],
  ])('%s', (_, input, cidrs, except) => {
    expect(internet(input)).toEqual({ kind: 'ranges', cidrs, except });
  });
});

test('a place that sends clients on to others is known by name and by its addresses, where both can be', () => {
  const facts = { networkPolicies: 'cilium', internet: internetSchema.parse({}) } as const;
  const [name, addresses] = [{ kind: 'host', host: 'a.example' }, { kind: 'ranges', cidrs: ['10.0.0.0/8'], except: [] }];
  const both = { host: 'a.example', cidrs: ['10.0.0.0/8'] };
  expect(clusterPeersOf(both, facts)).toEqual([name, addresses]);
  expect(clusterPeersOf(both, { ...facts, networkPolicies: 'calico' })).toEqual([addresses]);
  expect(clusterPeersOf({ host: 'a.example' }, facts)).toEqual([name]);
  expect(clusterPeersOf({ host: 'a.example' }, { ...facts, networkPolicies: 'calico' })).toEqual([]);
  expect(clusterPeersOf({ namespace: 'data' }, facts)).toEqual([{ kind: 'namespace', namespace: 'data' }]);
});

test('the pods of a service are known by one label', () => {
  expect(podsOf('orders', 'shop')).toEqual({ kind: 'pods', namespace: 'shop', labels: { 'app.kubernetes.io/instance': 'orders' } });
});
