import { layerFor, settle } from '../../src/spec/varying';

const values = { 'default': 1, 'production': 2, 'production-eu': 3 };

describe('the value for an environment', () => {
  test.each([
    [['production-eu', 'production'], 'production-eu'],
    [['production-west', 'production'], 'production'],
    [['dev'], 'default'],
  ])('of %j comes from %s', (chain, layer) => {
    expect(layerFor(values, chain)).toBe(layer);
  });

  test('comes from nowhere when nothing is said', () => {
    expect(layerFor({ dev: 1 }, ['production'])).toBeUndefined();
    expect(layerFor({}, ['constructor'])).toBeUndefined();
  });

  test('takes the place of every form per environment, however deep', () => {
    const chain = ['production'];
    expect(settle({ a: { perEnvironment: values }, b: [{ perEnvironment: { default: { c: { perEnvironment: values } } } }], d: null, e: 'text' }, chain)).toEqual({ a: 2, b: [{ c: 2 }], d: null, e: 'text' });
  });
});
