import { definePlatform, grpc, http, runtimeConfigOf, settleService, type Exposure, type MicroserviceSpec } from '../../src/spec';
import { accessOf } from '../../src/spec/access';
import { contractDocumentOf } from '../../src/spec/contract';
import { descriptionOf, descriptionProblems, parseDescription } from '../../src/spec/description';
import { fleetProblems } from '../../src/spec/fleet';
import { linesOf, refusalOf } from '../support/problems';
import { minimal, shop } from '../support/shop';

const widened = (service: unknown) => service as MicroserviceSpec;
const orders = (more: object = {}) => widened(shop.microservice({ ...minimal, name: 'orders', ports: { web: http(8080), rpc: grpc(9000) }, ...more }));
const exported = (...services: readonly MicroserviceSpec[]) => contractDocumentOf(services);

/** Another platform, some of whose environments are named like those of the shop. */
const bank = definePlatform({
  name: 'bank',
  environments: {
    'dev': { kubernetes: '1.37', domain: 'dev.bank.example', namespace: 'money' },
    'production': { kubernetes: '1.37', domain: 'bank.example' },
    'production-eu': { extends: 'production', domain: 'eu.bank.example' },
  },
});
const imported = (document: unknown = exported(orders()), options?: { name?: string }) => bank.contractFrom(document, 'orders', options);
const calling = (contract = imported(), more: object = {}) => widened(bank.microservice({ ...minimal, name: 'ledger', calls: { orders: bank.to(contract, 'web', { timeoutMs: 700 }) }, ...more }));

describe('a contract', () => {
  test('has the ports of a service, and where it is in each environment', () => {
    expect(exported(orders())).toEqual({
      format: 'marty-msf/contract/v1',
      platform: 'shop',
      services: {
        orders: {
          ports: { web: { protocol: 'http', port: 8080 }, rpc: { protocol: 'grpc', port: 9000 } },
          environments: Object.fromEntries(['dev', 'production'].map(environment => [environment, {
            namespace: 'shop', service: 'orders', host: 'orders.shop.svc.cluster.local', labels: { 'app.kubernetes.io/instance': 'orders' },
          }])),
        },
      },
    });
  });

  test('has only environments in which the service can be called', () => {
    const { services } = exported(orders({ exposure: shop.per<Exposure>({ dev: 'none', production: 'cluster' }) }));
    expect(Object.keys(services.orders.environments)).toEqual(['production']);
  });

  test('has the live names and labels of a service that was taken over', () => {
    const { services } = exported(orders({ adopt: { selector: { app: 'orders' }, service: 'orders-v1' } }));
    expect(services.orders.environments.production).toEqual({ namespace: 'shop', service: 'orders-v1', host: 'orders-v1.shop.svc.cluster.local', labels: { app: 'orders' } });
  });

  test('is the same text whatever the order of services and ports', () => {
    const turned = widened(shop.microservice({ ...minimal, name: 'orders', ports: { rpc: grpc(9000), web: http(8080) } }));
    const [api, worker] = [widened(shop.microservice({ ...minimal, ports: { web: http(8080) } })), widened(shop.microservice({ ...minimal, name: 'mailer' }))];
    expect(JSON.stringify(exported(worker, turned, api))).toBe(JSON.stringify(exported(api, orders(), worker)));
  });
});

