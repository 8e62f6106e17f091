import { configMapNameOf, folderOf, hostOf, hostPolicyNameOf, labelsOf, priorityClassNameOf, secretNameOf, selectorOf } from '../../src/spec/names';

test('pods are selected by one label that never changes', () => {
  expect(selectorOf('orders')).toEqual({ 'app.kubernetes.io/instance': 'orders' });
});

test('objects bear the labels that everybody knows', () => {
  expect(labelsOf({ name: 'orders', platform: 'shop', team: 'web' })).toEqual({
    'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'orders', 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'marty-msf', 'team': 'web',
  });
});

test('names are those of the service, without a hash', () => {
  expect([configMapNameOf('orders'), secretNameOf('orders'), hostPolicyNameOf('orders'), priorityClassNameOf('shop', 1)]).toEqual(['orders-config', 'orders-secrets', 'orders-hosts', 'shop-tier-1']);
});

test('names stay within 63 characters for the longest names that are allowed', () => {
  const longest = [configMapNameOf('a'.repeat(50)), secretNameOf('a'.repeat(50)), hostPolicyNameOf('a'.repeat(50)), priorityClassNameOf('a'.repeat(55), 3)];
  expect(Math.max(...longest.map(({ length }) => length))).toBeLessThanOrEqual(63);
});

test('a Service is found by its DNS name', () => {
  expect(hostOf('orders', 'shop', 'cluster.local')).toBe('orders.shop.svc.cluster.local');
});

test('objects go into a folder per environment and service', () => {
  expect([folderOf('dev', 'orders'), folderOf('dev')]).toEqual(['dev/orders', 'dev/_platform']);
});
