import { helmTree } from '../../src/synth/helm/arrange';
import { kustomizeTree } from '../../src/synth/kustomize/arrange';
import { configMap, textsOf, treeOf } from './_tree';

const before = { 'dev/orders': { 'c.yaml': configMap('x') }, 'prod/orders': { 'c.yaml': configMap('y') } };
const after = { ...before, 'dev/carts': { 'c.yaml': configMap('x') }, 'prod/carts': { 'c.yaml': configMap('y') } };

test.each([['kustomize', kustomizeTree], ['helm', helmTree]])('a new service changes nothing of the others as %s', (_, arranged) => {
  const [old, fresh] = [before, after].map(folders => textsOf(arranged(treeOf(folders)).tree));
  const changed = Object.keys(fresh).filter(path => fresh[path] !== old[path]);
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.filter(path => !path.startsWith('carts/'))).toEqual([]);
  expect(Object.keys(old).filter(path => !(path in fresh))).toEqual([]);
});
