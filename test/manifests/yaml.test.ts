import { Yaml } from 'cdk8s';
import { yamlOf, yamlStreamOf } from '../../src/manifests/yaml';

/** Prints with ours, and says whether the other printer was needed. */
function print(document: unknown): { text: string; left: boolean } {
  let left = false;
  const text = yamlOf(document, value => {
    left = true;
    return Yaml.stringify(value);
  });
  return { text, left };
}

test.each([
  ['a manifest', { apiVersion: 'v1', kind: 'List', items: [{ a: 1, b: [] }, [['x']], {}], empty: {} }],
  ['what readers of YAML 1.1 take for something else', ['yes', 'Off', 'y', '012', '1e3', 'e3', '12:30', '2024-01-01', '.5', '~', '', '0x1f', '1_000']],
  ['what readers may stumble over', ['- a', 'a: b', 'a #b', ' a', 'a ', '{', '"', "it's", '"it\'s"', '@a', '`', '%', '&a', '*a', '!', '|', 'a:', '?']],
  ['what is plain', ['a', 'a-b', 'a/b:c', 'yes please', '1.2.3', '10m', '-a', 'a#b', '8080/tcp', 'é', '😀']],
  ['numbers', [0, -0, 1.5, 1e21, 1e-7, NaN, Infinity, -Infinity]],
  ['what is nothing', { a: null, b: undefined, c: [undefined, null] }],
  ['several lines', { a: 'one\ntwo\n', b: 'one\ntwo', c: 'one\n\n', d: '\n  one\n', e: ['\none'], f: ' \none', g: '\n\n', h: 'a: b\n# c\n---\n' }],
  ['keys that need quotes', { 'on': 1, '1': 2, 'a: b': 3, '': 4, 'a b': 5 }],
])('%s is printed here, as the yaml package does', (_, document) => {
  expect(print(document)).toEqual({ text: Yaml.stringify(document), left: false });
});

test.each([
  ['control characters', { a: 'bell \u0007', b: 'x\r\ny' }],
  ['half a character', ['\ud800']],
  ['marks of documents', { '---': '---', 'a': { '...': '--- x' } }],
  ['a merge key', { '<<': '<<' }],
  ['lines that end in spaces', ['a\n  ']],
  ['a very long key', { ['k'.repeat(1030)]: 1 }],
  ['a key of several lines', { b: { 'a\nb': 1 } }],
  ['an object that is there twice', (() => { const twice = { a: 1 }; return [twice, twice]; })()],
  ['an object of a class', { a: new Date(0), b: new Map([['a', 1]]) }],
  ['a large integer', [10n]],
  ['a bare text', 'text'],
])('%s is left to the yaml package', (_, document) => {
  expect(print(document)).toEqual({ text: Yaml.stringify(document), left: true });
});

test('documents are joined as cdk8s joins them', () => {
  const documents = [{ a: 1 }, undefined, null, { b: 'x\n\n' }, []];
  expect(yamlStreamOf(documents, document => Yaml.stringify(document))).toBe(Yaml.stringify(...documents));
  expect(yamlStreamOf([], () => '')).toBe('');
});
