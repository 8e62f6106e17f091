import { groupOf, keyOf } from '../../src/manifests/identity';

describe('keyOf', () => {
  test.each([
    [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'shop' } }, '/Service/shop/api'],
    [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api', namespace: 'shop' } }, 'apps/Deployment/shop/api'],
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, '/Namespace//shop'],
  ])('of %j is %s', (object, key) => {
    expect(keyOf(object)).toBe(key);
  });

  test('is the same for two versions of one API', () => {
    const metadata = { name: 'api', namespace: 'shop' };
    const [older, newer] = ['autoscaling/v1', 'autoscaling/v2'].map(apiVersion => keyOf({ apiVersion, kind: 'HorizontalPodAutoscaler', metadata }));
    expect(older).toBe(newer);
  });

  test('tells kinds of two groups apart', () => {
    const [core, knative] = ['v1', 'serving.knative.dev/v1'].map(apiVersion => keyOf({ apiVersion, kind: 'Service', metadata: { name: 'api' } }));
    expect(core).not.toBe(knative);
  });
});

describe('groupOf', () => {
  test.each([['v1', ''], ['apps/v1', 'apps'], ['networking.k8s.io/v1', 'networking.k8s.io']])('%s is %j', (apiVersion, group) => {
    expect(groupOf(apiVersion)).toBe(group);
  });
});
