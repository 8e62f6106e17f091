import { z } from 'zod';
import { Microservice } from '../../src/charts';
import { definePlatform, http, secret, type MicroserviceSpec } from '../../src/spec';
import { inventoryOf, oneOf, renderChart } from '../support/manifests';
import { allFacts, minimal, shop } from '../support/shop';

const rendered = (service: object, environment: 'dev' | 'production' = 'production', callers: readonly { name: string; namespace: string; port: string }[] = []) => (
  renderChart(chart => new Microservice(chart, 'Microservice', { service: service as MicroserviceSpec, environment, version: '1.0.0', callers })));

describe('a service that says nothing but its name', () => {
  test('is everything that a worker needs', () => {
    expect(inventoryOf(rendered(shop.microservice(minimal)))).toEqual([
      'ConfigMap/api-config', // what its process reads
      'Deployment/api',
      'NetworkPolicy/api', // DNS and scraping, nothing else
      'PodDisruptionBudget/api', // drains leave all but one replica alone
      'Service/api', // health and metrics under one name
      'ServiceAccount/api', // an identity without rights
      'ServiceMonitor/api',
    ]);
  });

  test('can be reached at the management port alone', () => {
    expect(oneOf(rendered(shop.microservice(minimal)), 'Service').spec?.ports).toEqual([{ name: 'management', port: 9090, targetPort: 'management', protocol: 'TCP', appProtocol: 'http' }]);
  });
});

describe('a service becomes', () => {
  const inventoryWith = (fields: object) => inventoryOf(rendered(shop.microservice({ ...minimal, ...fields })));

  test.each<[string, object, object, string]>([
    ['an autoscaler where its scale is a range', { scale: { min: 2, max: 3 } }, { scale: { replicas: 2 } }, 'HorizontalPodAutoscaler/api'],
    ['a route where it is exposed', { ports: { web: http(8080) }, exposure: {} }, { ports: { web: http(8080) }, exposure: 'cluster' }, 'HTTPRoute/api'],
    ['an ExternalSecret where it has secrets', { secrets: { key: secret('a') } }, { secrets: {} }, 'ExternalSecret/api'],
    ['an ExternalSecret where it has stores', { stores: { db: shop.postgres() } }, { stores: {} }, 'ExternalSecret/api'],
    ['an ExternalSecret where it has topics', { produces: { placed: shop.topic('placed', { message: z.object({ id: z.string() }), key: 'id' }) } }, { produces: {} }, 'ExternalSecret/api'],
  ])('%s, and only there', (_, does, doesNot, object) => {
    expect(inventoryWith(does)).toContain(object);
    expect(inventoryWith(doesNot)).not.toContain(object);
  });

  test('a monitor only where there is a Prometheus', () => {
    const quiet = definePlatform({ name: 'shop', environments: { production: { ...allFacts, monitoring: 'none' } } });
    expect(inventoryOf(rendered(quiet.microservice(minimal)))).not.toContain('ServiceMonitor/api');
  });

  test('a policy by host name where the network plugin can match names', () => {
    const named = definePlatform({ name: 'shop', environments: { production: { ...allFacts, networkPolicies: 'cilium' } } });
    expect(inventoryOf(rendered(named.microservice({ ...minimal, stores: { cache: named.redis() } })))).toContain('CiliumNetworkPolicy/api-hosts');
  });
});

describe('the ports of a service', () => {
  const ports = { web: http(8080) };
  const names = (exposure: 'none' | 'cluster') => oneOf(rendered(shop.microservice({ ...minimal, ports, exposure })), 'Service').spec?.ports?.map(({ name }) => name);

  test('are those of its Service', () => {
    expect(names('cluster')).toEqual(['web', 'management']);
  });

  test('are nobody\'s when it is exposed to none', () => {
    expect(names('none')).toEqual(['management']);
  });
});

test('callers are let in', () => {
  const manifests = rendered(shop.microservice({ ...minimal, ports: { web: http(8080) } }), 'dev', [{ name: 'orders', namespace: 'elsewhere', port: 'web' }]);
  expect(oneOf(manifests, 'NetworkPolicy').spec?.ingress).toContainEqual({
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'elsewhere' } }, podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'orders' } } }],
    ports: [{ port: 8080, protocol: 'TCP' }],
  });
});

test('a route leads from the gateway to the port that is exposed', () => {
  const manifests = rendered(shop.microservice({ ...minimal, ports: { web: http(8080) }, exposure: { path: '/api', host: 'www.shop.example' } }));
  expect(oneOf(manifests, 'HTTPRoute').spec).toEqual({
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'gateways' }],
    hostnames: ['www.shop.example'],
    rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/api' } }], backendRefs: [{ group: '', kind: 'Service', name: 'api', port: 8080, weight: 1 }] }],
  });
});

test('secrets are fetched by reference, and no value stands anywhere', () => {
  const manifests = rendered(shop.microservice({ ...minimal, secrets: { key: secret('a/b', { property: 'c' }) } }));
  expect(oneOf(manifests, 'ExternalSecret').spec).toMatchObject({
    secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
    target: { name: 'api-secrets' },
    data: [{ secretKey: 'secrets.key', remoteRef: { key: 'a/b', property: 'c' } }],
  });
});
