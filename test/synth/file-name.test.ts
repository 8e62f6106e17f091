import { fileNamesOf, type Manifest } from '../../src/synth/_file-name';

const named = (kind: string, name?: string, more: { namespace?: string; apiVersion?: string; folder?: string } = {}) => ({
  folder: more.folder ?? 'dev/orders',
  manifest: { apiVersion: more.apiVersion ?? 'v1', kind, metadata: { name, namespace: more.namespace } } satisfies Manifest,
});

describe('the file of an object', () => {
  test.each([
    ['its kind and name', [named('NetworkPolicy', 'orders')], ['networkpolicy-orders']],
    ['a name without characters that file systems know', [named('Role', 'system:auth/x')], ['role-system-auth-x']],
    ['unnamed without a name', [named('ConfigMap')], ['configmap-unnamed']],
  ])('is named after %s', (_, objects, names) => {
    expect(fileNamesOf(objects)).toEqual(names);
  });

  test('gets its namespace, then its group, added where the name is taken', () => {
    expect(fileNamesOf([
      named('Service', 'api', { namespace: 'a' }),
      named('Service', 'api', { namespace: 'b' }),
      named('Service', 'api', { namespace: 'b', apiVersion: 'serving.knative.dev/v1' }),
      named('Service', 'api', { namespace: 'b', folder: 'dev/payments' }),
    ])).toEqual(['service-api', 'service-api-b', 'service-api-b-serving.knative.dev', 'service-api']);
  });

  test('is none for what is there already, in whatever version of its API', () => {
    expect(fileNamesOf([named('Deployment', 'api', { apiVersion: 'apps/v1' }), named('Deployment', 'api', { apiVersion: 'apps/v1beta1' })])).toEqual(['deployment-api', undefined]);
  });
});
