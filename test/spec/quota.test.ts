import { settleService, definePlatform, type MicroserviceSpec } from '../../src/spec';
import { checkQuota, quotaProblems, quotaSchema } from '../../src/spec/quota';
import { renderPlatform } from '../support/manifests';
import { linesOf, refusalOf, testPairs } from '../support/problems';
import { allFacts, minimal, shop } from '../support/shop';
import { platformProblems } from '../../src/spec/environments';

const settled = (...inputs: object[]) => inputs.map((input, index) => (
  settleService(shop.microservice({ ...minimal, name: `s${index}`, ...input } as never) as unknown as MicroserviceSpec, 'production')));
const resources = (cpuMillis: number, memoryMiB: number) => ({ cpuMillis, memoryMiB });
const problems = (quota: object, ...inputs: object[]) => linesOf(quotaProblems(quotaSchema.parse(quota), settled(...inputs), 'quota'));
const more = 'expected at least that; raise it, or let them ask for less';

describe('a quota', () => {
  const withQuota = (quota: unknown) => platformProblems({ name: 'shop', environments: { production: { kubernetes: '1.37', domain: 'a.example', quota } } });
  const at = 'environments.production.quota';
  testPairs(withQuota, [
    ['limits CPU to no less than may be requested', { cpu: 4, cpuLimit: 4 }, { cpu: 4, cpuLimit: 3 }, `${at}.cpuLimit: must be at least cpu, since no limit is below its request`],
    ['limits memory to no less than may be requested', { memoryGiB: 4, memoryLimitGiB: 4 }, { memoryGiB: 4, memoryLimitGiB: 3 }, `${at}.memoryLimitGiB: must be at least memoryGiB, since no limit is below its request`],
    ['is of some CPU', { cpuLimit: 0.1 }, { cpuLimit: 0 }, `${at}.cpuLimit: is 0, expected a number of at least 0.1`],
    ['is of some memory', { memoryLimitGiB: 1_000_000 }, { memoryLimitGiB: 1_000_001 }, `${at}.memoryLimitGiB: is 1000001, expected a number of at most 1000000`],
    ['is of whole claims', { claims: 3 }, { claims: 2.5 }, `${at}.claims: is 2.5, expected an integer`],
    ['is of whole GiB of storage', { storageGiB: 1 }, { storageGiB: 0 }, `${at}.storageGiB: is 0, expected a number of at least 1`],
  ]);
});

