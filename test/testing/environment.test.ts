import { z } from 'zod';
import { http, type MicroserviceSpec } from '../../src/spec';
import { renderEnvironment } from '../../src/testing';
import { minimal, shop } from '../support/shop';

const orders = shop.microservice({ ...minimal, name: 'orders', ports: { http: http(8080) }, scale: shop.per({ dev: { replicas: 1 }, production: { min: 2, max: 5 } }) });
const gateway = shop.microservice({
  ...minimal, name: 'gateway', calls: { orders: shop.to(orders, 'http') },
  config: { schema: z.object({ greeting: z.string() }), values: { default: { greeting: 'hello' } } },
});
const services: readonly MicroserviceSpec[] = [orders, gateway];
const { all, find, get } = renderEnvironment(services, 'production', { releases: { orders: '1.4.2', gateway: '2.0.0' } });

describe('one environment, rendered in memory', () => {
  test('gives the one object of a kind and a service, with the fields of the kind', () => {
    expect(get('Deployment', 'orders').spec.template.spec?.containers[0].image).toBe('ghcr.io/shop/api:1.4.2');
    expect(get('NetworkPolicy', 'orders').spec?.ingress?.flatMap(({ from }) => from)).toContainEqual(
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'gateway' } } },
    );
    expect(get('ConfigMap', 'gateway').data?.['runtime.json']).toContain('"greeting": "hello"');
  });

  test('gives what services share under the name of its folder', () => {
    expect(get('Namespace', '_platform').metadata.name).toBe('shop');
    expect(get('PriorityClass', '_platform', 'shop-tier-1').value).toBe(1000);
  });

  test('gives every object of a kind, of a service, or of all', () => {
    expect(all('Deployment').map(({ metadata }) => metadata.name)).toEqual(['orders', 'gateway']);
    expect(all(undefined, 'gateway').map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'ServiceAccount', 'ServiceMonitor']);
    expect(all().length).toBe(all(undefined, '_platform').length + all(undefined, 'orders').length + all(undefined, 'gateway').length);
    expect(all('Secret')).toEqual([]);
  });

  test('finds nothing where there is nothing', () => {
    expect(find('HorizontalPodAutoscaler', 'orders')?.spec.maxReplicas).toBe(5);
    expect(find('HorizontalPodAutoscaler', 'gateway')).toBeUndefined();
    expect(find('ConfigMap', 'gateway', 'other')).toBeUndefined();
  });

  test('takes kinds whose fields are not typed', () => {
    expect(find('Widget')).toBeUndefined();
    expect(all<string>('Deployment', 'orders')[0].spec).toMatchObject({ revisionHistoryLimit: 5 });
  });

  test('has version 1.0.0 of every service unless it is told another', () => {
    expect(renderEnvironment(services, 'dev').get('Deployment', 'gateway').spec.template.spec?.containers[0].image).toBe('ghcr.io/shop/api:1.0.0');
  });

  test('differs by environment', () => {
    expect(renderEnvironment(services, 'dev').find('HorizontalPodAutoscaler')).toBeUndefined();
  });
});

describe('what cannot be given is refused', () => {
  test('with what there is instead', () => {
    expect(() => get('HorizontalPodAutoscaler', 'gateway')).toThrow(new RegExp([
      '^HorizontalPodAutoscaler of gateway: is not in production; there is:',
      '  gateway: ConfigMap/gateway-config, Deployment/gateway, NetworkPolicy/gateway, PodDisruptionBudget/gateway, Service/gateway, ServiceAccount/gateway, ServiceMonitor/gateway$',
    ].join('\n')));
  });

  test('when it is there more than once', () => {
    expect(() => get('Deployment')).toThrow(/^Deployment: is there 2 times in production, expected once; name the service or the object:\n {2}orders: Deployment\/orders\n {2}gateway: Deployment\/gateway$/);
  });

  test('when a service is misspelt, since a test would find nothing there for ever', () => {
    const message = 'service: is "gatway", expected one of orders, gateway, _platform';
    expect(() => find('HorizontalPodAutoscaler', 'gatway')).toThrow(message);
    expect(() => all('HorizontalPodAutoscaler', 'gatway')).toThrow(message);
    expect(() => get('HorizontalPodAutoscaler', 'gatway')).toThrow(message);
  });

  test('when the environment is none, or a service cannot run there', () => {
    expect(() => renderEnvironment(services, 'staging')).toThrow('environment: is "staging", expected one of dev, production');
    const stored = shop.microservice({ ...minimal, stores: { db: shop.postgres() } });
    expect(() => renderEnvironment([stored], 'dev')).toThrow('environments.dev.stores.postgres: is not named');
  });
});
