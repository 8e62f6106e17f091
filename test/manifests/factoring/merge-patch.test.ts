import { applyMerge, mergeBetween } from '../../../src/manifests/factoring/merge-patch';

const deployment = (containers: readonly object[], rest: object = {}) => ({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { containers, ...rest } });

describe('a strategic merge patch', () => {
  it('says what changes, and null for what goes', () => {
    const [from, to] = [{ kind: 'X', spec: { a: 1, b: 'x', c: { d: true } } }, { kind: 'X', spec: { a: 2, c: { d: true }, e: { f: 'g' } } }];
    const patch = mergeBetween(from, to);
    expect(patch).toEqual({ spec: { a: 2, b: null, e: { f: 'g' } } });
    expect(applyMerge(from, patch ?? {})).toEqual(to);
  });

  it('names containers and variables, and those before them, which stay before them so', () => {
    const [from, to] = [1, 2].map(cpu => deployment([{ name: 'a' }, { name: 'b', env: [{ name: 'X', value: 'x' }, { name: 'Y', value: `${cpu}` }], cpu }, { name: 'c' }]));
    const patch = mergeBetween(from, to);
    expect(patch).toEqual({ spec: { containers: [{ name: 'a' }, { name: 'b', env: [{ name: 'X' }, { name: 'Y', value: '2' }], cpu: 2 }] } });
    expect(applyMerge(from, patch ?? {})).toEqual(to);
  });

  it.each([
    ['another list changes', deployment([], { args: ['a'] }), deployment([], { args: ['b'] })],
    ['a container comes', deployment([{ name: 'a' }]), deployment([{ name: 'a' }, { name: 'b' }])],
    ['containers change places', deployment([{ name: 'a', x: 1 }, { name: 'b' }]), deployment([{ name: 'b' }, { name: 'a', x: 2 }])],
    ['an object becomes empty', deployment([], { a: { b: 1 } }), deployment([], { a: {} })],
    ['an empty object comes', deployment([]), deployment([], { a: {} })],
    ['the kind is not known', { apiVersion: 'x.example/v1', kind: 'X', containers: [{ name: 'a', x: 1 }] }, { apiVersion: 'x.example/v1', kind: 'X', containers: [{ name: 'a', x: 2 }] }],
  ])('is left to a JSON patch when %s', (_, from, to) => {
    expect(mergeBetween(from, to)).toBeUndefined();
  });
});
