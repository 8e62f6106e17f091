import fc from 'fast-check';
import { parseAllDocuments, stringify, type Document, type ScalarTag } from 'yaml';
import { readYaml } from '../../src/manifests/yaml-documents';
import { plainValue } from '../../src/manifests/yaml-plain';
import { readDocument, unread } from '../../src/manifests/yaml-reader';

const asKubernetes: ScalarTag = {
  tag: 'tag:yaml.org,2002:plain', identify: () => false, default: true, test: /^(?!<<$)/, resolve: text => plainValue(text),
};

/** What a whole parser reads; undefined when it finds a mistake. */
function wholly(text: string): unknown[] | undefined {
  const documents = parseAllDocuments(text, { schema: 'failsafe', merge: true, customTags: tags => [asKubernetes, ...tags], logLevel: 'silent' }) as Document[];
  if (!Array.isArray(documents)) return [];
  if (documents.some(({ errors }) => errors.length)) return undefined;
  try {
    return documents.map(document => document.toJS() as unknown).filter(value => value !== null && value !== undefined);
  } catch {
    // Such as a merge of what is no map, which it finds only now.
    return undefined;
  }
}

const valuesOf = (text: string) => readYaml(text).documents.map(({ value }) => value);

describe('a plain scalar means what it means to Kubernetes', () => {
  test.each([
    ['yes', true], ['off', false], ['~', null], ['', null], ['0644', 420], ['0o17', 15], ['0x1F', 31], ['08', 8], ['1_000', 1000], ['1e3', 1000], ['-.5', -0.5], ['1.2.3', '1.2.3'],
    ['2024-01-02', '2024-01-02'], ['12:30', '12:30'], ['100m', '100m'], ['1e', '1e'], ['-', '-'], ['yesterday', 'yesterday'],
  ])('%s is %j', (text, value) => expect(plainValue(text)).toEqual(value));
});

describe('lines', () => {
  const [first, second] = readYaml('# one\na:\n  - b: 1\n    c.d/e: x\n---\n\n# two\nkind: &anchor X\nspec:\n  list: [1, 2]\n  folded: >\n    a\n    b\n').documents;
  test.each([['a', 2], ['a[0].b', 3], ['a[0].c.d/e', 4], ['a[0].missing.deeper', 3], ['', 2]])('of %s in what is read quickly', (path, line) => expect(first.lineOf(path)).toBe(line));
  test.each([['kind', 8], ['spec.list[1]', 10], ['spec.folded', 11], ['none', 8]])('of %s in what a whole parser reads', (path, line) => expect(second.lineOf(path)).toBe(line));
  test('of the documents themselves', () => expect([first.line, second.line]).toEqual([2, 8]));
});

describe('an order of keys that was read before', () => {
  beforeAll(() => valuesOf('known: 1\norder:\n  of: 2\n"of": 3\n'));
  test.each<[string, unknown]>([
    ['known: 1\norder:\n  of: 4\n"of": 5\n', { known: 1, order: { of: 4 }, of: 5 }], ['known: 1\norder: 2\nof: 3\n', { known: 1, order: 2, of: 3 }],
    ['known: 1\norders: 2\n', { known: 1, orders: 2 }], ['known: 1\norder:x: 2\n', { known: 1, 'order:x': 2 }], ['known: 1\n', { known: 1 }],
  ])('binds nobody: %j', (text, value) => expect(valuesOf(text)).toEqual([value]));
  test.each(['known: 1\nknown: 2\n', 'known: 1\norder: 2\nknown: 3\n', 'known: 1\norder: 2\n"of": 3\nof: 4\n'])('hides no repetition: %j', text => expect(readYaml(text).problems).toHaveLength(1));
});

describe('mistakes', () => {
  test('are told with their lines, and do not hide the other documents', () => {
    const { documents, problems } = readYaml('a: 1\n---\nb: [1\nc: 2\n---\nd: 3\n');
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { d: 3 }]);
    expect(problems.map(({ line }) => line)).toEqual([4]);
  });

  test.each(['a: 1\na: 2\n', 'a: b: c\n', '\ta: 1\n', 'a: "x\n', 'a:\n  - b\n c: 1\n', 'a: *none\n', '--- a: 1\n', '---\nx: 1\n--- - 1\n'])('%j is one', text => expect(readYaml(text).problems).toHaveLength(1));

  test('a bomb of aliases is refused', () => {
    const text = ['a0: &a0 [x]', ...Array.from({ length: 9 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array.from({ length: 9 }, () => `*a${level}`).join(', ')}]`)].join('\n');
    expect(readYaml(text).problems).toHaveLength(1);
  });
});

describe('what is read quickly is what a whole parser reads', () => {
  const value = fc.letrec(tie => ({
    any: fc.oneof({ maxDepth: 4 }, fc.string(), fc.constantFrom('', ' ', '#', '- x', 'a: b', "it's", 'a\nb\n', 'a\n\n', '\n a', 'yes', '0644', '1.0', 'null', '|', '"', 'x #y', '---'), fc.integer(), fc.boolean(), fc.constant(null), tie('list'), tie('object')),
    list: fc.array(tie('any'), { maxLength: 4 }),
    object: fc.dictionary(fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.constantFrom('a', 'b.c/d', 'x y', '__proto__', 'on', '1')), tie('any'), { maxKeys: 4 }),
  })).object;

  test.each([{}, { indentSeq: false }, { lineWidth: 0 }, { defaultStringType: 'QUOTE_DOUBLE' as const }, { collectionStyle: 'flow' as const, lineWidth: 0 }])('as printed with %j', options => {
    fc.assert(fc.property(value, object => {
      const text = stringify(object, options);
      const expected = wholly(text);
      if (expected) expect(valuesOf(text)).toEqual(expected);
    }), { numRuns: 300 });
  });

  test('or is left to it, whatever a text is made of', () => {
    const piece = fc.constantFrom('a', 'b', ': ', ':', '- ', '-', '\n', '\n  ', '\n    ', '"', "'", '#', ' # c', '|', '|-', '>', '{', '}', '[', ']', ', ', '&x ', '*x', '!!str ', '1', 'yes', '---\n', '\t', '? ', 'é', '\\n', ' ');
    fc.assert(fc.property(fc.array(piece, { maxLength: 24 }), pieces => {
      const text = pieces.join('');
      expect(() => readYaml(text)).not.toThrow();
      const quick = text.includes('---') ? unread : readDocument(text, { start: 0, end: text.length, line: 1 });
      if (quick !== unread) expect([text, quick === null ? [] : [quick]]).toEqual([text, wholly(text)]);
    }), { numRuns: 4000 });
  });
});
