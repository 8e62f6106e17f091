import { definePlatform, settleService, type EnvironmentInput, type MicroserviceSpec } from '../../src/spec';
import { containerDefaultsOf, containerDefaultsSchema } from '../../src/spec/container-defaults';
import { problemsOf } from '../../src/spec/problems';
import { refusalOf, testPairs } from '../support/problems';
import { allFacts, minimal } from '../support/shop';

const settled = (facts: Partial<EnvironmentInput>, input: object) => {
  const platform = definePlatform({ name: 'shop', environments: { production: { ...allFacts, ...facts } } });
  return settleService(platform.microservice({ ...minimal, ...input } as never) as unknown as MicroserviceSpec, 'production');
};
const unlimited = { resources: { cpuMillis: 100, memoryMiB: 64, cpuLimitMillis: 'none' } };
const proxy = { sidecars: { proxy: { image: 'ghcr.io/shop/proxy:1.0.0', ...unlimited } } };

describe('what a container gets that says nothing', () => {
  testPairs(input => problemsOf(containerDefaultsSchema, input), [
    ['is no more CPU than it may use', { cpuMillis: 500 }, { cpuMillis: 501 }, 'cpuLimitMillis: must be at least the request, cpuMillis'],
    ['is no more memory than it may use', { memoryMiB: 256 }, { memoryMiB: 257 }, 'memoryLimitMiB: must be at least the request, memoryMiB'],
    ['is no more disk than it may use', { diskMiB: 256 }, { diskMiB: 257 }, 'diskLimitMiB: must be at least the request, diskMiB'],
    ['is some CPU', { cpuMillis: 1 }, { cpuMillis: 0 }, 'cpuMillis: is 0, expected a number of at least 1'],
  ]);

  test.each<[string, object, object, number | 'none']>([
    ['is half a core at most', {}, {}, 500],
    ['is as much CPU as it wants where a service has no limit', {}, unlimited, 'none'],
    ['is as much CPU as it wants where a sidecar has no limit', {}, proxy, 'none'],
    ['is what is said', { cpuLimitMillis: 700 }, {}, 700],
  ])('%s', (_, containerDefaults, input, limit) => {
    const service = settled({ containerDefaults }, input);
    expect(containerDefaultsOf(service.facts, [service]).cpuLimitMillis).toBe(limit);
  });
});

describe('a service without a limit of CPU', () => {
  test('is refused where Kubernetes would give it one', () => {
    expect(refusalOf('PLATFORM_INVALID', () => settled({ containerDefaults: { cpuLimitMillis: 700 } }, proxy))).toEqual([
      'environments.production.containerDefaults.cpuLimitMillis: is 700, which a container of api would get that is to have no limit of CPU, expected "none"; say so, or nothing, or give the container a limit',
    ]);
    expect(() => settled({ containerDefaults: { cpuLimitMillis: 'none' } }, proxy)).not.toThrow();
  });

  test('is refused where a quota of limits would refuse its pods', () => {
    expect(refusalOf('PLATFORM_INVALID', () => settled({ quota: { cpuLimit: 9 } }, unlimited))).toEqual([
      'environments.production.quota.cpuLimit: is 9, but api has a container without a limit of CPU, whose pods are refused then; give it one, or remove this',
    ]);
    expect(() => settled({ quota: { cpuLimit: 9 } }, {})).not.toThrow();
  });
});
