import { z } from 'zod';
import { EksCluster, EksStack, Network, ServicesStack, defineCluster, type EksStackProps, type ServicesStackProps } from '../../../src/cloud/aws';
import { isMartyError } from '../../../src/errors';
import { definePlatform, secret } from '../../../src/spec';
import { account, smallCluster, testApp } from '../../support/cloud';

const shop = definePlatform({ name: 'shop', environments: { production: { kubernetes: '1.35', domain: 'shop.example' } } });
const placed = shop.topic('orders.placed', { message: z.object({ order: z.string() }), key: 'order' });
const orders = shop.microservice({
  name: 'orders', team: 'commerce', tier: 1, image: 'ghcr.io/acme/orders', stores: { db: shop.postgres(), receipts: shop.bucket() },
  secrets: { session: secret('shop/orders/session') }, produces: { placed },
});
const rotation = `arn:aws:lambda:eu-central-1:${account}:function:rotate`;
const parts = {
  account, region: 'eu-central-1', environment: 'production', role: `arn:aws:iam::${account}:role/infrastructure`,
  state: { bucket: 'acme-terraform', key: 'shop.tfstate', region: 'eu-central-1' }, tags: { owner: 'platform' },
  services: [orders],
  databases: { capacity: { min: 1, max: 8 }, backupDays: 14, each: { 'orders.db': { instances: 1 } } },
  buckets: { accessLogs: { 'eu-central-1': 'acme-logs', 'eu-west-1': 'acme-logs-west' }, replica: { region: 'eu-west-1' } },
  topics: { maxReceives: 4 },
  secrets: { rotation: { functionArn: rotation }, each: { 'shop/orders/session': { value: { length: 64 } } } },
  dns: { zones: { shop: { name: 'shop.example' }, old: { name: 'old.example', id: 'Z0123456789ABCDEFGHIJ' } }, certificates: { web: { zone: 'shop', domain: 'shop.example', alternativeNames: ['api.shop.example'] } } },
} as const satisfies Omit<EksStackProps, 'cluster' | 'network'>;
const whole = {
  ...parts,
  cluster: defineCluster({ ...smallCluster, apiClients: { vpn: '10.8.0.0/16' } }),
  network: { cidr: '10.20.0.0/16', zones: ['a', 'b'], tiers: { reporting: { place: 3 } }, internet: { nat: 'single', reason: 'images from ghcr.io' } },
  eks: { dnsZoneIds: ['Z0123456789ABCDEFGHIJ'], createServiceLinkedRole: true },
} as const satisfies EksStackProps;
const beside: ServicesStackProps = {
  ...parts,
  name: 'shop',
  cluster: EksCluster.fromIds({
    name: 'company', version: '1.35', endpoint: 'https://ABC.gr7.eu-central-1.eks.amazonaws.com', certificateAuthority: 'LS0tLS1CRUdJTg==', nodeSecurityGroupId: 'sg-0123456789abcdef0',
  }),
  network: Network.fromIds({
    vpcId: 'vpc-0123456789abcdef0', cidr: '10.40.0.0/16', internet: { ports: [443], reason: 'images from ghcr.io' },
    subnets: { private: { a: 'subnet-0123456789abcdef0' }, data: { a: 'subnet-0123456789abcdef2', b: 'subnet-0123456789abcdef3' } },
  }),
};
const kinds: Readonly<Record<string, (props: object) => object>> = {
  EksStack: props => new EksStack(testApp(), 'test', props as EksStackProps),
  ServicesStack: props => new ServicesStack(testApp(), 'test', props as ServicesStackProps),
};

/** What was made by us is whole, or not there. */
const isMade = (value: object) => ['platform', 'rangesOf', 'nodeSecurityGroupId'].some(key => key in value);
const placesIn = (value: unknown, at: readonly string[] = []): (readonly string[])[] => [
  ...at.length ? [at] : [], ...typeof value === 'object' && value !== null && !isMade(value) ? Object.entries(value).flatMap(([key, each]) => placesIn(each, [...at, key])) : [],
];
const changed = (value: unknown, [key, ...rest]: readonly string[], nonsense: unknown): unknown => {
  if (key === undefined) return nonsense;
  if (Array.isArray(value)) return value.map((each, index) => (String(index) === key ? changed(each, rest, nonsense) : each as unknown));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: changed(record[key], rest, nonsense) };
};
function thrownBy(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe.each([['EksStack', whole], ['ServicesStack', beside]] as const)('%s', (kind, props) => {
  const make = (given: unknown) => thrownBy(() => kinds[kind](given as object));

  test('is made of what is right', () => {
    expect(make(props)).toBeUndefined();
  });

  test('tells of nonsense anywhere, and never stumbles over it', () => {
    const tried = placesIn(props).filter(place => place.length === 1 || !(kind === 'EksStack' && place[0] in parts)).flatMap((place, index) => [undefined, null, 5, [], {}, [null]].filter((_, each) => each % 2 === index % 2).map(nonsense => ({ place, nonsense, error: make(changed(props, place, nonsense)) })));
    const stumbled = tried.filter(({ error }) => error !== undefined && !isMartyError(error));
    expect(stumbled.map(({ place, nonsense, error }) => `${place.join('.')} = ${JSON.stringify(nonsense)}: ${String(error)}`)).toEqual([]);
    expect(tried.filter(({ error }) => isMartyError(error, 'PROPS_INVALID')).length / tried.length).toBeGreaterThan(0.8);
  });

  test.each([undefined, null, 5, 'x', []])('made of %p, says so', nonsense => {
    expect(isMartyError(make(nonsense), 'PROPS_INVALID')).toBe(true);
  });

  test('names the property that was meant', () => {
    const { databases, ...rest } = props;
    expect(String(make({ ...rest, datebases: databases }))).toMatch(/datebases: is not a field that exists here; did you mean databases\?/);
  });

  test('tells at once what is wrong with it and with its parts', () => {
    const error = make({ ...props, account: 123456789012, tags: { '': 'nobody' }, state: 'S3', topics: { maxReceives: 0 }, databases: { backupDays: 0 } });
    expect(isMartyError(error) && error.problems.map(({ path }) => path.replace('""', ''))).toEqual(['account', 'state', 'tags.', 'databases.backupDays', 'topics.maxReceives']);
  });
});
