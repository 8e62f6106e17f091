import { z } from 'zod';
import { parseAllDocuments } from 'yaml';
import { catalogOf, type Entity } from '../../src/cli/catalog/entities';
import { filesOf } from '../../src/cli/catalog/files';
import { catalogResultSchema } from '../../src/cli/catalog/result';
import { schemas } from '../../src/cli/schemas';
import { parseDescription } from '../../src/spec/description';
import { fleetsOf, fullFleet } from '../support/arbitrary-fleet';
import { exampleFleets } from '../support/examples';
import { contentOf, emptyFolder, martyHere, petstore, removeFolders } from './_world';

afterAll(removeFolders);

const [{ services }] = exampleFleets().filter(({ name }) => name === 'petstore');
const all = (fleet = services): Entity[] => {
  const catalog = catalogOf(fleet);
  return [...catalog.shared, ...Object.values(catalog.services).flat()];
};
const named = (kind: Entity['kind'], name: string) => all().find(entity => entity.kind === kind && entity.metadata.name === name) as Entity;
const idOf = ({ kind, metadata }: Entity) => `${kind.toLowerCase()}:default/${metadata.name}`;

describe('the catalogue of the petstore', () => {
  test('has the entities of its services, and those that they share', () => {
    const { shared, services: own } = catalogOf(services);
    expect(shared.map(idOf)).toEqual(['system:default/petstore', 'resource:default/topic.orders.placed', 'resource:default/stripe']);
    expect(own.orders.map(idOf)).toEqual(['component:default/orders', 'api:default/orders.http', 'resource:default/orders.db', 'resource:default/orders.cache']);
  });

  test('says of a component who answers for it, what it needs and what it offers', () => {
    expect(named('Component', 'orders').spec).toEqual({
      type: 'service', lifecycle: 'production', owner: 'group:default/commerce', system: 'petstore',
      dependsOn: ['component:default/payments', 'resource:default/orders.cache', 'resource:default/orders.db', 'resource:default/topic.orders.placed'],
      providesApis: ['orders.http'], consumesApis: ['payments.grpc'],
    });
    expect([named('Component', 'notifications').spec.type, named('Component', 'reports').spec.type]).toEqual(['worker', 'job']);
  });

  test('says of an API where it is in each environment', () => {
    const { definition } = named('API', 'orders.http').spec as { definition: string };
    expect(JSON.parse(definition)).toMatchObject({ openapi: '3.1.0', servers: expect.arrayContaining([{ url: 'http://orders.petstore.svc.cluster.local:8080', description: 'production' }]) as unknown, paths: {} });
    expect(named('API', 'payments.grpc').spec).toMatchObject({ type: 'grpc', definition: expect.stringContaining('// production: payments.petstore.svc.cluster.local:9000') as unknown });
  });

  test('is the same in whatever order services are described', () => {
    expect(all([...services].reverse())).toEqual(all());
  });

  test('changes only the files of a service and the one that leads to it when one is added', () => {
    const before = filesOf(catalogOf(services.filter(({ name }) => name !== 'search' && name !== 'pets' && name !== 'gateway')));
    const after = filesOf(catalogOf(services.filter(({ name }) => name !== 'pets' && name !== 'gateway')));
    expect([...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path)).toEqual(['catalog-info.yaml', 'search/catalog-info.yaml']);
  });
});

test('topics that are in AWS alone are topics of SNS', () => {
  const typeIn = (facts: object) => {
    const platform = { name: 'shop', environments: { dev: { kubernetes: '1.35', domain: 'a.example' }, production: { kubernetes: '1.35', domain: 'b.example', ...facts } } };
    const sender = { name: 'orders', team: 'a', tier: 1, image: 'ghcr.io/acme/orders', produces: { placed: 'placed' } };
    const document = { format: 'marty-msf/description/v1', platform, topics: [{ name: 'placed', key: 'id', message: {} }], services: [sender] };
    return all(parseDescription(document)).find(({ metadata: { title } }) => title === 'placed')?.spec.type;
  };
  expect(typeIn({ topics: { at: 'aws', region: 'eu-central-1', account: '123456789012', prefix: 'shop' } })).toBe('sns-topic');
  expect(typeIn({})).toBe('kafka-topic');
});

const fleets = [services, ...[fullFleet(), ...fleetsOf(7, 25)].map(parseDescription)];

test.each(fleets.map((fleet, index) => [index, fleet] as const))('fleet %d: names are taken once and are such that Backstage takes them, and what is referred to is there or another repository\'s', (_, fleet) => {
  const entities = all(fleet);
  const ids = entities.map(idOf);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(entities.filter(({ metadata: { name } }) => name.length > 63 || !/^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/.test(name))).toEqual([]);
  const foreign = new Set(fleet.flatMap(service => Object.values(service.targets)).flatMap(target => ('service' in target ? [`component:default/${String(target.service)}`] : [])));
  const referred = entities.flatMap(({ spec: { dependsOn = [] } }) => dependsOn as string[]);
  expect(referred.filter(id => !ids.includes(id) && !foreign.has(id))).toEqual([]);
});

describe('marty catalog', () => {
  const project = petstore();

  test('prints every entity as YAML, or as the JSON that its published schema describes', async () => {
    const { exit, out } = await martyHere(project, ['catalog']);
    expect(exit).toBe(0);
    expect(parseAllDocuments(out).map(document => document.toJS() as Entity)).toEqual(all());
    const json: unknown = JSON.parse((await martyHere(project, ['catalog', '--json'])).out);
    expect(z.safeParse(z.fromJSONSchema(schemas.catalog()), json).error).toBeUndefined();
    expect(json).toEqual({ entities: all() });
  });

  test('writes a file per service and one that leads to them, where they differ', async () => {
    const folder = emptyFolder();
    expect((await martyHere(project, ['catalog', '--out', folder, '--dry-run'])).err).toBe(`${folder}: 9 of 9 files would be written\n`);
    expect(contentOf(folder)).toEqual({});
    const { out } = await martyHere(project, ['catalog', '--out', folder, '--json']);
    expect(catalogResultSchema.parse(JSON.parse(out))).toMatchObject({ dryRun: false });
    const [location] = parseAllDocuments(contentOf(folder)['catalog-info.yaml']);
    const { targets } = (location.toJS() as Entity).spec as { targets: string[] };
    expect(targets.map(target => target.slice(2)).sort()).toEqual(Object.keys(contentOf(folder)).filter(path => path.includes('/')));
    expect((await martyHere(project, ['catalog', '--out', folder])).err).toBe(`${folder}: 0 of 9 files written\n`);
  });

  test.each([
    [['--dry-run'], '--dry-run needs --out'],
    [['--owner', 'a b'], '--owner is "a b", expected'],
  ])('refuses %j', async (args, message) => {
    const { exit, err } = await martyHere(project, ['catalog', ...args]);
    expect(exit).toBe(2);
    expect(err).toContain(message);
  });
});
