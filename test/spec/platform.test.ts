import { z } from 'zod';
import { definePlatform, http } from '../../src/spec';
import { refusalOf } from '../support/problems';
import { minimal, shop } from '../support/shop';

describe('a platform', () => {
  test('with mistakes is refused with all of them', () => {
    expect(refusalOf('SPEC_INVALID', () => definePlatform({ name: 'Shop', environments: { dev: { kubernetes: '1.20' as never, domain: 'a' } } })).map(line => line.split(':')[0])).toEqual(['name', 'environments.dev.kubernetes']);
  });

  test('does not change when what it was made from does', () => {
    const input = { name: 'shop', environments: { dev: { kubernetes: '1.37' as const, domain: 'a.example' } } };
    const platform = definePlatform(input);
    input.environments.dev.domain = 'b.example';
    expect(platform.environments.dev).toMatchObject({ domain: 'a.example' });
  });

  test('names its environments', () => {
    expect(shop.environmentNames).toEqual(['dev', 'production']);
  });
});

describe('a topic', () => {
  const message = z.object({ id: z.string() });

  test('has defaults', () => {
    expect(shop.topic('placed', { message, key: 'id' })).toMatchObject({ name: 'placed', key: 'id', partitions: 3, producedElsewhere: false });
  });

  test.each([
    ['a name that Kafka does not allow', () => shop.topic('a b', { message, key: 'id' }), 'name: is "a b", expected letters, digits, ".", "_" and "-"'],
    ['a name of dots', () => shop.topic('..', { message, key: 'id' }), 'name: is "..", which is no name that Kafka allows'],
    ['no partition', () => shop.topic('a', { message, key: 'id', partitions: 0 }), 'partitions: is 0, expected a number of at least 1'],
    ['partitions for an environment that is none', () => shop.topic('a', { message, key: 'id', partitions: { perEnvironment: { default: 3, nowhere: 4 } } as never }), 'partitions.perEnvironment.nowhere: is no environment, expected one of dev, production or default'],
    ['a field that does not exist', () => shop.topic('a', { message, key: 'id', replicas: 3 } as never), 'replicas: is not a field that exists here'],
  ])('with %s is refused', (_, define, problem) => {
    expect(refusalOf('SPEC_INVALID', define)).toEqual([problem]);
  });
});

describe('something external', () => {
  test.each([
    ['a host that is an address', () => shop.external({ name: 'stripe', at: { host: '10.0.0.1' }, ports: { api: http(443) } }), 'at.host: is "10.0.0.1", which is an address, expected a host name; an address goes into `cidrs`'],
    ['no range of addresses', () => shop.external({ name: 'stripe', at: { host: 'a.example', cidrs: [] }, ports: { api: http(443) } }), expect.stringContaining('at.cidrs')],
    ['a name that is no label', () => shop.external({ name: 'Stripe', at: { namespace: 'a' }, ports: {} }), expect.stringContaining('name: is "Stripe"')],
  ])('with %s is refused', (_, define, problem) => {
    expect(refusalOf('SPEC_INVALID', define)).toEqual([problem]);
  });
});

describe('a contract', () => {
  const contract = shop.contract({ name: 'orders', ports: { web: http(8080) } });

  test('gives name and ports to the service that implements it', () => {
    const { team, image } = minimal;
    expect(shop.implement(contract, { team, image }).data).toMatchObject({ name: 'orders', ports: { web: { protocol: 'http', port: 8080 } } });
  });

  test('has a name that a service can have', () => {
    expect(refusalOf('SPEC_INVALID', () => shop.contract({ name: 'constructor', ports: {} }))).toEqual(['name: is "constructor", which is a word that every JavaScript object knows; choose another name']);
  });
});
