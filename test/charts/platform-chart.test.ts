import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App } from 'cdk8s';
import { PlatformChart } from '../../src/charts';
import { http, secret, type MicroserviceSpec } from '../../src/spec';
import { kubernetesVersionOf, placementOf } from '../../src/spec/placement';
import { inFolder } from '../support/folder';
import { allOf, inventoryOf, oneOf, renderPlatform } from '../support/manifests';
import { refusalOf } from '../support/problems';
import { minimal, shop } from '../support/shop';

const orders = shop.microservice({ ...minimal, name: 'orders', ports: { web: http(8080) } }) as unknown as MicroserviceSpec;
const api = shop.microservice({ ...minimal, calls: { orders: shop.to(shop.contract({ name: 'orders', ports: { web: http(8080) } }), 'web') } }) as unknown as MicroserviceSpec;

describe('a platform in an environment', () => {
  test('is what services share, and each service', () => {
    const { manifests } = renderPlatform([orders, api], 'dev');
    expect(inventoryOf(manifests).filter(name => !name.endsWith('/orders') && !name.startsWith('PriorityClass/'))).toEqual([
      'ConfigMap/api-config', 'ConfigMap/orders-config', 'Deployment/api', 'LimitRange/limits', 'Namespace/shop', 'NetworkPolicy/api', 'NetworkPolicy/default-deny',
      'PodDisruptionBudget/api', 'ResourceQuota/quota', 'Service/api', 'ServiceAccount/api', 'ServiceMonitor/api',
    ]);
  });

  test('lets services call one another as they declare', () => {
    const { manifests } = renderPlatform([orders, api], 'dev');
    const callers = oneOf(manifests, 'NetworkPolicy', 'orders').spec?.ingress?.flatMap(({ from }) => from ?? []).map(({ podSelector }) => podSelector?.matchLabels?.['app.kubernetes.io/instance']);
    expect(callers).toContain('api');
  });

  test('goes into a folder per service, for the version of the environment', () => {
    const app = new App();
    const chart = new PlatformChart(app, 'dev', { environment: 'dev', services: [orders, api], releases: { orders: '1', api: '1' } });
    expect(placementOf(chart)).toMatchObject({ folder: 'dev/_platform', environment: 'dev', kubernetes: '1.28' });
    expect(placementOf(chart.microservices.orders.workload)).toMatchObject({ folder: 'dev/orders', environment: 'dev', kubernetes: '1.28' });
    expect(placementOf(chart.microservices.orders.workload)?.delivery).toEqual({ platform: 'shop', namespace: 'shop', service: 'orders', after: [], wave: 0, waitSeconds: 360, preview: false });
    expect(kubernetesVersionOf(new App())).toBe('1.37');
  });

  test('has construct paths without surprises, since they are public', () => {
    const app = new App();
    new PlatformChart(app, 'dev', { environment: 'dev', services: [api, orders], releases: { orders: '1', api: '1' } });
    const paths = app.node.findAll().filter(construct => ApiObject.isApiObject(construct)).map(({ node }) => node.path);
    expect(paths).toEqual(expect.arrayContaining(['dev/Namespace/Resource', 'dev/Namespace/DefaultDeny', 'dev/orders/Microservice/Deployment/Resource', 'dev/api/Microservice/NetworkPolicy/Resource']));
  });
});

describe('the versions of a platform', () => {
  const imagesFor = (releases: string) => allOf(renderPlatform([orders], 'dev', releases).manifests, 'Deployment').map(({ spec }) => spec.template.spec?.containers[0].image);

  test('stand in a file per environment', () => inFolder(folder => {
    writeFileSync(join(folder, 'dev.json'), '{ "orders": "1.4.2" }');
    expect(imagesFor(folder)).toEqual(['ghcr.io/shop/api:1.4.2']);
  }));

  test.each([
    ['that is missing', undefined, /dev\.json is missing; it names the version of each service/],
    ['that is no JSON', '{', /dev\.json is no JSON/],
    ['that lacks a service', '{}', /dev\.json cannot be used:\n {2}orders: has no version/],
    ['that names what moves', '{ "orders": "latest" }', /orders: is "latest", which names no version/],
  ])('are refused when they stand in a file %s', (_, text, message) => inFolder(folder => {
    if (text !== undefined) writeFileSync(join(folder, 'dev.json'), text);
    expect(() => imagesFor(folder)).toThrow(message);
  }));
});

test('everything that keeps services from an environment is told at once', () => {
  const needy = ['a', 'b'].map(name => shop.microservice({ ...minimal, name, secrets: { key: secret('k') } }) as unknown as MicroserviceSpec);
  expect(refusalOf('PLATFORM_INVALID', () => renderPlatform(needy, 'dev'))).toEqual([
    'environments.dev.secretStore: is not named, but a reads secrets',
    'environments.dev.secretStore: is not named, but b reads secrets',
  ]);
});
