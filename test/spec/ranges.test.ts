import { definePlatform, https, settleService, type EnvironmentInput, type MicroserviceSpec } from '../../src/spec';
import { problemsOf } from '../../src/spec/problems';
import { egressSchema, internetSchema } from '../../src/spec/ranges';
import { oneOf, renderPlatform } from '../support/manifests';
import { refusalOf, testPairs } from '../support/problems';
import { allFacts, minimal } from '../support/shop';

describe('ranges that everything may reach', () => {
  testPairs(input => problemsOf(egressSchema, input), [
    ['are not every address', [{ cidr: '10.0.0.0/8', ports: [53] }], [{ cidr: '0.0.0.0/0', ports: [53] }], '[0].cidr: is "0.0.0.0/0", which is every address; name the ranges that are meant'],
    ['are not every address of IPv6', [{ cidr: 'fd00::/8', ports: [53] }], [{ cidr: '::/0', ports: [53] }], '[0].cidr: is "::/0", which is every address; name the ranges that are meant'],
    ['have ports', [{ cidr: '10.0.0.0/8', ports: [53] }], [{ cidr: '10.0.0.0/8', ports: [] }], '[0].ports: is [], expected at least 1 entries'],
    ['have ports that exist', [{ cidr: '10.0.0.0/8', ports: [65_535] }], [{ cidr: '10.0.0.0/8', ports: [65_536] }], '[0].ports[0]: is 65536, expected a number of at most 65535'],
    ['are spoken to by TCP or UDP', [{ cidr: '10.0.0.0/8', ports: [53], protocols: ['UDP'] }], [{ cidr: '10.0.0.0/8', ports: [53], protocols: ['ICMP'] }], '[0].protocols[0]: is "ICMP", expected "TCP" or "UDP"'],
  ]);
});

describe('the internet', () => {
  testPairs(input => problemsOf(internetSchema, input), [
    ['is reached somehow', { addresses: 'both' }, { addresses: 'ipv5' }, 'addresses: is "ipv5", expected "ipv4" or "ipv6" or "both"'],
    ['leaves something', { except: ['10.0.0.0/8'] }, { except: ['::/0'] }, 'except[0]: is "::/0", which is every address; name the ranges that are meant'],
  ]);
});

const platformWith = (facts: Partial<EnvironmentInput>) => definePlatform({ name: 'shop', environments: { production: { ...allFacts, ...facts } } });

test('an exception stands beside the range that it is part of', () => {
  const shop = platformWith({ internet: { addresses: 'both', except: ['198.51.100.0/24', '2001:db8::/32'] } });
  const stripe = shop.external({ name: 'stripe', at: { host: 'api.stripe.com', cidrs: 'internet' }, ports: { api: https() } });
  const service = shop.microservice({ ...minimal, calls: { stripe: shop.to(stripe, 'api') } }) as unknown as MicroserviceSpec;
  const { manifests, text } = renderPlatform([service], 'production');
  const blocks = oneOf(manifests.filter(({ metadata }) => metadata.name === 'api'), 'NetworkPolicy').spec?.egress?.flatMap(({ to = [] }) => to.flatMap(({ ipBlock }) => ipBlock ?? []));
  expect(blocks).toEqual([
    { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '198.51.100.0/24'] },
    { cidr: '::/0', except: ['::1/128', 'fc00::/7', 'fe80::/10', '2001:db8::/32'] },
  ]);
  expect(() => text()).not.toThrow();
});

describe('something in the namespace of the platform that no service describes', () => {
  const inside = (more: object = {}) => ({ namespace: 'shop', ...more });
  const advice = 'the namespace of the platform, where nothing reaches pods that no service describes, but api needs it; '
    + 'run it in another namespace, describe it as a service, or say ownPolicy: true when a network policy of its own lets callers in';
  const run = (facts: Partial<EnvironmentInput>, input: object) => settleService(platformWith(facts).microservice({ ...minimal, ...input } as never) as unknown as MicroserviceSpec, 'production');
  const shop = platformWith({});
  const legacy = (at: object) => shop.external({ name: 'legacy', at: at as { namespace: string }, ports: { api: https() } });
  const topic = shop.topic('orders', { message: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } as never, key: 'id' as never });

  test.each<[string, string, (more: object) => unknown]>([
    ['a store', 'environments.production.stores.postgres.at.namespace', more => run({ stores: { postgres: { at: inside(more) } } }, { stores: { db: shop.postgres() } })],
    ['Kafka', 'environments.production.kafka.at.namespace', more => run({ kafka: { at: inside(more) } }, { produces: { placed: topic } })],
    ['an external thing', 'api.calls.legacy.at.namespace', more => run({}, { calls: { legacy: shop.to(legacy(inside(more)), 'api') } })],
  ])('%s is refused unless something lets callers in', (_, path, place) => {
    expect(refusalOf('PLATFORM_INVALID', () => place({}))).toEqual([`${path}: is "shop", ${advice}`]);
    expect(() => place({ ownPolicy: true })).not.toThrow();
  });

  test('is no matter to services that do not need it', () => {
    expect(() => run({ stores: { postgres: { at: inside() } } }, {})).not.toThrow();
  });
});
