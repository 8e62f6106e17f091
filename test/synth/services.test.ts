import { servicesOf } from '../../src/synth/services';
import { configMap, treeOf } from './_tree';

const namesOf = (folders: readonly string[]) => servicesOf(treeOf(Object.fromEntries(folders.map(folder => [folder, { 'a.yaml': configMap('x') }]))))
  .map(({ name, environments }) => [name, [...environments.keys()]]);

describe('the services of a tree', () => {
  it('are its folders over all environments, however deep', () => {
    expect(namesOf(['prod/orders', 'dev/orders', 'dev/a/b'])).toEqual([['a--b', ['dev']], ['orders', ['dev', 'prod']]]);
  });

  it('have one environment where the app knows none', () => {
    expect(namesOf(['blocks', ''])).toEqual([['app', ['default']], ['blocks', ['default']]]);
  });

  it('leave out what lists files, and what tells a delivery tool of the plain folders', () => {
    const [service, ...others] = servicesOf(treeOf({ '_argo-cd/dev/orders': { 'a.yaml': '' }, 'dev/orders': { 'a.yaml': configMap('x'), 'kustomization.yaml': 'resources:\n  - a.yaml\n' } }));
    expect([[...service.environments.get('dev')?.keys() ?? []], others]).toEqual([['a.yaml'], []]);
  });

  it('are refused when they have two owners, or one folder for two', () => {
    const tree = new Map([...treeOf({ 'dev/orders': {} }), ...treeOf({ 'prod/orders': {} }, 'other')]);
    expect(() => servicesOf(tree)).toThrow('orders belongs to "shop" and "other"; let one of them write it in every environment');
    expect(() => servicesOf(treeOf({ 'dev/a/b': {}, 'dev/a--b': {} }))).toThrow('a--b is the folder of a--b and of a/b; rename one of the charts');
  });
});
