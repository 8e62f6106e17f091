import fc from 'fast-check';
import { waive } from '../../src/spec';
import { linesOf, refusalOf } from '../support/problems';
import { manifestsIn, oneOf, renderPlatform, allOf } from '../support/manifests';
import { minimal, problemsWith, shop } from '../support/shop';
import type { MicroserviceSpec } from '../../src/spec';

const { per } = shop;
const rendered = (service: MicroserviceSpec, environment = 'production') => manifestsIn(renderPlatform([service], environment).text());
const patched = (patches: Parameters<typeof shop.microservice>[0]['patches'], environment?: string) => rendered(shop.microservice({ ...minimal, patches }), environment);
const lines = (problems: readonly { path: string; message: string }[]) => problems.map(({ path, message }) => `${path}: ${message}`);

describe('a patch', () => {
  test('is laid over every object of its kind, and over the one that it names', () => {
    const manifests = patched({ 'Service': { metadata: { annotations: { 'a.example/b': 'c' } } }, 'Deployment/api': { spec: { revisionHistoryLimit: 2 } } });
    expect(oneOf(manifests, 'Service').metadata).toMatchObject({ annotations: { 'a.example/b': 'c' } });
    expect(oneOf(manifests, 'Deployment').spec).toMatchObject({ revisionHistoryLimit: 2 });
  });

  test('may differ between environments', () => {
    const service = shop.microservice({ ...minimal, patches: { Deployment: per({ default: {}, production: { spec: { minReadySeconds: 7 } } }) } });
    expect(oneOf(rendered(service), 'Deployment').spec).toMatchObject({ minReadySeconds: 7 });
    expect(oneOf(rendered(service, 'dev'), 'Deployment').spec).not.toHaveProperty('minReadySeconds');
  });

  test('removes fields with null, entries and whole objects with $patch', () => {
    const manifests = patched({
      Deployment: { spec: { revisionHistoryLimit: null, template: { spec: { containers: [{ name: 'api', volumeMounts: [{ mountPath: '/tmp', $patch: 'delete' }] }], volumes: [{ name: 'tmp', $patch: 'delete' }] } } } },
      PodDisruptionBudget: { $patch: 'delete' },
    });
    const { spec } = oneOf(manifests, 'Deployment');
    expect(spec).not.toHaveProperty('revisionHistoryLimit');
    expect(spec?.template.spec?.volumes?.map(({ name }) => name)).toEqual(['config']);
    expect(allOf(manifests, 'PodDisruptionBudget')).toEqual([]);
  });

  test('that meets no object is an error that lists what there is', () => {
    const service = shop.microservice({ ...minimal, patches: { 'Ingress': { metadata: { labels: { a: 'b' } } }, 'Service/other': { metadata: { labels: { a: 'b' } } } } });
    expect(refusalOf('PLATFORM_INVALID', () => rendered(service, 'dev'))).toEqual([
      'api.patches.Ingress: patches an object that is not rendered here; there is ConfigMap, Deployment, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount, ServiceMonitor',
      'api.patches.Service/other: patches an object that is not rendered here; of its kind there is Service/api',
    ]);
  });

  test('is held against the schema of the environment', () => {
    expect(refusalOf('MANIFEST_INVALID', () => patched({
      // @ts-expect-error a field that does not exist does not compile
      Deployment: { spec: { template: { spec: { hostNetwrok: true } } } },
    })).join()).toContain('did you mean hostNetwork?');
    expect(refusalOf('MANIFEST_INVALID', () => patched({ Deployment: { spec: { template: { spec: { resources: { limits: { cpu: '1' } } } } } } }, 'dev')).join()).toContain('exists since Kubernetes 1.3');
  });

  test.each([
    ['apiVersion', { Deployment: { apiVersion: 'apps/v2' } }, 'patches.Deployment.apiVersion: cannot be patched: it would make another object of it; write that one under `objects`'],
    ['kind', { Deployment: { kind: 'StatefulSet' } }, 'patches.Deployment.kind: cannot be patched: it would make another object of it; write that one under `objects`'],
    ['name', { Service: { metadata: { name: 'other' } } }, 'patches.Service.metadata.name: cannot be patched: it would make another object of it, which nothing refers to; the name of the service names its objects, or `adopt`'],
    ['namespace', { Service: { metadata: { namespace: 'other' } } }, 'patches.Service.metadata.namespace: cannot be patched: it would take it out of its environment, which says the namespace'],
    ['selector', { perEnvironment: { default: {}, production: { spec: { selector: { app: 'x' } } } } }, 'patches.Service.perEnvironment.production.spec.selector: cannot be patched: it selects the pods and never changes; to take over a live workload with its selector, use `adopt`'],
    ['directive', { Service: { $patch: 'merge' } }, 'patches.Service."$patch": is "merge", expected "delete" or "replace"'],
    ['directive beside fields', { Service: { $patch: 'delete', metadata: {} } }, 'patches.Service."$patch": is "delete", which leaves nothing that other fields could be about; leave one of the two out'],
    ['workload', { Deployment: { $patch: 'delete' } }, 'patches.Deployment: has `$patch: delete`, but a service without its workload is none; leave the service out'],
    ['kind as a key', { deployment: {} }, 'patches.deployment: is no usable name, expected a kind such as Deployment, or Deployment/orders'],
    ['value', { Deployment: [] }, 'patches.Deployment: is [], expected an object'],
    ['date', { Deployment: { spec: { paused: new Date(0) } } }, 'patches.Deployment.spec.paused: is "1970-01-01T00:00:00.000Z", expected plain data, not an instance of a class'],
    ['function', { Deployment: { spec: { paused: () => true } } }, 'patches.Deployment.spec.paused: is () => true, expected plain data: texts, numbers, true, false, lists and objects'],
    ['number', { Deployment: { spec: { replicas: Number.NaN } } }, 'patches.Deployment.spec.replicas: is NaN, expected plain data: texts, numbers, true, false, lists and objects'],
    ['key', { Deployment: { metadata: { annotations: JSON.parse('{"__proto__":"a"}') as object } } }, 'patches.Deployment.metadata.annotations.__proto__: has a key that JavaScript takes for something else; choose another'],
  ])('of the %s is refused with the reason', (_, patches, problem) => {
    expect(lines(problemsWith({ patches: 'perEnvironment' in patches ? { Service: patches } : patches }))).toEqual([problem]);
  });

  test('of the labels by which pods are selected is refused', () => {
    const patch = (metadata: object) => ({ Deployment: { spec: { template: { metadata } } } });
    const labels = (metadata: object) => shop.microservice({ ...minimal, patches: patch(metadata) as never });
    expect(refusalOf('PLATFORM_INVALID', () => rendered(labels({ labels: { 'app.kubernetes.io/instance': null } })))).toEqual([
      'api.patches.Deployment.spec.template.metadata.labels."app.kubernetes.io/instance": cannot be patched: the pods are selected by it; to take over a live workload with its selector, use `adopt`',
    ]);
    expect(refusalOf('PLATFORM_INVALID', () => rendered(labels({ labels: null })))).toEqual(['api.patches.Deployment.spec.template.metadata.labels: cannot be removed: the pods are selected by them']);
    expect(oneOf(rendered(labels({ labels: { a: 'b' } })), 'Deployment').spec?.template.metadata?.labels).toMatchObject({ a: 'b' });
  });

  test('comes after what is done in the program', () => {
    const manifests = patched({ Deployment: { metadata: { labels: { team: 'other' } } } });
    expect(oneOf(manifests, 'Deployment').metadata.labels?.team).toBe('other');
  });
});

