import { definePlatform, grpc, http, tcp } from '../../src/spec';
import { contractDocumentOf } from '../../src/spec/contract';
import { descriptionOf, parseDescription } from '../../src/spec/description';
import { fleetProblems } from '../../src/spec/fleet';
import { settleService } from '../../src/spec/settle';
import { allOf, inventoryOf, manifestsIn, oneOf, renderPlatform } from '../support/manifests';
import { linesOf, refusalOf, testPairs } from '../support/problems';
import { problemsWith, shop } from '../support/shop';
import type { MicroserviceSpec } from '../../src/spec';

const { per, to } = shop;
const selector = { 'app': 'orders', 'app.kubernetes.io/instance': 'live' };
const adopt = { name: 'orders-v1', service: 'orders-svc', container: 'main', selector } as const;
const orders = shop.microservice({ name: 'orders', team: 'commerce', image: 'ghcr.io/shop/orders', ports: { http: http(8080) }, scale: { min: 2, max: 4 }, exposure: per({ dev: 'cluster', production: {} }), adopt });
const web = shop.microservice({ name: 'web', team: 'web', image: 'ghcr.io/shop/web', calls: { orders: to(orders, 'http') } });
const render = (services: readonly MicroserviceSpec[], environment = 'production') => manifestsIn(renderPlatform(services, environment).text()).filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name']);
const policyOf = (services: readonly MicroserviceSpec[], name: string) => oneOf(render(services), 'NetworkPolicy', name).spec;
const toOrders = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: selector } }];

describe('a service that adopts a live workload', () => {
  const manifests = render([orders]);

  test('keeps the names of what runs, and has its own for the rest', () => {
    expect(inventoryOf(manifests)).toEqual([
      'ConfigMap/orders-config', 'Deployment/orders-v1', 'HTTPRoute/orders', 'HorizontalPodAutoscaler/orders', 'NetworkPolicy/orders', 'PodDisruptionBudget/orders',
      'Service/orders-svc', 'ServiceAccount/orders', 'ServiceMonitor/orders',
    ]);
    const { spec } = oneOf(manifests, 'Deployment');
    expect(spec?.template.spec?.containers.map(({ name }) => name)).toEqual(['main']);
    expect(oneOf(manifests, 'HorizontalPodAutoscaler').spec?.scaleTargetRef.name).toBe('orders-v1');
    expect(oneOf(manifests, 'HTTPRoute').spec.rules?.[0].backendRefs?.[0].name).toBe('orders-svc');
  });

  test('selects by the live labels everywhere, and its pods carry the standard ones besides', () => {
    const { spec } = oneOf(manifests, 'Deployment');
    expect(spec?.selector).toEqual({ matchLabels: selector });
    expect(spec?.template.metadata?.labels).toMatchObject({ ...selector, 'app.kubernetes.io/name': 'orders', 'team': 'commerce' });
    const spread = spec?.template.spec?.topologySpreadConstraints?.map(({ labelSelector }) => labelSelector);
    expect(spread).toEqual([{ matchLabels: selector }, { matchLabels: selector }]);
    expect(oneOf(manifests, 'Service').spec?.selector).toEqual(selector);
    expect(oneOf(manifests, 'PodDisruptionBudget').spec?.selector).toEqual({ matchLabels: selector });
    expect(oneOf(manifests, 'NetworkPolicy').spec?.podSelector).toEqual({ matchLabels: selector });
    expect(oneOf(manifests, 'ServiceMonitor').spec.selector).toEqual({ matchLabels: selector });
    expect(oneOf(manifests, 'Service').metadata.labels).toMatchObject(selector);
  });

  test('is reached through its Service by others, whose policies select its pods by the live labels', () => {
    const both = [orders, web];
    expect(policyOf(both, 'web')?.egress).toContainEqual({ to: toOrders, ports: [{ port: 8080, protocol: 'TCP' }] });
    const { data } = oneOf(render(both), 'ConfigMap', 'web-config');
    expect(data?.['runtime.json']).toContain('"host": "orders-svc.shop.svc.cluster.local"');
  });

  test('is let in by those that it calls', () => {
    const stock = shop.microservice({ name: 'stock', team: 'web', image: 'ghcr.io/shop/stock', ports: { http: http(8080) } });
    const caller = shop.microservice({ name: 'orders', team: 'commerce', image: 'ghcr.io/shop/orders', adopt, calls: { stock: to(stock, 'http') } });
    expect(policyOf([stock, caller], 'stock')?.ingress).toContainEqual({ from: toOrders, ports: [{ port: 8080, protocol: 'TCP' }] });
  });

  test('may do so in one environment only', () => {
    const service = shop.microservice({ name: 'orders', team: 'commerce', image: 'ghcr.io/shop/orders', adopt: per({ dev: 'none', production: { selector: { app: 'orders' } } }) });
    expect(oneOf(render([service], 'dev'), 'Deployment').spec?.selector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'orders' } });
    expect(oneOf(render([service]), 'Deployment').spec?.selector).toEqual({ matchLabels: { app: 'orders' } });
  });

  test('reads the same from JSON, its callers too', () => {
    const again = parseDescription(JSON.parse(JSON.stringify(descriptionOf([orders, web]))));
    expect(renderPlatform(again, 'production').text()).toBe(renderPlatform([orders, web], 'production').text());
  });
});

