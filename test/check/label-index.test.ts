import fc from 'fast-check';
import { labelIndex } from '../../src/check/label-index';
import { carries } from '../../src/check/label-selector';

const keys = fc.constantFrom('a', 'b', 'c', '__proto__');
const labels = fc.dictionary(keys, fc.constantFrom('1', '2'), { noNullPrototype: true })
  .map((fields) => new Map(Object.entries(fields)));

test('the index finds what looking at each item finds, in the same order', () => {
  fc.assert(fc.property(fc.array(labels), labels, (items, wanted) => {
    const index = labelIndex(items, (item) => item);
    const shares = (item: ReadonlyMap<string, string>): boolean =>
      [...wanted].some(([key, value]) => item.get(key) === value);
    expect(index.carrying(wanted)).toEqual(items.filter((item) => carries(item, wanted)));
    expect(index.meeting(wanted)).toEqual(items.filter((item) => item.size === 0 || shares(item)));
  }));
});
