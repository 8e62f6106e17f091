import { checkReleases, imageOf, versionLabelOf, versionSchema } from '../../src/spec/releases';
import { problemsOf } from '../../src/spec/problems';
import { refusalOf, testPairs } from '../support/problems';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const notVersion = 'expected a tag such as 1.4.2, a digest sha256:…, or tag@sha256:…';

describe('a version', () => {
  testPairs(version => problemsOf(versionSchema, version), [
    ['names what never moves', '1.4.2', 'latest', ': is "latest", which names no version; expected a tag that never moves'],
    ['names what never moves, whatever digest it stands for', `1.4.2@${digest}`, `latest@${digest}`, ': is "latest", which names no version; expected a tag that never moves'],
    ['is a digest of its whole length', digest, digest.slice(0, -1), `: is "${digest.slice(0, -1)}", ${notVersion}`],
    ['is no image', '1.4.2', 'ghcr.io/acme/orders:1.4.2', `: is "ghcr.io/acme/orders:1.4.2", ${notVersion}`],
    ['is text', '1.4', 1.4, ': is 1.4, expected a string'],
  ]);
});

describe('a release file', () => {
  test('with a version for each service can be used', () => {
    expect(checkReleases({ orders: '1.4.2', other: '1' }, ['orders'], 'dev.json')).toEqual({ orders: '1.4.2', other: '1' });
  });

  test('with a name that is nearly that of a service is told so', () => {
    expect(refusalOf('RELEASE_INVALID', () => checkReleases({ serch: '1' }, ['search'], 'dev.json'))).toEqual(['search: has no version; name the tag or digest that runs there, or is it meant by "serch"?']);
  });

  test('without versions is refused with all that are missing or wrong', () => {
    expect(refusalOf('RELEASE_INVALID', () => checkReleases({ orders: 'latest', api: '1.0.0' }, ['orders', 'api', 'payments', 'toString'], 'dev.json'))).toEqual([
      'orders: is "latest", which names no version; expected a tag that never moves',
      'payments: has no version; name the tag or digest that runs there',
      'toString: has no version; name the tag or digest that runs there',
    ]);
  });

  test.each([[undefined], [null], ['1.0.0'], [[]]])('that is %j is refused', releases => {
    expect(refusalOf('RELEASE_INVALID', () => checkReleases(releases, ['orders'], 'dev.json')).length).toBeGreaterThan(0);
  });
});

describe('the reference of an image', () => {
  test.each([['1.4.2', 'orders:1.4.2'], [digest, `orders@${digest}`], [`1.4.2@${digest}`, `orders:1.4.2@${digest}`]])('with %s is %s', (version, image) => {
    expect(imageOf('orders', version)).toBe(image);
  });
});

test.each([['1.4.2', '1.4.2'], [`1.4.2@${digest}`, '1.4.2'], [digest, `sha256-${digest.slice(7, 63)}`], [`${'a'.repeat(62)}.b`, 'a'.repeat(62)]])('%s is the label %s', (version, label) => {
  expect(versionLabelOf(version)).toBe(label);
});
