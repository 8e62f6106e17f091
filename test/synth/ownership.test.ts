import { isOurs, ownershipText, parseOwnership, sha256, transitionOf, type Ownership } from '../../src/synth/ownership';

const ownership = (files: Readonly<Record<string, string>>): Ownership => ({
  format: 'marty-msf/ownership/v1', owner: 'shop', files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, { construct: 'app', sha256: sha256(text) }])),
});

describe('an ownership file', () => {
  test('reads back what was written, files in the order of their names', () => {
    const text = ownershipText(ownership({ 'b.yaml': 'b', 'a.yaml': 'a' }));
    expect(Object.keys(parseOwnership(text)?.files ?? {})).toEqual(['a.yaml', 'b.yaml']);
    expect(parseOwnership(text)).toEqual(ownership({ 'a.yaml': 'a', 'b.yaml': 'b' }));
  });

  test.each([
    ['no JSON', '{'],
    ['another format', ownershipText(ownership({})).replace('/v1', '/v2')],
    ['no owner', ownershipText(ownership({})).replace('"shop"', '""')],
    ['a field that does not exist', ownershipText(ownership({})).replace('"owner"', '"owners": [], "owner"')],
  ])('with %s is none', (_, text) => {
    expect(parseOwnership(text)).toBeUndefined();
  });
});

describe('while files are being written', () => {
  const before = ownership({ 'a.yaml': 'old', 'stale.yaml': 'stale' });
  const during = transitionOf(before, ownership({ 'a.yaml': 'new', 'more.yaml': 'more' }));

  test('all that was ours and all that will be is ours', () => {
    expect(Object.keys(during.files).sort()).toEqual(['a.yaml', 'more.yaml', 'stale.yaml']);
    expect(['old', 'new', 'edited'].map(text => isOurs(text, during.files['a.yaml']))).toEqual([true, true, false]);
  });

  test('what an interrupted run before this one meant to write is ours too', () => {
    const again = transitionOf(during, ownership({ 'a.yaml': 'newest' }));
    expect(['old', 'new', 'newest', 'edited'].map(text => isOurs(text, again.files['a.yaml']))).toEqual([true, true, true, false]);
  });

  test('nothing is said of files that stay as they are', () => {
    expect(transitionOf(before, before)).toEqual(before);
  });
});