describe('a raw object', () => {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra' }, data: { a: 'b' } };
  const withObjects = (...objects: Parameters<typeof shop.microservice>[0]['objects'] & readonly unknown[]) => rendered(shop.microservice({ ...minimal, objects } as never));

  test('stands in the folder of the service as it was written, in its namespace where its kind has one', () => {
    const service = shop.microservice({ ...minimal, objects: [configMap, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'reader' }, rules: [] }, { apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'elsewhere' } }] });
    const { text } = renderPlatform([service], 'production');
    expect(text()).toContain('# production/api/configmap-extra.yaml');
    const manifests = manifestsIn(text());
    expect(manifests.find(({ metadata }) => metadata.name === 'extra')).toEqual({ ...configMap, metadata: { name: 'extra', namespace: 'shop' } });
    expect(manifests.find(({ kind }) => kind === 'ClusterRole')?.metadata).toEqual({ name: 'reader' });
    expect(manifests.find(({ kind }) => kind === 'Widget')?.metadata).toEqual({ name: 'w', namespace: 'elsewhere' });
  });

  test('is not patched, and checked as strictly as any other', () => {
    const service = shop.microservice({ ...minimal, objects: [configMap], patches: { ConfigMap: { metadata: { labels: { a: 'b' } } } } });
    expect(rendered(service).find(({ metadata }) => metadata.name === 'extra')?.metadata.labels).toBeUndefined();
    expect(refusalOf('MANIFEST_INVALID', () => withObjects({ ...configMap, dta: {} }))).toHaveLength(1);
    expect(refusalOf('MANIFEST_INVALID', () => withObjects({ ...configMap, metadata: { name: 'api-config' } })).join()).toContain('a second time');
  });

  test.each([
    ['twice', [configMap, { ...configMap, data: {} }], 'objects[1]: has the kind and name of another one; leave one of the two out'],
    ['without a name', [{ ...configMap, metadata: {} }], 'objects[0].metadata.name: is missing, expected a string'],
    ['without a kind', [{ ...configMap, kind: 'configmap' }], 'objects[0].kind: is "configmap", expected a kind such as ConfigMap'],
    ['with a date', [{ ...configMap, data: { a: new Date(0) } }], 'objects[0].data.a: is "1970-01-01T00:00:00.000Z", expected plain data, not an instance of a class'],
  ])('%s is refused', (_, objects, problem) => {
    expect(lines(problemsWith({ objects }))).toEqual([problem]);
  });
});

