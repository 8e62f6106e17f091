import { z } from 'zod';
import { layersFor, merge } from '../../src/spec/configuration';
import { minimal, problemsWith, shop } from '../support/shop';
import { linesOf, refusalOf, testPairs } from '../support/problems';

const schema = { type: 'object', properties: { count: { type: 'integer', minimum: 1 }, deep: { type: 'object', properties: { on: { type: 'boolean' } }, required: ['on'] }, name: { type: 'string' } }, required: ['count'] };
const config = (values: object, more: object = {}) => ({ schema, values, ...more });

describe('configuration', () => {
  testPairs(value => problemsWith({ config: value }), [
    ['has a layer for all environments', config({ default: { count: 1 } }), config({ dev: { count: 1 } }), 'config.values.default: is missing, expected the whole configuration; other layers say what differs'],
    ['has layers for environments that exist', config({ default: { count: 1 }, dev: {} }), config({ default: { count: 1 }, test: {} }), 'config.values.test: is no environment, expected default or one of dev, production'],
    ['is whole', config({ default: { count: 1 } }), config({ default: {} }), 'config.values.default.count: is missing, expected a number'],
    ['is what its schema asks for', config({ default: { count: 1 } }), config({ default: { count: 0 } }), 'config.values.default.count: is 0, expected a number of at least 1'],
    ['is what its schema asks for in each environment, told at the layer that says it', config({ default: { count: 1 }, dev: { count: 2 } }), config({ default: { count: 1 }, dev: { count: 0 } }), 'config.values.dev.count: is 0, expected a number of at least 1'],
    ['is what its schema asks for however deep', config({ default: { count: 1, deep: { on: true } } }), config({ default: { count: 1, deep: { on: 'yes' } } }), 'config.values.default.deep.on: is "yes", expected true or false'],
    ['has keys of its schema', config({ default: { count: 1 } }), config({ default: { count: 1, cuont: 2 } }), 'config.values.default.cuont: is no key of the schema'],
    ['is reloadable by keys of its schema', config({ default: { count: 1 } }, { reloadable: ['count'] }), config({ default: { count: 1 } }, { reloadable: ['cuont'] }), 'config.reloadable: names "cuont", which is no key of the schema'],
    ['has a schema that can be read', config({ default: { count: 1 } }), { schema: { type: 'strange' }, values: { default: {} } }, 'config.schema: is no JSON Schema that can be used: Unsupported type: strange'],
  ]);

  test.each([
    ['at the top', { password: 'hunter2' }, 'password'],
    ['further down', { db: { apiKey: 'hunter2' } }, 'db.apiKey'],
  ])('that holds a secret %s is refused', (_, values, path) => {
    const problems = linesOf(problemsWith({ config: { schema: { type: 'object' }, values: { default: values } } }));
    expect(problems).toEqual([`config.values.default.${path}: looks like a secret in plain configuration; declare it under secrets, or choose another name`]);
  });

  test('may name where a secret is not', () => {
    expect(problemsWith({ config: { schema: { type: 'object' }, values: { default: { password: '', tokens: 3, passwordPolicy: 'strict' } } } })).toEqual([]);
  });

  test('is held against the schema of zod that the service has, whatever JSON Schema cannot say of it', () => {
    const even = z.object({ count: z.number().refine(count => count % 2 === 0, { error: 'expected an even number' }) });
    const define = (count: number) => shop.microservice({ ...minimal, config: { schema: even, values: { default: { count } } } });
    expect(define(2).data.config?.values).toEqual({ default: { count: 2 } });
    expect(refusalOf('SPEC_INVALID', () => define(3))).toEqual(['config.values.default.count: is 3, expected an even number']);
  });
});

describe('layers', () => {
  test('lie over one another key by key, lists as a whole', () => {
    expect(merge({ a: 1, deep: { b: 2, c: [1, 2] } }, { deep: { c: [3] }, d: 4 })).toEqual({ a: 1, deep: { b: 2, c: [3] }, d: 4 });
  });

  test('change nothing below them', () => {
    const below = { deep: { b: 2 } };
    merge(below, { deep: { b: 3 } });
    expect(below).toEqual({ deep: { b: 2 } });
  });

  test('come from the default, then from each environment that is extended, then from the environment', () => {
    const values = { 'default': {}, 'production': {}, 'production-eu': {} };
    expect(layersFor(values, ['production-eu', 'production']).map(({ name }) => name)).toEqual(['default', 'production', 'production-eu']);
    expect(layersFor(values, ['dev']).map(({ name }) => name)).toEqual(['default']);
  });
});
