import ts from 'typescript';
import { sources } from './sources';

const files = sources().filter(({ path }) => !path.startsWith('imports/'));
const length = (text: string) => text.split('\n').length - 1;

test('names are nouns in kebab-case', () => {
  const parts = files.flatMap(({ path }) => path.split('/'));
  expect(parts.filter(part => !/^_?[a-z0-9]+(-[a-z0-9]+)*$/.test(part))).toEqual([]);
});

test('no folder and no file is named after nothing in particular', () => {
  const parts = files.flatMap(({ path }) => path.split('/'));
  expect(parts.filter(part => /^_?(utils?|common|helpers?|misc|shared|base|impl|manager|lib)$/.test(part))).toEqual([]);
});

test('no file is longer than 400 lines, and one of twenty is longer than 300', () => {
  const lengths = files.map(({ path, text }) => ({ path, lines: length(text) })).sort((a, b) => b.lines - a.lines);
  expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
  expect(lengths[Math.floor(lengths.length / 20)].lines).toBeLessThanOrEqual(300);
});

test('nothing is exported by default, nothing is any, and nothing is an enum', () => {
  const has = (node: ts.Node): boolean => (
    [ts.SyntaxKind.AnyKeyword, ts.SyntaxKind.EnumDeclaration, ts.SyntaxKind.ExportAssignment, ts.SyntaxKind.DefaultKeyword].includes(node.kind)
      && !(node.parent && ts.isDefaultClause(node.parent))) || (ts.forEachChild(node, has) ?? false);
  expect(files.filter(({ tree }) => has(tree)).map(({ path }) => path)).toEqual([]);
});

test('nothing is left to be done', () => {
  expect(files.filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text)).map(({ path }) => path)).toEqual([]);
});
