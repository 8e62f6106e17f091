import { minimal, problemsWith, shop } from '../support/shop';
import { linesOf, refusalOf, testPairs } from '../support/problems';

const problemsOfFields = (fields: unknown) => problemsWith(fields as object);

describe('a service', () => {
  test('that says as little as it can has every default', () => {
    const { data } = shop.microservice(minimal);
    expect(data).toMatchObject({
      ...minimal, tier: 2, ports: {}, calls: {}, stores: {}, secrets: {}, produces: {}, consumes: {}, callers: [], inherited: [],
      workload: { kind: 'deployment' }, variables: {}, files: {}, volumes: {}, initContainers: {}, sidecars: {}, permissions: [], labels: {}, annotations: {},
      adopt: 'none', patches: {}, objects: [], waivers: [], security: { user: 10_001 },
      scheduling: { nodes: {}, tolerations: [], zones: 'should', hosts: 'should' },
      rollout: { maxSurge: '25%', maxUnavailable: 0, recreate: false, minReadySeconds: 0, progressSeconds: 600 },
      resources: 'small', scale: { replicas: 2 }, disruption: { maxUnavailable: 1 }, exposure: 'cluster',
      health: { startSeconds: 60, periodSeconds: 10, timeoutSeconds: 2, drainSeconds: 5, graceSeconds: 45, waitSeconds: 0, livePath: '/health/live', readyPath: '/health/ready' },
    });
  });

  test('cannot be changed once it is described', () => {
    const { data } = shop.microservice({ ...minimal, scale: { replicas: 3 } });
    expect(() => Object.assign(data.scale, { replicas: 4 })).toThrow(TypeError);
  });

  testPairs(problemsOfFields, [
    ['has a team', { team: 'web' }, { team: undefined }, 'team: is missing, expected a string'],
    ['has a name', { name: 'api' }, { name: undefined }, 'name: is missing, expected a string'],
    ['has a name with room for suffixes', { name: 'a'.repeat(50) }, { name: 'a'.repeat(51) }, `name: is "${'a'.repeat(51)}", expected at most 50 characters`],
    ['has an image', { image: 'orders' }, { image: undefined }, 'image: is missing, expected a string'],
    ['has an image without version', { image: 'orders' }, { image: 'orders:1' }, 'image: names a version, expected the repository alone; versions stand in releases/<environment>.json'],
    ['has a tier that exists', { tier: 3 }, { tier: 4 }, 'tier: is 4, expected 1 or 2 or 3'],
    ['has only fields that exist', {}, { replicas: 3 }, 'replicas: is not a field that exists here'],
  ]);

  test('is told everything that is wrong at once, each with its path', () => {
    expect(linesOf(problemsWith({
      name: 'Orders', image: 'orders:latest', replcas: 3, ports: { web: { protocol: 'http', port: 80 } }, scale: { min: 5, max: 3 },
      health: { graceSeconds: 1 }, resources: { cpuMillis: 100, memoryMiB: 128, memoryLimitMiB: 64 }, config: { schema: { type: 'object' }, values: { default: { password: 'x' } } },
    }))).toEqual([
      'name: is "Orders", expected a DNS label: lower case letters, digits and "-", beginning with a letter and not ending in "-"',
      'image: names a version, expected the repository alone; versions stand in releases/<environment>.json',
      'ports.web.port: is 80, expected a number of at least 1024',
      'resources.memoryLimitMiB: must be at least the request, memoryMiB',
      'scale.max: must be more than min; write { replicas } for a number that never changes',
      'health.graceSeconds: must be more than drainSeconds and waitSeconds together, or the process is killed while it still serves',
      'replcas: is not a field that exists here',
      'config.values.default.password: looks like a secret in plain configuration; declare it under secrets, or choose another name',
    ]);
  });

  test('is refused by the platform with the same words', () => {
    expect(refusalOf('SPEC_INVALID', () => shop.microservice({ ...minimal, tier: 4 as never }))).toEqual(['tier: is 4, expected 1 or 2 or 3']);
  });
});

describe('a team\'s defaults', () => {
  const web = shop.with({ team: 'web', tier: 1, scale: { replicas: 3 } });

  test('need not be said again', () => {
    expect(web.microservice({ name: 'api', image: 'api' }).data).toMatchObject({ team: 'web', tier: 1, scale: { replicas: 3 }, inherited: ['team', 'tier', 'scale'] });
  });

  test('yield to what the service says', () => {
    expect(web.microservice({ name: 'api', image: 'api', tier: 3 }).data).toMatchObject({ tier: 3, inherited: ['team', 'scale'] });
  });

  test('can be said in several steps', () => {
    expect(web.with({ tier: 2 }).microservice({ name: 'api', image: 'api' }).data).toMatchObject({ team: 'web', tier: 2 });
  });
});
