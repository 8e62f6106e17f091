import { carries, isEmptySelector, selects } from '../../src/check/label-selector';

const labels = new Map([['app', 'api'], ['tier', 'web']]);

test.each([
  [{ matchLabels: { app: 'api' } }, true],
  [{ matchLabels: { app: 'other' } }, false],
  [{ matchLabels: { app: 'api', constructor: 'x' } }, false],
  [{ matchLabels: { app: 1 } }, false],
  [{}, true],
  [undefined, false],
  ['app=api', false],
  [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['web', 'job'] }] }, true],
  [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['job'] }] }, false],
  [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['job'] }] }, true],
  [{ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
  [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }] }, false],
  [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
  [{ matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
  [{ matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] }, true],
  [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
  [{ matchExpressions: [{ key: 'tier', operator: 'Like' }] }, false],
  [{ matchLabels: { app: 'api' }, matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
])('%j selects app=api, tier=web: %s', (selector, expected) => {
  expect(selects(selector, labels)).toBe(expected);
});

test('a plain map is carried when each of its labels is', () => {
  expect(carries(labels, new Map([['app', 'api']]))).toBe(true);
  expect(carries(labels, new Map())).toBe(true);
  expect(carries(labels, new Map([['app', 'api'], ['zone', 'a']]))).toBe(false);
});

test('a selector is empty when it has neither labels nor expressions', () => {
  expect([{}, undefined, { matchLabels: {} }].map(isEmptySelector)).toEqual([true, true, true]);
  expect([{ matchLabels: { a: 'b' } }, { matchExpressions: [{}] }].map(isEmptySelector)).toEqual([false, false]);
});
