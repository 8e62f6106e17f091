import { factored } from '../../../src/manifests/factoring/factor';
import { sourceOf } from '../../../src/manifests/factoring/source';
import { configMap, deployment, files } from './_objects';

const big = (text: string) => Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`key${index}`, `${text} of some length`]));
const factor = (environments: Record<string, Record<string, object>>) => (
  factored(new Map(Object.entries(environments).map(([name, objects]) => [name, files(objects)]))));
const overlay = (result: ReturnType<typeof factor>, name: string) => {
  const { files: own, patches = [], components, transformers } = result.overlays.get(name) ?? {};
  return { files: [...own?.keys() ?? []], patches, components, transformers };
};

describe('environments factored', () => {
  it('say once what is the same everywhere', () => {
    const same = { 'a.yaml': configMap('a', { x: '1' }) };
    const result = factor({ dev: same, prod: same });
    expect([...result.base.keys()]).toEqual(['a.yaml']);
    expect(overlay(result, 'prod')).toEqual({ files: [], patches: [], components: [], transformers: { replicas: [], images: [] } });
  });

  it('take the environment for the base that is nearest to the others', () => {
    const odd = { 'a.yaml': configMap('a', big('odd')), 'd.yaml': deployment({ memory: '1Gi' }) };
    const result = factor({ odd, one: { 'a.yaml': configMap('a', big('x')), 'd.yaml': deployment() }, two: { 'a.yaml': configMap('a', big('x')), 'd.yaml': deployment({ memory: '65Mi' }) } });
    expect(overlay(result, 'one').patches).toEqual([]);
    expect(overlay(result, 'two').patches).toHaveLength(1);
  });

  it('patch what differs in the shortest way, behind it images and replicas', () => {
    const result = factor({ dev: { 'd.yaml': deployment({ replicas: 1 }) }, prod: { 'd.yaml': deployment({ replicas: 3, image: 'ghcr.io/shop/orders:2', memory: '128Mi' }) } });
    expect(overlay(result, 'prod')).toEqual({
      files: [], components: [],
      transformers: { replicas: [{ name: 'orders', count: 3 }], images: [{ name: 'ghcr.io/shop/orders', newTag: '2' }] },
      patches: [{
        target: { group: 'apps', version: 'v1', kind: 'Deployment', name: 'orders', namespace: 'shop' },
        patch: '- op: replace\n  path: /spec/template/spec/containers/0/resources/limits/memory\n  value: 128Mi\n',
      }],
    });
  });

  it('patch by merging where that is shorter', () => {
    const labels = (value: string) => Object.fromEntries(['one', 'two', 'three', 'four'].map(key => [`shop.example/${key}`, value]));
    const result = factor({ dev: { 'd.yaml': deployment({ labels: { ...labels('x'), same: 'y' } }) }, prod: { 'd.yaml': deployment({ labels: { ...labels('z'), same: 'y' } }) } });
    expect(overlay(result, 'prod').patches).toEqual([{
      patch: expect.stringMatching(/^apiVersion: apps\/v1\nkind: Deployment\nmetadata:\n {2}labels:\n {4}shop.example\/one: z\n[^]* {2}name: orders\n {2}namespace: shop\n$/) as string,
    }]);
  });

  it('delete what one environment lacks, and add what only one has', () => {
    const hpa = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'orders', namespace: 'shop' }, spec: {} };
    const base = { 'a.yaml': configMap('a', {}) };
    const result = factor({ dev: base, stage: { ...base, 'hpa.yaml': hpa }, prod: { ...base, 'hpa.yaml': hpa }, extra: { ...base, 'hpa.yaml': hpa, 'x.yaml': configMap('x', {}) } });
    expect(overlay(result, 'dev').patches).toEqual([{ patch: '$patch: delete\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: orders\n  namespace: shop\n' }]);
    expect(overlay(result, 'extra').files).toEqual(['x.yaml']);
    expect([...result.base.keys()]).toEqual(['a.yaml', 'hpa.yaml']);
  });

  it('put into a component what several have in common, and others have not', () => {
    const base = { 'a.yaml': configMap('a', big('x')) };
    const two = { 'a.yaml': configMap('a', { ...big('x'), key1: 'y', key3: 'y', key5: 'y', key7: 'y' }), 'z.yaml': configMap('z', big('z')) };
    const result = factor({ dev: base, test: base, stage: base, eu: two, us: two });
    expect(result.components.map(({ name, files: own, patches }) => [name, [...own.keys()], patches.length])).toEqual([['eu-and-us', ['z.yaml'], 1]]);
    expect([...result.overlays].map(([name, { components, patches }]) => [name, components, patches.length])).toEqual([
      ['dev', [], 0], ['test', [], 0], ['stage', [], 0], ['eu', ['eu-and-us'], 0], ['us', ['eu-and-us'], 0],
    ]);
  });

  it('keep whole what cannot be patched: objects of different names or versions, files with several, and no YAML at all', () => {
    const result = factored(new Map([
      ['dev', new Map([['a.yaml', sourceOf('kind: A\n---\nkind: B\n')], ['b.yaml', sourceOf('{{ no yaml')]])],
      ['prod', new Map([['a.yaml', sourceOf('kind: A\n---\nkind: C\n')], ['b.yaml', sourceOf('{{ no yaml')]])],
    ]));
    expect([...result.base.keys()]).toEqual(['b.yaml']);
    expect(overlay(result, 'prod').files).toEqual(['a.yaml']);
    const named = factor({ dev: { 'x.yaml': configMap('one', {}) }, prod: { 'x.yaml': configMap('two', {}) } });
    expect([[...named.base], overlay(named, 'dev').files, overlay(named, 'prod').files]).toEqual([[], ['x.yaml'], ['x.yaml']]);
  });

  it('do not let a patch end in a text of several lines, whose end Kustomize would take away', () => {
    const result = factor({ dev: { 'a.yaml': configMap('a', { ...big('x'), text: 'a\nb\n' }) }, prod: { 'a.yaml': configMap('a', { ...big('x'), text: 'a\nc\n' }) } });
    expect(overlay(result, 'prod').patches[0].patch).toMatch(/namespace: shop\n$|path: \/data\/text\n$/);
  });

  it('are the same whatever the order of the files', () => {
    const objects = { 'b.yaml': configMap('b', { x: '1' }), 'a.yaml': deployment() };
    const turned = Object.fromEntries(Object.entries(objects).reverse());
    const changed = { 'a.yaml': deployment({ memory: '1Gi' }), 'b.yaml': configMap('b', { x: '2' }) };
    const text = (dev: Record<string, object>) => (
      JSON.stringify([...factor({ dev, prod: changed }).overlays].map(([name, { patches }]) => [name, patches])));
    expect(text(objects)).toBe(text(turned));
  });
});