describe('the ports of a live Service', () => {
  const live = { ...adopt, servicePorts: { http: 80 } } as const;
  const numbered = shop.microservice({ name: 'orders', team: 'commerce', image: 'ghcr.io/shop/orders', ports: { http: http(8080) }, exposure: per({ dev: 'cluster', production: {} }), adopt: live });
  const caller = shop.microservice({ name: 'web', team: 'web', image: 'ghcr.io/shop/web', calls: { orders: to(numbered, 'http') } });
  const both = [numbered, caller];

  test('keep their numbers, by which others reach them from inside and outside', () => {
    expect(oneOf(render(both), 'Service', 'orders-svc').spec?.ports).toContainEqual({ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' });
    expect(oneOf(render(both), 'HTTPRoute').spec.rules?.[0].backendRefs?.[0].port).toBe(80);
    expect(JSON.parse(oneOf(render(both), 'ConfigMap', 'web-config').data?.['runtime.json'] ?? '')).toMatchObject({ calls: { orders: { host: 'orders-svc.shop.svc.cluster.local', port: 80 } } });
  });

  test('are not what policies go by, which see the pods', () => {
    expect(policyOf(both, 'web')?.egress).toContainEqual({ to: toOrders, ports: [{ port: 8080, protocol: 'TCP' }] });
    expect(policyOf(both, 'orders')?.ingress).toContainEqual({ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } } }], ports: [{ port: 8080, protocol: 'TCP' }] });
  });

  test('are told to other repositories', () => {
    const document = contractDocumentOf([numbered]);
    expect(document.services.orders.environments.production.servicePorts).toEqual({ http: 80 });
    const abroad = definePlatform({ name: 'abroad', environments: { production: { kubernetes: '1.37', domain: 'abroad.example' } } });
    const foreign = abroad.microservice({ name: 'far', team: 'web', image: 'ghcr.io/abroad/far', calls: { orders: abroad.to(abroad.contractFrom(document, 'orders'), 'http') } });
    expect(settleService(foreign, 'production').calls.orders).toMatchObject({ port: 80, podPort: 8080 });
  });

  testPairs(servicePorts => problemsWith({ ports: { http: http(8080), rpc: grpc(9000) }, adopt: { selector: { app: 'a' }, servicePorts } }), [
    ['a port that is there', { http: 80 }, { htp: 80 }, 'adopt.servicePorts.htp: is the number of no port, expected one of http, rpc'],
    ['a number of its own', { http: 80 }, { http: 9000 }, 'adopt.servicePorts.http: is 9000, which another port of the Service has; the numbers of a Service differ'],
    ['a number', { http: 65535 }, { http: 65536 }, 'adopt.servicePorts.http: is 65536, expected a number of at most 65535'],
  ]);
  testPairs(servicePorts => problemsWith({ workload: { kind: 'stateful' }, ports: { http: http(8080) }, adopt: { selector: { app: 'a' }, headless: 'api', servicePorts } }), [
    ['nothing of a headless Service', {}, { http: 80 }, 'adopt.servicePorts.http: means nothing for a Service that is headless, where callers reach the ports of the pods; remove it'],
  ]);
});

describe('a contract', () => {
  const contract = shop.contract({ name: 'orders', ports: { http: http(8080) }, adopt });
  const caller = (target: typeof contract) => shop.microservice({ name: 'web', team: 'web', image: 'ghcr.io/shop/web', calls: { orders: to(target, 'http') } });

  test('says what the service behind it adopts', () => {
    const behind = shop.implement(contract, { team: 'commerce', image: 'ghcr.io/shop/orders' });
    expect(policyOf([behind, caller(contract)], 'web')?.egress).toContainEqual({ to: toOrders, ports: [{ port: 8080, protocol: 'TCP' }] });
  });

  test('that does not is refused', () => {
    const silent = shop.contract({ name: 'orders', ports: { http: http(8080) } });
    expect(linesOf(fleetProblems([orders, caller(silent)]))).toEqual(['web.calls.orders: relies on a contract with orders that does not say the same under adopt as orders does']);
    expect(linesOf(fleetProblems([orders, caller(contract)]))).toEqual([]);
  });
});

