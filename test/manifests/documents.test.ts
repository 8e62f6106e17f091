import { documentsOf } from '../../src/manifests/documents';

test('the documents of a text are read in their order, with fields in theirs, and empty ones left out', () => {
  const read = documentsOf('---\nb: 1\na: [2026-01-02, yes, 0012, null]\n---\n---\n{"kind": "x"}\n');
  expect(JSON.stringify(read)).toBe('{"documents":[{"b":1,"a":["2026-01-02","yes",12,null]},{"kind":"x"}]}');
});

test.each([['', []], ['# nothing\n', []]])('%j holds none', (text, documents) => {
  expect(documentsOf(text)).toEqual({ documents });
});

test.each([
  ['a: 1\nb: [hunter2\nc: 2\n', 3],
  ['a: 1\na: hunter2\n', 2],
])('%j is told by its line alone', (text, line) => {
  expect(documentsOf(text)).toEqual({ line });
});
