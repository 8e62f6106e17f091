import { sha256 } from '../../src/synth/ownership';
import { kustomizationOf, ownershipOf, treeOf } from '../../src/synth/tree';

const object = (folder: string, file: string, text = `name: ${file}\n`) => ({ folder, file, construct: `app/${file}`, text });

describe('the tree of an app', () => {
  const tree = treeOf([object('dev/orders', 'service-orders.yaml'), object('dev/_platform', 'namespace-shop.yaml'), object('dev/orders', 'deployment-orders.yaml')], 'shop');

  test('has a folder for each that an object names, with a kustomization', () => {
    expect([...tree].map(([folder, { files }]) => [folder, [...files.keys()]])).toEqual([
      ['dev/orders', ['service-orders.yaml', 'deployment-orders.yaml', 'kustomization.yaml']],
      ['dev/_platform', ['namespace-shop.yaml', 'kustomization.yaml']],
    ]);
  });

  test('lists the objects of a folder in its kustomization, in the order of their names', () => {
    expect(tree.get('dev/orders')?.files.get('kustomization.yaml')?.text).toBe(kustomizationOf(['deployment-orders.yaml', 'service-orders.yaml']));
  });

  test('says of each file who defined it, and its digest', () => {
    const { owner, files } = ownershipOf(tree.get('dev/_platform') ?? { owner: '', files: new Map() });
    expect(owner).toBe('shop');
    expect(files['namespace-shop.yaml']).toEqual({ construct: 'app/namespace-shop.yaml', sha256: sha256('name: namespace-shop.yaml\n') });
  });
});

test('a kustomization is one that kustomize reads', () => {
  expect(kustomizationOf(['b.yaml', 'a.yaml'])).toBe('apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - a.yaml\n  - b.yaml\n');
});
