import { countOf, intOrPercent } from '../../src/check/int-or-percent';
import { isPositiveQuantity } from '../../src/check/quantity';

test.each([
  ['100m', true], ['1', true], ['0.5', true], ['.5', true], ['1e3', true], ['128Mi', true], ['2.5Gi', true],
  ['1k', true], [1, true], ['0', false], ['0m', false], ['0.0', false], ['', false], ['-1', false], [0, false],
  [-1, false], [undefined, false], [null, false], ['many', false], ['1 Gi', false], [{}, false],
])('%j asks for something: %s', (value, expected) => {
  expect(isPositiveQuantity(value)).toBe(expected);
});

test.each([
  [3, { count: 3 }], ['3', { count: 3 }], ['25%', { percent: 25 }],
  ['a quarter', undefined], [-1, undefined], [1.5, undefined], [null, undefined], [{}, undefined],
])('%j is a count or a share of pods: %j', (value, expected) => {
  expect(intOrPercent(value)).toEqual(expected);
});

test('a share is rounded up', () => {
  expect([0, 34, 50, 100].map((percent) => countOf({ percent }, 3))).toEqual([0, 2, 2, 3]);
  expect(countOf({ count: 2 }, 3)).toBe(2);
});