describe('what others lost', () => {
  const podSpecOf = (manifests: ReturnType<typeof rendered>) => oneOf(manifests, 'Deployment').spec?.template.spec;

  test('cdk8s#2163: fields of a newer Kubernetes survive, such as resources of the whole pod', () => {
    const spec = podSpecOf(patched({ Deployment: { spec: { template: { spec: { resources: { limits: { cpu: '2', memory: '1Gi' } } } } } } }));
    expect(spec).toMatchObject({ resources: { limits: { cpu: '2', memory: '1Gi' } } });
  });

  test('cdk8s#2172: a plain number survives where a number or a share may stand', () => {
    const manifests = patched({ Deployment: { spec: { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: '10%' } } } } });
    expect(oneOf(manifests, 'Deployment').spec?.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '10%' } });
  });

  test('cdk8s#1184: what a patch adds to a list or map that was not there is there', () => {
    const spec = podSpecOf(patched({ Deployment: { spec: { template: { spec: { tolerations: [{ key: 'gpu', operator: 'Exists' }], nodeSelector: { disk: 'ssd' } } } } } }));
    expect(spec).toMatchObject({ tolerations: [{ key: 'gpu', operator: 'Exists' }], nodeSelector: { disk: 'ssd' } });
  });

  test('cdk8s-plus#307: resources that only some nodes have survive beside the others', () => {
    const [container] = podSpecOf(patched({ Deployment: { spec: { template: { spec: { containers: [{ name: 'api', resources: { limits: { 'nvidia.com/gpu': '1' } } }] } } } } }))?.containers ?? [];
    expect(container.resources?.limits).toEqual({ 'cpu': '400m', 'memory': '128Mi', 'ephemeral-storage': '256Mi', 'nvidia.com/gpu': '1' });
  });

  test('cdk8s-plus#1534: one container is patched by its name, and a second one is added', () => {
    const containers = podSpecOf(patched({ Deployment: { spec: { template: { spec: { containers: [{ name: 'api', stdin: true }, { name: 'proxy', image: 'envoy:1' }] } } } } }))?.containers;
    expect(containers).toMatchObject([{ name: 'api', stdin: true, image: 'ghcr.io/shop/api:1.0.0', readinessProbe: {} }, { name: 'proxy', image: 'envoy:1' }]);
  });
});

test('a patched value always survives to YAML', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
  const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('on', 'null', '0x1f', '1_000', '~', ' a ', 'a: b', '- a', '#', 'é\n\tb\n', '\u2028'));
  const patch = fc.record({
    metadata: fc.record({ annotations: fc.dictionary(name, text) }),
    data: fc.dictionary(name, text),
  });
  fc.assert(fc.property(patch, said => {
    const manifest = oneOf(patched({ ConfigMap: said }), 'ConfigMap');
    expect(manifest.metadata).toMatchObject(said.metadata);
    expect(manifest.data).toMatchObject(said.data);
  }), { numRuns: 60 });
  const spec = fc.record({
    minReadySeconds: fc.nat(1000), paused: fc.boolean(), progressDeadlineSeconds: fc.integer({ min: 2000, max: 9000 }),
    template: fc.record({ spec: fc.record({ hostAliases: fc.array(fc.record({ ip: fc.constantFrom('10.0.0.1', '::1'), hostnames: fc.array(name) }), { maxLength: 1 }), nodeSelector: fc.dictionary(name, name), shareProcessNamespace: fc.boolean() }) }),
  });
  fc.assert(fc.property(spec, said => {
    expect(oneOf(patched({ Deployment: { spec: said } }), 'Deployment').spec).toMatchObject(said);
  }), { numRuns: 60 });
});

test('waivers and patches meet: the patch has the last word', () => {
  const service = shop.microservice({ ...minimal, waivers: [waive('container-cpu-limit', 'bursty by nature')], patches: { Deployment: { metadata: { annotations: { 'polaris.fairwinds.com/cpuLimitsMissing-exempt': null } } } } });
  expect(Object.keys((oneOf(rendered(service), 'Deployment').metadata as { annotations?: object }).annotations ?? {})).toEqual(['kube-score/ignore', 'marty-msf/waived-container-cpu-limit']);
});

describe('a raw Secret', () => {
  const withSecret = (fields: object) => problemsWith({ objects: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'api' }, ...fields }] });
  test('with values is refused, and no value is shown', () => {
    expect(linesOf(withSecret({ stringData: { token: 'hunter2' } }))).toEqual(['objects[0]: holds the values of a Secret in plain sight; seal it, encrypt it with SOPS, or declare it under secrets']);
  });

  test('that others fill is passed through', () => {
    expect(withSecret({ type: 'kubernetes.io/service-account-token' })).toEqual([]);
  });
});
