import { z } from 'zod';
import { problemsOf, textOfPath, textOfValue } from '../../src/spec/problems';
import { linesOf } from '../support/problems';

const lines = (schema: z.ZodType, value: unknown) => linesOf(problemsOf(schema, value));

describe('a problem', () => {
  test.each([
    ['a type', z.strictObject({ a: z.string() }), { a: 1 }, 'a: is 1, expected a string'],
    ['something missing', z.strictObject({ a: z.array(z.string()) }), {}, 'a: is missing, expected a list'],
    ['a field that does not exist', z.strictObject({}), { a: 1 }, 'a: is not a field that exists here'],
    ['a bound of length', z.strictObject({ a: z.string().max(2) }), { a: 'abc' }, 'a: is "abc", expected at most 2 characters'],
    ['a bound of a list', z.strictObject({ a: z.array(z.int()).min(1) }), { a: [] }, 'a: is [], expected at least 1 entries'],
    ['a bound that is left out', z.strictObject({ a: z.number().positive() }), { a: 0 }, 'a: is 0, expected a number of more than 0'],
    ['a choice', z.strictObject({ a: z.enum(['x', 'y']) }), { a: 'z' }, 'a: is "z", expected "x" or "y"'],
    ['a step', z.strictObject({ a: z.number().multipleOf(5) }), { a: 7 }, 'a: is 7, expected a multiple of 5'],
    ['the value itself', z.string(), 1, ': is 1, expected a string'],
    ['a choice of forms', z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('a') }), z.strictObject({ kind: z.literal('b') })]), { kind: 'c' }, 'kind: is "c", expected "a" or "b"'],
  ])('of %s says what was found and what is allowed', (_, schema, value, line) => {
    expect(lines(schema, value)).toEqual([line]);
  });

  test('is told of the form that was meant: the one that has the fields', () => {
    const form = z.union([z.strictObject({ replicas: z.int() }), z.strictObject({ min: z.int(), max: z.int() })]);
    expect(lines(form, { min: 1, maks: 2 })).toEqual(['max: is missing, expected a number', 'maks: is not a field that exists here; did you mean max?']);
    expect(lines(form, { replicas: 'x' })).toEqual(['replicas: is "x", expected a number']);
  });

  test('is told of the form that was meant: the one of its type', () => {
    const form = z.union([z.enum(['small', 'large']), z.strictObject({ cpu: z.int() })]);
    expect(lines(form, 'medium')).toEqual([': is "medium", expected "small" or "large"']);
    expect(lines(form, { cpu: 'x' })).toEqual(['cpu: is "x", expected a number']);
  });

  test('is told once per field', () => {
    expect(lines(z.strictObject({ a: z.string().min(1).regex(/^x/, { error: 'expected an x' }) }), { a: '' })).toEqual(['a: is "", expected at least 1 characters']);
  });
});

test.each([[['calls', 'db', 'onStatus', 0], 'calls.db.onStatus[0]'], [['a b', 'c'], '"a b".c'], [[], ''], [['services', 1, 'name'], 'services[1].name']])('the path %j is written %s', (path, text) => {
  expect(textOfPath(path)).toBe(text);
});

test.each([[undefined, 'missing'], ['x', '"x"'], [{ a: 1 }, '{"a":1}'], [[1], '[1]'], [1n, '1'], ['a'.repeat(200), `"${'a'.repeat(76)}...`]])('the value %p is shown as %s', (value, text) => {
  expect(textOfValue(value)).toBe(text);
});
