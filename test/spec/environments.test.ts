import { chainOf, environmentProblems, factsOf, platformProblems } from '../../src/spec/environments';
import { refusalOf, testPairs } from '../support/problems';
import { shop } from '../support/shop';

const base = { kubernetes: '1.37', domain: 'shop.example' } as const;
const platform = (environments: object) => ({ name: 'shop', environments });

describe('a platform', () => {
  testPairs(platformProblems, [
    ['has an environment', platform({ dev: base }), platform({}), 'environments: has no environment, expected at least one'],
    ['has a name', platform({ dev: base }), { environments: { dev: base } }, 'name: is missing, expected a string'],
    ['has a name with room for suffixes', { ...platform({ dev: base }), name: 'a'.repeat(40) }, { ...platform({ dev: base }), name: 'a'.repeat(41) }, `name: is "${'a'.repeat(41)}", expected at most 40 characters`],
    ['has environments of other names than default', platform({ defaults: base }), platform({ default: base }), 'environments: names an environment `default`, which stands for all others in per({…}); choose another name'],
    ['has environments whose names are labels', platform({ 'eu-1': base }), platform({ EU: base }), 'environments.EU: is no usable name, expected a DNS label: lower case letters, digits and "-", beginning with a letter and not ending in "-"'],
    ['has environments whose names constructs can bear', platform({ dev: base }), platform({ constructor: base }), 'environments.constructor: is a word that every JavaScript object knows; choose another name'],
  ]);
});

describe('an environment', () => {
  testPairs(facts => platformProblems(platform({ dev: facts })), [
    ['is of a version that manifests are known for', { ...base, kubernetes: '1.28' }, { ...base, kubernetes: '1.27' }, expect.stringContaining('environments.dev.kubernetes: is "1.27", expected "1.28" or "1.29"') as string],
    ['says its version', base, { domain: 'shop.example' }, 'environments.dev.kubernetes: is missing, expected "1.28" or "1.29" or "1.30" or "1.31" or "1.32" or "1.33" or "1.34" or "1.35" or "1.36" or "1.37"'],
    ['has a domain', base, { ...base, domain: '10.0.0.1' }, 'environments.dev.domain: is "10.0.0.1", which is an address, expected a host name; an address goes into `cidrs`'],
    ['has a domain with room for the names of services', { ...base, domain: `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(19)}` }, { ...base, domain: `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(20)}` },
      expect.stringContaining('expected at most 202 characters') as string],
    ['has a namespace with room for suffixes', { ...base, namespace: 'a'.repeat(55) }, { ...base, namespace: 'a'.repeat(56) }, `environments.dev.namespace: is "${'a'.repeat(56)}", expected at most 55 characters`],
    ['has only facts that exist', base, { ...base, region: 'eu' }, 'environments.dev.region: is not a field that exists here'],
    ['has quantities that Kubernetes can read', { ...base, quota: { cpu: 0.1 } }, { ...base, quota: { cpu: 1e-9 } }, 'environments.dev.quota.cpu: is 1e-9, expected a number of at least 0.1'],
    ['has one to ten zones', { ...base, zones: 10 }, { ...base, zones: 11 }, 'environments.dev.zones: is 11, expected a number of at most 10'],
    ['has labels that Kubernetes takes', { ...base, monitoring: { namespace: 'm', labels: { a: 'b' } } }, { ...base, monitoring: { namespace: 'm', labels: { a: 'b c' } } },
      'environments.dev.monitoring.labels.a: is "b c", expected letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'],
    ['refers to servers in a namespace or outside', { ...base, kafka: { at: { host: 'kafka.example' } } }, { ...base, kafka: { at: { host: 'kafka.example', namespace: 'kafka' } } }, expect.stringContaining('is not a field that exists here') as string],
    ['refers to servers outside by name', { ...base, kafka: { at: { host: 'kafka.example', cidrs: ['10.0.0.1/32'] } } }, { ...base, kafka: { at: { host: '10.0.0.1' } } }, 'environments.dev.kafka.at.host: is "10.0.0.1", which is an address, expected a host name; an address goes into `cidrs`'],
  ]);
});

describe('an environment that extends another', () => {
  testPairs(derived => platformProblems(platform({ dev: base, test: derived })), [
    ['extends one that exists', { extends: 'dev' }, { extends: 'prod' }, 'environments.test.extends: is "prod", expected one of dev'],
    ['extends one that exists, whatever every object has', { extends: 'dev' }, { extends: 'constructor' }, 'environments.test.extends: is "constructor", expected one of dev'],
    ['does not extend itself', { extends: 'dev' }, { extends: 'test' }, 'environments.test.extends: leads back to itself: test -> test'],
    ['says right what it says', { extends: 'dev', zones: 3 }, { extends: 'dev', zones: 0 }, 'environments.test.zones: is 0, expected a number of at least 1'],
  ]);

  const environments = { production: { ...base, quota: { cpu: 8, pods: 10 }, zones: 3 }, eu: { extends: 'production', quota: { cpu: 4 } }, west: { extends: 'eu', domain: 'west.example' } };

  test('has the facts of all that it extends, each replaced whole, and defaults', () => {
    expect(factsOf({ name: 'shop', environments }, 'west')).toMatchObject({ kubernetes: '1.37', domain: 'west.example', zones: 3, quota: { cpu: 4, pods: 200 }, clusterDomain: 'cluster.local' });
  });

  test('is followed by those it extends, nearest first', () => {
    expect(chainOf(environments, 'west')).toEqual(['west', 'eu', 'production']);
    expect(chainOf(environments, 'nowhere')).toEqual([]);
  });
});

test('an environment that does not exist has no facts', () => {
  expect(() => factsOf(shop, 'toString')).toThrow('environment: is "toString", expected one of dev, production');
  expect(refusalOf('PLATFORM_INVALID', () => factsOf(shop, 'test'))).toEqual([]);
});

test('values per environment are looked for however deep they stand', () => {
  const problems = environmentProblems(shop, { a: { perEnvironment: { default: 1, nowhere: 2 } }, b: { perEnvironment: {} } }, 'calls');
  expect(problems.map(({ path }) => path)).toEqual(['calls.a.perEnvironment.nowhere', 'calls.b']);
});