describe('a service of another repository', () => {
  test('is called at its address and let out to its pods, in each environment of its name', () => {
    for (const environment of ['dev', 'production']) {
      const settled = settleService(calling(), environment);
      expect(settled.calls.orders).toMatchObject({ host: 'orders.shop.svc.cluster.local', port: 8080, protocol: 'http', timeoutMs: 700 });
      expect(accessOf(settled, []).egress).toContainEqual({
        peer: { kind: 'pods', namespace: 'shop', labels: { 'app.kubernetes.io/instance': 'orders' } }, ports: [{ port: 8080, protocol: 'TCP' }],
      });
      expect(runtimeConfigOf(settled).calls.orders).toMatchObject({ service: 'orders', host: 'orders.shop.svc.cluster.local' });
    }
  });

  test('is not asked for among the services', () => {
    expect(fleetProblems([calling()])).toEqual([]);
  });

  test('cannot be called where it does not run, not even by an environment that extends one where it does', () => {
    expect(refusalOf('PLATFORM_INVALID', () => settleService(calling(), 'production-eu'))).toEqual([
      'ledger.calls.orders: calls orders of shop, which can be called in dev, production, not in production-eu; export its contract again when that has changed',
    ]);
  });

  test('has another name here where its own is taken', () => {
    const own = widened(bank.microservice({ ...minimal, name: 'orders', ports: { web: http(8081) } }));
    expect(linesOf(fleetProblems([own, calling()]))).toEqual(['ledger.calls.orders: calls orders of shop under a name that a service of this fleet has; give it another one: contractFrom(…, { name })']);
    const named = calling(imported(undefined, { name: 'shop-orders' }));
    expect(fleetProblems([own, named])).toEqual([]);
    expect(settleService(named, 'dev').calls.orders).toMatchObject({ service: 'shop-orders', host: 'orders.shop.svc.cluster.local' });
  });

  test('is one thing to all that call it', () => {
    const older = imported(exported(orders({ ports: { web: http(8081) } })));
    expect(linesOf(fleetProblems([calling(), calling(older, { name: 'cards' })]))).toEqual(['cards.calls.orders: describes orders otherwise than ledger does']);
  });

  test('stands in the JSON form of the fleet, which gives the same services again', () => {
    const document = JSON.parse(JSON.stringify(descriptionOf([calling()]))) as object;
    expect(document).toMatchObject({ externals: [], contracts: [{ name: 'orders', platform: 'shop', service: 'orders' }] });
    const [again] = parseDescription(document);
    expect(settleService(again, 'dev')).toEqual(settleService(calling(), 'dev'));
    const misspelt = JSON.parse(JSON.stringify(document).replace('"port":"web"', '"port":"wep"')) as object;
    expect(linesOf(descriptionProblems(misspelt))).toEqual(['services[0].calls.orders.port: is "wep", expected a port of orders: rpc, web']);
  });

  test('may stand in a document that says more than is known', () => {
    expect(settleService(calling(imported({ ...exported(orders()), since: 'next year' })), 'dev').calls.orders.port).toBe(8080);
  });
});

describe('a document is refused', () => {
  const whole = exported(orders());
  test.each<[string, unknown, readonly string[]]>([
    ['of another format', { ...whole, format: 'marty-msf/contract/v2' }, ['format: is "marty-msf/contract/v2", expected "marty-msf/contract/v1"']],
    ['that is none', 'orders', [': is "orders", expected an object']],
    ['without the service', { ...whole, services: { cards: whole.services.orders } }, ['services: has no orders, expected one of cards']],
    ['with everything that is wrong', { ...whole, platform: 'The Shop', services: { orders: { ports: { web: { protocol: 'smtp', port: 0 } }, environments: { dev: {} } } } }, [
      'platform: is "The Shop", expected a DNS label: lower case letters, digits and "-", beginning with a letter and not ending in "-"',
      'services.orders.ports.web.protocol: is "smtp", expected "http" or "grpc" or "tcp"',
      'services.orders.ports.web.port: is 0, expected a number of at least 1',
      ...['namespace', 'service', 'host'].map(field => `services.orders.environments.dev.${field}: is missing, expected a string`),
      'services.orders.environments.dev.labels: is missing, expected an object',
    ]],
    ['of another cluster', JSON.parse(JSON.stringify(whole).replaceAll('svc.cluster.local', 'svc.other')), ['dev', 'production'].map(environment => (
      `services.orders.environments.${environment}.host: is "orders.shop.svc.other", expected "orders.shop.svc.cluster.local" in the cluster of bank; if they are two clusters, describe it as external`))],
  ])('%s', (_, document, problems) => {
    expect(refusalOf('SPEC_INVALID', () => imported(document))).toEqual(problems);
  });

  test('when the name given to the service is none', () => {
    expect(refusalOf('SPEC_INVALID', () => imported(whole, { name: 'Orders' }))[0]).toMatch(/^name: is "Orders", expected a DNS label/);
  });

  test('when a call names a port that the contract does not have, whatever the compiler was told', () => {
    const port = 'grpc' as 'web';
    expect(refusalOf('SPEC_INVALID', () => bank.microservice({ ...minimal, calls: { orders: bank.to(imported(whole), port) } }))).toEqual(['calls.orders.port: is "grpc", expected a port of orders: rpc, web']);
  });
});
