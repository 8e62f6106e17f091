import fc from 'fast-check';
import { applyOperations, operationsBetween } from '../../../src/manifests/factoring/json-patch';

describe('a JSON patch', () => {
  it('says nothing of what is the same', () => {
    expect(operationsBetween({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toEqual([]);
  });

  it('names the field that changes, comes and goes, with slashes and tildes in its name', () => {
    const from = { metadata: { labels: { 'app/name': 'a', 'old~one': 'b' } } };
    const to = { metadata: { labels: { 'app/name': 'b', 'new': 'c' } }, spec: {} };
    expect(operationsBetween(from, to)).toEqual([
      { op: 'replace', path: '/metadata/labels', value: { 'app/name': 'b', 'new': 'c' } },
      { op: 'add', path: '/spec', value: {} },
    ]);
    expect(operationsBetween({ 'a/b~c': 1, 'rest': 'long enough that replacing all of it takes more' }, { 'a/b~c': 2, 'rest': 'long enough that replacing all of it takes more' }))
      .toEqual([{ op: 'replace', path: '/a~1b~0c', value: 2 }]);
  });

  it('leaves what a list begins and ends with where it is', () => {
    const entry = (name: string) => ({ name, text: 'so much that nobody wants to repeat it in a patch' });
    expect(operationsBetween({ list: [entry('a'), entry('c')] }, { list: [entry('a'), entry('b'), entry('c')] })).toEqual([{ op: 'add', path: '/list/1', value: entry('b') }]);
    expect(operationsBetween({ list: [entry('a'), entry('b'), entry('c')] }, { list: [entry('a'), entry('c')] })).toEqual([{ op: 'remove', path: '/list/1' }]);
  });

  it('leads from any value to any other', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(fc.property(value, value, (one, other) => {
      const [from, to] = [one, other].map(each => JSON.parse(JSON.stringify(each)) as Record<string, unknown>);
      expect(JSON.stringify(sorted(applyOperations(from, operationsBetween(from, to))))).toBe(JSON.stringify(sorted(to)));
    }));
  });

  it('leaves the value as it is, and tells of a path that leads nowhere', () => {
    const from = { a: { b: 1 } };
    expect(applyOperations(from, [{ op: 'replace', path: '/a/b', value: 2 }])).toEqual({ a: { b: 2 } });
    expect(from).toEqual({ a: { b: 1 } });
    expect(applyOperations(from, [{ op: 'remove', path: '/x' }])).toBeUndefined();
    expect(applyOperations(from, [{ op: 'add', path: '/x/y', value: 1 }])).toBeUndefined();
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]);
}
