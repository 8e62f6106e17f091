import { inOrder } from '../../src/spec/order';

test('keys are put in order, however deep, and lists stay as they are', () => {
  expect(JSON.stringify(inOrder({ b: 1, a: [{ d: 1, c: 2 }, 'z', 'a'], c: null }))).toBe('{"a":[{"c":2,"d":1},"z","a"],"b":1,"c":null}');
});
