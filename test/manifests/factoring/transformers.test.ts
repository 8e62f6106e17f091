import { transformersBetween } from '../../../src/manifests/factoring/transformers';
import { configMap, deployment, files } from './_objects';

const between = (from: Record<string, object>, to: Record<string, object>) => transformersBetween(files(from), files(to));
const digest = `sha256:${'a'.repeat(64)}`;

describe('the transformers of an overlay', () => {
  it.each([
    ['another tag', 'ghcr.io/shop/orders:2', { name: 'ghcr.io/shop/orders', newTag: '2' }],
    ['a digest', `ghcr.io/shop/orders@${digest}`, { name: 'ghcr.io/shop/orders', digest }],
    ['another registry', 'mirror:5000/shop/orders:1', { name: 'ghcr.io/shop/orders', newName: 'mirror:5000/shop/orders', newTag: '1' }],
  ])('give an image %s', (_, image, change) => {
    expect(between({ d: deployment() }, { d: deployment({ image }) })).toEqual({ replicas: [], images: [change] });
  });

  it('leave an image alone whose containers do not all change alike, or that has neither tag nor digest', () => {
    const two = (image: string) => ({ a: deployment({ image: 'x:1', name: 'a' }), b: deployment({ image, name: 'b' }) });
    expect(between(two('x:1'), two('x:2')).images).toEqual([]);
    expect(between({ d: deployment() }, { d: deployment({ image: 'orders' }) }).images).toEqual([]);
    expect(between({ d: deployment() }, { d: deployment({ image: `orders:1@${digest}` }) }).images).toEqual([]);
  });

  it('set replicas where both have some, and no others', () => {
    expect(between({ d: deployment({ replicas: 1 }) }, { d: deployment({ replicas: 3 }) }).replicas).toEqual([{ name: 'orders', count: 3 }]);
    expect(between({ d: deployment({ replicas: 1 }) }, { d: deployment() }).replicas).toEqual([]);
  });

  it('move objects to another namespace when all of them move', () => {
    const there = { d: deployment({ namespace: 'there' }), c: configMap('c', {}, 'there') };
    expect(between({ d: deployment(), c: configMap('c', {}) }, there).namespace).toBe('there');
    expect(between({ d: deployment(), c: configMap('c', {}, 'there') }, there).namespace).toBe('there');
    expect(between({ d: deployment(), c: configMap('c', {}) }, { ...there, c: configMap('c', {}) })).toEqual({ replicas: [], images: [] });
  });

  it('leave objects where they are beside one that would be renamed, or of which nobody knows what becomes', () => {
    const moved = (other: object) => between({ d: deployment() }, { d: deployment({ namespace: 'there' }), other }).namespace;
    expect(moved({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'there' } })).toBe('there');
    expect(moved({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'elsewhere' } })).toBeUndefined();
    expect(moved({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'x' }, value: 1 })).toBe('there');
    expect(moved({ apiVersion: 'x.example/v1', kind: 'ClusterThing', metadata: { name: 'x' } })).toBeUndefined();
    const binding = (name: string) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'b', namespace: 'there' }, subjects: [{ kind: 'ServiceAccount', name, namespace: 'x' }] });
    expect([moved(binding('orders')), moved(binding('default'))]).toEqual(['there', undefined]);
  });

  it('add labels that all objects have, and never to selectors', () => {
    const labels = { cost: 'web' };
    const labelled = (object: object) => ({ ...object, metadata: { ...(object as { metadata: object }).metadata, labels } });
    const plain = { d: deployment(), c: configMap('c', {}) };
    expect(between(plain, { d: labelled(plain.d), c: labelled(plain.c) }).labels).toEqual(labels);
    expect(between({ ...plain, e: plain.c }, { d: labelled(plain.d), c: labelled(plain.c), e: plain.c }).labels).toBeUndefined();
  });
});
