import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { emptyFolder, martyHere, removeFolders, repository, write } from './_world';

afterAll(removeFolders);

const cases = join(repository, 'test/check/verdicts/cases');
const texts = readdirSync(cases).map(file => readFileSync(join(cases, file), 'utf8'));

test('manifests of others, whole or damaged, are compared or refused with a place, and nothing breaks', async () => {
  const cut = fc.record({ text: fc.constantFrom(...texts), at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(40), instead: fc.constantFrom('', 'null', '[]', '{', '- ', ': ', '\n', '0', '&a *a', '"') });
  const damaged = cut.map(({ text, at, length, instead }) => {
    const from = Math.floor(at * text.length);
    return text.slice(0, from) + instead + text.slice(from + length);
  });
  const folder = write(emptyFolder(), { 'before/README': '', 'after/README': '' });
  await fc.assert(fc.asyncProperty(damaged, damaged, async (before, after) => {
    write(folder, { 'before/a.yaml': before, 'after/a.yaml': after });
    const { exit, err } = await martyHere(folder, ['diff', 'before', 'after']);
    expect([0, 1, 3]).toContain(exit);
    if (exit === 3) expect(err).toMatch(/\/a\.yaml:\d+: is no YAML/);
    expect((await martyHere(folder, ['diff', '--dump', 'before/a.yaml', 'after'])).exit).not.toBe(70);
  }), { numRuns: 300 });
}, 60_000);

test('every manifest is equal to itself, and differs from another one without a crash', async () => {
  for (const [index, text] of texts.entries()) {
    const folder = write(emptyFolder(), { 'before/a.yaml': text, 'after/a.yaml': texts[(index + 1) % texts.length] });
    expect((await martyHere(folder, ['diff', 'before', 'before'])).exit).toBe(0);
    expect([0, 1]).toContain((await martyHere(folder, ['diff', 'before', 'after', '--format', 'markdown'])).exit);
  }
}, 60_000);
