import { applyPatch } from '../../src/manifests/patch';
import { problemsOfManifest } from '../../src/manifests/schema';

const container = (name: string, more: object = {}) => ({ name, image: `ghcr.io/shop/${name}:1.0.0`, ...more });
const deployment = (podSpec: object, spec: object = {}) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api' },
  spec: { selector: { matchLabels: { app: 'api' } }, template: { metadata: { labels: { app: 'api' } }, spec: { containers: [container('api')], ...podSpec } }, ...spec },
});
const patchPod = (podSpec: object, patch: object) => {
  const patched = applyPatch(deployment(podSpec), { spec: { template: { spec: patch } } }) as ReturnType<typeof deployment>;
  return patched.spec.template.spec as unknown as Record<string, unknown>;
};

describe('objects', () => {
  test('merge key by key', () => {
    expect(patchPod({ nodeSelector: { disk: 'ssd' } }, { nodeSelector: { zone: 'a' } }).nodeSelector).toEqual({ disk: 'ssd', zone: 'a' });
  });

  test('lose a key that is null', () => {
    expect(patchPod({ nodeSelector: { disk: 'ssd', zone: 'a' } }, { nodeSelector: { disk: null } }).nodeSelector).toEqual({ zone: 'a' });
    expect(patchPod({ hostNetwork: true }, { hostNetwork: null })).not.toHaveProperty('hostNetwork');
  });

  test('are replaced whole, or removed, when they say so', () => {
    expect(patchPod({ nodeSelector: { disk: 'ssd' } }, { nodeSelector: { $patch: 'replace', zone: 'a' } }).nodeSelector).toEqual({ zone: 'a' });
    expect(patchPod({ nodeSelector: { disk: 'ssd' } }, { nodeSelector: { $patch: 'delete' } })).not.toHaveProperty('nodeSelector');
    expect(applyPatch(deployment({}), { $patch: 'delete' })).toBeUndefined();
  });

  test('keep a key whose patch is undefined, and one that is no directive', () => {
    expect(patchPod({ hostNetwork: true }, { hostNetwork: undefined, nodeSelector: { $patch: 'merge' } })).toMatchObject({ hostNetwork: true, nodeSelector: { $patch: 'merge' } });
  });
});

describe('lists whose entries have a key', () => {
  test.each([
    ['containers', 'name', { name: 'api', tty: true }],
    ['initContainers', 'name', { name: 'api', tty: true }],
    ['volumes', 'name', { name: 'api', emptyDir: { sizeLimit: '1Gi' } }],
    ['imagePullSecrets', 'name', { name: 'api' }],
    ['hostAliases', 'ip', { ip: 'api', hostnames: ['a.example'] }],
  ])('%s merge by %s', (list, key, entry) => {
    const before = [{ [key]: 'first' }, { [key]: 'api' }, { [key]: 'last' }];
    expect(patchPod({ [list]: before }, { [list]: [entry] })[list]).toEqual([before[0], { ...before[1], ...entry }, before[2]]);
  });

  test.each([
    ['env', [{ name: 'A', value: '1' }, { name: 'B', value: '2' }], [{ name: 'B', value: '3' }], [{ name: 'A', value: '1' }, { name: 'B', value: '3' }]],
    ['volumeMounts', [{ name: 'a', mountPath: '/a' }, { name: 'a', mountPath: '/b' }], [{ mountPath: '/b', readOnly: true }], [{ name: 'a', mountPath: '/a' }, { name: 'a', mountPath: '/b', readOnly: true }]],
    ['ports', [{ name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 53 }], [{ containerPort: 53, hostPort: 53 }], [{ name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 53, hostPort: 53 }]],
    ['ports', [{ name: 'http', containerPort: 8080 }], [{ name: 'http', containerPort: 8081 }], [{ name: 'http', containerPort: 8081 }]],
    ['args', ['--a'], ['--b'], ['--b']],
  ])('of a container: %s', (field, before, patch, after) => {
    const [patched] = patchPod({ containers: [container('api', { [field]: before })] }, { containers: [{ name: 'api', [field]: patch }] }).containers as Record<string, unknown>[];
    expect(patched[field]).toEqual(after);
  });

  test('get a new entry at the end', () => {
    expect(patchPod({}, { containers: [container('proxy')] }).containers).toEqual([container('api'), container('proxy')]);
  });

  test('lose an entry that says so, wherever it stands', () => {
    const containers = [container('first'), container('api'), container('last')];
    expect(patchPod({ containers }, { containers: [{ name: 'api', $patch: 'delete' }, { name: 'absent', $patch: 'delete' }] }).containers).toEqual([containers[0], containers[2]]);
  });

  test('are replaced whole when they say so', () => {
    const containers = [container('first'), container('api')];
    expect(patchPod({ containers }, { containers: [container('only'), { $patch: 'replace' }] }).containers).toEqual([container('only')]);
    expect(patchPod({ containers }, { containers: [{ $patch: 'replace' }] }).containers).toEqual([]);
  });

  test('find an entry by those of its keys that are said', () => {
    const spread = [{ topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 1 }];
    expect(patchPod({ topologySpreadConstraints: spread }, { topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 2 }] }).topologySpreadConstraints).toEqual([{ ...spread[0], maxSkew: 2 }]);
  });
});

