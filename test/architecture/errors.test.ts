import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sources } from './sources';
import { errorCodes } from '../../src/errors';

const text = existsSync(join(root, 'docs/errors.md')) ? readFileSync(join(root, 'docs/errors.md'), 'utf8') : '';
const rows = text.split('\n').filter(line => line.startsWith('| `')).map(line => line.split('|').slice(1, -1).map(cell => cell.trim()));
const used = new Set(sources().flatMap(({ text: source }) => [...source.matchAll(/new MartyError\(\s*'([A-Z_]+)'|code: '([A-Z]+(?:_[A-Z]+)*)'/g)].map(([, thrown, said]) => thrown ?? said)));

test('docs/errors.md has exactly the codes that exist', () => {
  expect(rows.map(([code]) => code)).toEqual(Object.keys(errorCodes).map(code => `\`${code}\``));
});

test('docs/errors.md says of each code what errors.ts says', () => {
  expect(rows.map(([, meaning]) => meaning)).toEqual(Object.values(errorCodes));
});

test('docs/errors.md says of each code what to do', () => {
  expect(rows.filter(([, , remedy]) => (remedy ?? '').length < 20).map(([code]) => code)).toEqual([]);
});

test('every code is thrown somewhere, and what is thrown is a code', () => {
  const codes = Object.keys(errorCodes);
  expect(codes.filter(code => !used.has(code))).toEqual([]);
  expect([...used].filter(code => !codes.includes(code))).toEqual([]);
});
