import { isSame } from '../../../src/manifests/factoring/same';

test.each<[unknown, unknown]>([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }], [[], []], [{}, {}], [Number.NaN, Number.NaN],
])('%j and %j are the same', (one, other) => expect(isSame(one, other)).toBe(true));

test.each<[unknown, unknown]>([
  [{ a: 1 }, { a: '1' }], [{ a: 1 }, { a: 1, b: 2 }], [{ a: undefined }, { b: 1 }], [[1, 2], [2, 1]], [[1], [1, 2]], [[], {}], [{}, null], [0, -0], [{ constructor: 1 }, { a: 1 }],
])('%j and %j are not', (one, other) => {
  expect(isSame(one, other)).toBe(false);
  expect(isSame(other, one)).toBe(false);
});