describe('lists without a key', () => {
  test('are replaced whole', () => {
    const tolerations = [{ key: 'gpu', operator: 'Exists' }];
    expect(patchPod({ tolerations }, { tolerations: [{ key: 'spot', operator: 'Exists' }] }).tolerations).toEqual([{ key: 'spot', operator: 'Exists' }]);
  });

  test('are all there are in an object of a foreign kind', () => {
    const foreign = { apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { name: 'a' }, spec: { parts: [{ name: 'a' }] } };
    expect(applyPatch(foreign, { spec: { parts: [{ name: 'b' }] } })).toMatchObject({ spec: { parts: [{ name: 'b' }] } });
  });
});

test('of alternatives, the one that is named stays', () => {
  expect(patchPod({ volumes: [{ name: 'tmp', emptyDir: {} }] }, { volumes: [{ name: 'tmp', hostPath: { path: '/tmp' } }] }).volumes).toEqual([{ name: 'tmp', hostPath: { path: '/tmp' } }]);
  const rolling = deployment({}, { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } });
  expect(applyPatch(rolling, { spec: { strategy: { type: 'Recreate' } } })).toMatchObject({ spec: { strategy: { type: 'Recreate' } } });
  expect((applyPatch(rolling, { spec: { strategy: { type: 'Recreate' } } }) as typeof rolling & { spec: { strategy: object } }).spec.strategy).toEqual({ type: 'Recreate' });
});

test('what did not stand there before is free of directives and nulls', () => {
  expect(patchPod({}, { initContainers: [container('a', { tty: null }), { name: 'b', $patch: 'delete' }, { $patch: 'replace' }] }).initContainers).toEqual([container('a')]);
});

test('neither the object nor the patch is changed, and the result shares nothing with the patch', () => {
  const object = deployment({ nodeSelector: { disk: 'ssd' } });
  const patch = { spec: { template: { spec: { nodeSelector: { zone: 'a' }, containers: [{ name: 'new', image: 'a:1', env: [{ name: 'A' }] }] } } } };
  const [before, said] = [structuredClone(object), structuredClone(patch)];
  const patched = applyPatch(object, patch) as ReturnType<typeof deployment>;
  (patched.spec.template.spec.containers[1] as unknown as { env: object[] }).env.push({ name: 'B' });
  expect([object, patch]).toEqual([before, said]);
});

test('values that are no plain data stand for themselves', () => {
  class Later { readonly value = 1; }
  const later = new Later();
  expect(patchPod({ priority: later }, { hostNetwork: true }).priority).toBe(later);
  expect(patchPod({ priority: later }, { priority: 5 }).priority).toBe(5);
});

test('a patched object is as strictly checked as any', () => {
  const patched = applyPatch(deployment({}), { spec: { template: { spec: { hostNetwrok: true } } } });
  expect(problemsOfManifest(patched, '1.37').map(({ path }) => path)).toEqual(['spec.template.spec.hostNetwrok']);
});
