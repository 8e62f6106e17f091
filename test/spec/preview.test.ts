import { exampleFleets } from '../support/examples';
import { delivered, rendered, source } from '../support/delivered';
import { allFacts } from '../support/shop';
import { definePlatform, http, previewOf, type MicroserviceSpec } from '../../src/spec';
import { renderEnvironment } from '../../src/testing';

const [petstore] = exampleFleets().filter(({ name }) => name === 'petstore');
const preview = previewOf(petstore.services, { of: 'orders', name: 'pr-42', environment: 'dev', ttlHours: 48 });
const inPreview = (options: Partial<Parameters<typeof previewOf>[1]>) => previewOf(petstore.services, { of: 'orders', name: 'pr-42', environment: 'dev', ...options });

describe('a preview', () => {
  const { services, environment } = preview;
  const { all, get } = renderEnvironment(services, environment);

  test('holds a service and all that it calls, and nobody else', () => {
    expect(services.map(({ name }) => name)).toEqual(['orders', 'payments']);
    expect(inPreview({ of: ['gateway'] }).services.map(({ name }) => name)).toEqual(['gateway', 'orders', 'payments', 'pets', 'users', 'search']);
  });

  test('is in a namespace of its own, and of the whole cluster has nothing that another environment has', () => {
    expect([...new Set(all().map(({ metadata: { namespace } }) => namespace).filter(Boolean))]).toEqual(['petstore-pr-42']);
    const others = renderEnvironment(petstore.services, 'dev').all().filter(({ metadata: { namespace } }) => !namespace).map(({ kind, metadata: { name } }) => `${kind}/${name}`);
    expect(all().filter(({ metadata: { namespace } }) => !namespace).map(({ kind, metadata: { name } }) => `${kind}/${name}`).filter(id => others.includes(id))).toEqual([]);
  });

  test('reaches the stores of the environment that it is like', () => {
    const { data = {} } = get('ConfigMap', 'orders');
    expect(Object.values(data).join()).toContain('postgres.databases.svc.cluster.local');
    expect(Object.values(data).join()).toContain('payments.petstore-pr-42.svc.cluster.local');
  });

  test('says when it may go, for people and for whoever cleans up', () => {
    const objects = rendered(services, ['pr-42'], { ttlHours: 48 });
    const namespace = objects.find(({ manifest }) => manifest.kind === 'Namespace');
    expect(namespace?.text).toContain('janitor/ttl: 48h');
    expect(namespace?.text).toContain('marty-msf/ttl: 48h');
    expect(objects.map(({ folder }) => folder.split('/')[0])).toEqual(objects.map(() => 'pr-42'));
  });

  test('goes with what delivers it', () => {
    const objects = rendered(services, ['pr-42'], { ttlHours: 48 });
    const [application] = delivered(objects, { tool: 'argo-cd', ...source }).delivering.filter(({ metadata }) => metadata.name === 'petstore.pr-42.orders');
    expect(application.metadata.finalizers).toHaveLength(1);
  });

  test('runs no migration in stores that are not its own, unless it is told to', () => {
    const jobs = (migrations: boolean) => renderEnvironment(inPreview({ of: 'users', migrations }).services, 'pr-42').all('Job').length;
    expect([jobs(false), jobs(true)]).toEqual([0, 1]);
  });

  test('answers under hosts of its own', () => {
    const { services: exposed } = inPreview({ of: 'gateway', environment: 'production' });
    expect(renderEnvironment(exposed, 'pr-42').get('HTTPRoute', 'gateway').spec?.hostnames).toEqual(['gateway.pr-42.petstore.example']);
  });
});

test('a preview calls services of other repositories where the environment does that it is like', () => {
  const platform = definePlatform({ name: 'bank', environments: { dev: allFacts } });
  const offer = { ports: { http: http(80) }, environments: { dev: { namespace: 'shop', service: 'orders', host: 'orders.shop.svc.cluster.local', labels: { app: 'orders' } } } };
  const orders = platform.contractFrom({ format: 'marty-msf/contract/v1', platform: 'shop', services: { orders: offer } } as const, 'orders');
  const ledger = platform.microservice({ name: 'ledger', team: 'money', image: 'ghcr.io/bank/ledger', calls: { orders: platform.to(orders, 'http') } }) as unknown as MicroserviceSpec;
  const { services } = previewOf([ledger], { of: 'ledger', name: 'pr-1', environment: 'dev' });
  const { data = {} } = renderEnvironment(services, 'pr-1').get('ConfigMap', 'ledger');
  expect(Object.values(data).join()).toContain('orders.shop.svc.cluster.local');
});

test.each([
  [{ of: 'order' }, 'of: is "order", expected one of gateway, orders, payments, notifications, pets, users, search, reports; did you mean orders?'],
  [{ environment: 'def' }, 'environment: is "def", expected one of dev, staging, production, production-eu; did you mean dev?'],
  [{ name: 'staging' }, 'name: is "staging", which is an environment already'],
  [{ name: 'PR_42' }, 'name: is "PR_42", expected a DNS label'],
  [{ ttlHours: 0 }, 'ttlHours: is 0, expected'],
])('%j is refused', (options, message) => {
  expect(() => inPreview(options)).toThrow(message);
});

test('an object that names its namespace is refused, since the environment has it already', () => {
  const platform = definePlatform({ name: 'bank', environments: { dev: allFacts } });
  const objects = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'rates', namespace: 'bank' } }];
  const ledger = platform.microservice({ name: 'ledger', team: 'money', image: 'ghcr.io/bank/ledger', objects }) as unknown as MicroserviceSpec;
  expect(() => previewOf([ledger], { of: 'ledger', name: 'pr-1', environment: 'dev' })).toThrow('ledger.objects: holds ConfigMap rates in the namespace bank');
});