describe('services beside each other', () => {
  const beside = (labels: Record<string, string>, names: object = {}) => {
    const other = shop.microservice({ name: 'other', team: 'web', image: 'ghcr.io/shop/other', adopt: { selector: labels, ...names } });
    return () => render([orders, other]);
  };

  test.each([
    ['take pods of each other', { team: 'commerce' }, {}, ['other.adopt.selector: selects the pods of orders too, expected labels that only its own pods have']],
    ['have one workload', { app: 'other' }, { name: 'orders-v1' }, ['orders.adopt: gives the workload the name orders-v1, which that of other has']],
    ['have one Service', { app: 'other' }, { service: 'orders-svc' }, ['orders.adopt: gives the service the name orders-svc, which that of other has']],
  ])('must not %s', (_, labels, names, problems) => {
    expect(refusalOf('PLATFORM_INVALID', beside(labels, names))).toEqual(problems);
    expect(allOf(beside({ app: 'other' })(), 'Deployment')).toHaveLength(2);
  });
});

describe('replicas with data', () => {
  const live = { selector: { app: 'cassandra' }, headless: 'cassandra', claims: { data: 'cassandra-data' } };
  const volumes = { data: { kind: 'claim' as const, at: '/data', sizeGiB: 1 } };
  const described = (taken: object) => shop.microservice({
    name: 'cassandra', team: 'db', image: 'cassandra', ports: { cql: tcp(9042) }, workload: { kind: 'stateful' }, volumes, adopt: taken as typeof live,
  });

  test('keep their claims and their addresses', () => {
    const { spec } = oneOf(render([described(live)]), 'StatefulSet');
    expect(spec.serviceName).toBe('cassandra');
    expect(spec.volumeClaimTemplates?.map(({ metadata }) => metadata?.name)).toEqual(['cassandra-data']);
    expect(spec.template.spec?.containers[0].volumeMounts).toContainEqual({ name: 'cassandra-data', mountPath: '/data' });
  });

  test('have one Service where the live one is both, and two where they are two', () => {
    const services = (taken: object) => allOf(render([described(taken)]), 'Service').map(({ metadata, spec }) => [metadata.name, spec?.clusterIP ?? 'one of its own']);
    expect(services(live)).toEqual([['cassandra', 'None']]);
    expect(services({ ...live, headless: 'cassandra-ring' })).toEqual([['cassandra-ring', 'None'], ['cassandra', 'one of its own']]);
  });

  test('share a claim that lives where they are no StatefulSet', () => {
    const shared = shop.microservice({
      name: 'files', team: 'db', image: 'files', volumes: { data: { ...volumes.data, access: 'many' } }, adopt: { selector: { app: 'files' }, claims: { data: 'files-v1' } },
    });
    expect(oneOf(render([shared]), 'PersistentVolumeClaim').metadata.name).toBe('files-v1');
  });

  testPairs(taken => problemsWith({ workload: { kind: 'stateful' }, volumes, adopt: { selector: { app: 'a' }, ...(taken as object) } }), [
    ['claims of volumes there are', { claims: { data: 'live' } }, { claims: { dta: 'live' } }, 'adopt.claims.dta: is the claim of no volume, expected one of data'],
    ['claims that leave our volumes alone', { claims: { data: 'live' } }, { claims: { data: 'tmp' } }, 'adopt.claims.data: is "tmp", which is the name of a volume that every pod has; rename the claim template first'],
    ['claim templates that are labels', { claims: { data: 'live' } }, { claims: { data: 'li.ve' } }, 'adopt.claims.data: is "li.ve", expected a DNS label, which the name of a claim template has to be'],
  ]);
  testPairs(taken => problemsWith({ adopt: { selector: { app: 'a' }, ...(taken as object) } }), [
    ['addresses of their own', {}, { headless: 'a' }, 'adopt.headless: means nothing for a deployment, whose replicas have no addresses of their own; remove it'],
  ]);
});

testPairs(value => problemsWith({ adopt: value }), [
  ['a selector', { selector: { app: 'a' } }, { selector: {} }, 'adopt.selector: is {}, which is empty, expected the labels in spec.selector.matchLabels of the live workload'],
  ['a name', { selector: { app: 'a' }, name: 'a.b' }, { selector: { app: 'a' }, name: 'A' }, 'adopt.name: is "A", expected the name of a Kubernetes object'],
  ['a container', { selector: { app: 'a' }, container: '0a' }, { selector: { app: 'a' }, container: 'a.b' }, 'adopt.container: is "a.b", expected the name of a container'],
  ['a field', { selector: { app: 'a' } }, { selector: { app: 'a' }, kind: 'Deployment' }, 'adopt.kind: is not a field that exists here'],
]);