describe('services fit into a quota', () => {
  const two = { resources: resources(1000, 1024), scale: { replicas: 2 } };
  testPairs(quota => quotaProblems(quotaSchema.parse(quota), settled(two, { ...two, scale: { min: 1, max: 90 } }), 'quota'), [
    ['when it has the CPU that they request', { cpu: 3 }, { cpu: 2.9 }, `quota.cpu: is 2.9 cores, but the services take 3 cores at their fewest replicas (s0 2 cores, s1 1 cores), ${more}`],
    ['when it has the memory that they request', { memoryGiB: 3 }, { memoryGiB: 2 }, `quota.memoryGiB: is 2 GiB, but the services take 3 GiB at their fewest replicas (s0 2 GiB, s1 1 GiB), ${more}`],
    ['when it has the CPU that they may use', { cpuLimit: 12 }, { cpuLimit: 11 }, `quota.cpuLimit: is 11 cores, but the services take 12 cores at their fewest replicas (s0 8 cores, s1 4 cores), ${more}`],
    ['when it has the memory that they may use', { memoryLimitGiB: 3 }, { memoryLimitGiB: 1 }, `quota.memoryLimitGiB: is 1 GiB, but the services take 3 GiB at their fewest replicas (s0 2 GiB, s1 1 GiB), ${more}`],
    ['when it has as many pods', { pods: 3 }, { pods: 2 }, `quota.pods: is 2, but the services take 3 at their fewest replicas (s0 2, s1 1), ${more}`],
  ]);

  test('counting what is kept', () => {
    const data = { workload: { kind: 'stateful' }, volumes: { data: { kind: 'claim', at: '/data', sizeGiB: 10 } }, scale: { replicas: 3 } };
    const shared = { volumes: { pictures: { kind: 'claim', at: '/data', sizeGiB: 5, access: 'many' } }, scale: { replicas: 9 } };
    expect(problems({ claims: 4, storageGiB: 35 }, data, shared)).toEqual([]);
    expect(problems({ claims: 3, storageGiB: 34 }, data, shared)).toEqual([
      `quota.claims: is 3, but the services take 4 at their fewest replicas (s0 3, s1 1), ${more}`,
      `quota.storageGiB: is 34 GiB, but the services take 35 GiB at their fewest replicas (s0 30 GiB, s1 5 GiB), ${more}`,
    ]);
  });

  test('counting containers beside the service, or the largest one before it', () => {
    const beside = (image: string) => ({ image: `ghcr.io/shop/${image}:1.0.0`, resources: resources(500, 64) });
    expect(problems({ cpu: 1 }, { scale: { replicas: 1 }, resources: resources(500, 64), sidecars: { proxy: beside('proxy') } })).toEqual([]);
    expect(problems({ cpu: 0.9 }, { scale: { replicas: 1 }, resources: resources(500, 64), sidecars: { proxy: beside('proxy') } })).toHaveLength(1);
    expect(problems({ cpu: 0.5 }, { scale: { replicas: 1 }, resources: resources(100, 64), initContainers: { warm: beside('warm') } })).toEqual([]);
    expect(problems({ cpu: 0.4 }, { scale: { replicas: 1 }, resources: resources(100, 64), initContainers: { warm: beside('warm') } })).toHaveLength(1);
  });

  test('leaving room for the largest run of those that end', () => {
    const nightly = { workload: { kind: 'schedule', cron: '@daily' }, resources: resources(700, 64) };
    const small = { workload: { kind: 'job' }, resources: resources(200, 64) };
    const migrated = { scale: { replicas: 1 }, resources: resources(500, 64), migration: { command: ['migrate'] } };
    expect(problems({ cpu: 1.2 }, nightly, small, migrated)).toEqual([]);
    expect(problems({ cpu: 1.1 }, nightly, small, migrated)).toEqual([
      `quota.cpu: is 1.1 cores, but the services take 1.2 cores at their fewest replicas (s2 0.5 cores, a run of s0 0.7 cores), ${more}`,
    ]);
  });

  test('counting nothing for services that wait for events, and one pod for those on every node', () => {
    const platform = definePlatform({ name: 'shop', environments: { production: { ...allFacts, keda: true } } });
    const services = [{ scale: { min: 0, max: 9, triggers: [{ type: 'cron', metadata: {} }] } }, { workload: { kind: 'daemon' } }].map((input, index) => (
      settleService(platform.microservice({ ...minimal, name: `s${index}`, ...input } as never) as unknown as MicroserviceSpec, 'production')));
    expect(quotaProblems(quotaSchema.parse({ pods: 1 }), services, 'quota')).toEqual([]);
  });

  test('naming those that take most', () => {
    expect(problems({ pods: 10 }, ...Array.from({ length: 8 }, (_, index) => ({ scale: { replicas: index + 1 } })))).toEqual([
      `quota.pods: is 10, but the services take 36 at their fewest replicas (s7 8, s6 7, s5 6, s4 5, s3 4, 3 more), ${more}`,
    ]);
  });

  test('or no chart is made', () => {
    const platform = definePlatform({ name: 'shop', environments: { production: { ...allFacts, quota: { pods: 3 } } } });
    const service = platform.microservice({ ...minimal, scale: { replicas: 4 } }) as unknown as MicroserviceSpec;
    expect(refusalOf('PLATFORM_INVALID', () => renderPlatform([service], 'production'))).toEqual([
      `environments.production.quota.pods: is 3, but the services take 4 at their fewest replicas (api 4), ${more}`,
    ]);
    expect(() => checkQuota([], 'production')).not.toThrow();
  });
});
