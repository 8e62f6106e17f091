import { deployment, fatesOf, importOf, named, service, servicesOf, sourceOf, yamlOf } from './_manifests';
import { emptyFolder, martyHere, removeFolders, write } from './_world';

afterAll(removeFolders);

const namespace = (labels: object = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
const inShop = (object: { metadata: object }) => ({ ...object, metadata: { ...object.metadata, namespace: 'shop' } });
const web = inShop(deployment('web'));
const factsOf = (result: ReturnType<typeof importOf>) => result.description?.platform.environments.production;

describe('what services share', () => {
  test('is no object of a service, and what the platform says of it is told', () => {
    const quota = inShop(named('v1', 'ResourceQuota', 'limits', { spec: { hard: { 'requests.cpu': '20', 'limits.memory': '64Gi', 'pods': '50' } } }));
    const range = inShop(named('v1', 'LimitRange', 'defaults', { spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '50m' }, default: { memory: '1Gi' } }] } }));
    const deny = inShop(named('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }));
    const role = named('rbac.authorization.k8s.io/v1', 'ClusterRole', 'reader', { rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }] });
    const result = importOf(web, namespace({ 'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/enforce-version': 'v1.33' }), quota, range, deny, role);
    expect(result.differences).toEqual([]);
    expect(servicesOf(result)[0]).not.toHaveProperty('objects');
    expect(factsOf(result)).toMatchObject({ kubernetes: '1.33', quota: { cpu: 20, memoryLimitGiB: 64, pods: 50 }, containerDefaults: { cpuMillis: 50, memoryLimitMiB: 1024 } });
    expect(result.platform.map(({ object, as, detail }) => [object, as, detail[0]])).toEqual([
      ['Namespace/shop', 'differently', 'the version of Kubernetes is read from it'],
      ['ResourceQuota/limits', 'beside', 'the quota of the environment is read from it'],
      ['LimitRange/defaults', 'beside', 'the defaults of containers of the environment are read from it'],
      ['NetworkPolicy/default-deny', 'differently', expect.stringContaining('differs at metadata.labels')],
      ['ClusterRole/reader', 'beside', undefined],
    ]);
    expect(result.platform[0].detail).toContain('differs at metadata.labels."pod-security.kubernetes.io/enforce": it should be "baseline"');
  });

  test('are custom resources of the whole cluster, as their definition says', () => {
    const definition = named('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.acme.example', { spec: { group: 'acme.example', scope: 'Cluster', names: { kind: 'Widget', plural: 'widgets' }, versions: [] } });
    const result = importOf(web, definition, named('acme.example/v1', 'Widget', 'w'), inShop(named('acme.example/v1', 'Gadget', 'g')));
    expect(fatesOf(result)).toEqual({ 'Deployment/web': 'patched', 'CustomResourceDefinition/widgets.acme.example': 'platform', 'Widget/w': 'platform', 'Gadget/g': 'object' });
  });

  test('may be all there is', async () => {
    const { exit, out, err } = await martyHere('/', ['import', '-'], { input: yamlOf(namespace()) });
    expect({ exit, out }).toEqual({ exit: 1, out: '' });
    expect(err).toContain('Platform, not part of any service:\n  Namespace/shop (stdin:1) is not rendered; go on applying it\n');
    expect(err).toContain('nothing runs: there is no Deployment');
  });

  test('a quota that the services would exceed is left out, since they run all the same', () => {
    const result = importOf(web, namespace(), inShop(named('v1', 'ResourceQuota', 'limits', { spec: { hard: { pods: '1' } } })));
    expect(result.differences).toEqual([]);
    expect(factsOf(result)).not.toHaveProperty('quota');
    expect(result.notes).toContain('quota, which is read from the namespace, is left out: the services do not keep to it');
  });

  test('is said in the TypeScript too', async () => {
    const { out } = await martyHere('/', ['import', '-'], { input: yamlOf(web, namespace()) });
    expect(out).toMatch(/^\/\/ of the platform: Namespace\/shop \(stdin:\d+\) is rendered otherwise; differs at /m);
    expect(out).toContain('// assumed: domain is example.com: no manifest names a host\n');
  });
});

describe('facts', () => {
  test('are assumed where no manifest tells them, and that is said', () => {
    expect(importOf(deployment()).assumed).toEqual([
      'kubernetes is 1.37: no manifest tells it', 'domain is example.com: no manifest names a host',
      'monitoring is "none": no ServiceMonitor or PodMonitor finds a service', 'team is "unknown": web-v1 has no label team',
    ]);
  });

  test('the version is the newest that serves every API version', () => {
    const flow = named('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', 'f', { spec: { priorityLevelConfiguration: { name: 'p' } } });
    const result = importOf(web, flow);
    expect(factsOf(result)?.kubernetes).toBe('1.37');
    const old = importOf(web, named('networking.k8s.io/v1beta1', 'ServiceCIDR', 'c', { spec: { cidrs: ['10.0.0.0/24'] } }));
    expect(old.differences).toEqual([]);
  });

  test('a label of the namespace that is older than what is used does not count', () => {
    const containers = [{ name: 'web', image: 'nginx:1.27', lifecycle: { preStop: { sleep: { seconds: 5 } } } }];
    const result = importOf(inShop(deployment('web', { app: 'web' }, { containers })), namespace({ 'pod-security.kubernetes.io/enforce-version': 'v1.28' }));
    expect(result.differences).toEqual([]);
    expect(factsOf(result)?.kubernetes).toBe('1.37');
    expect(result.assumed[0]).toBe('kubernetes is 1.37: the namespace says 1.28, which does not know all that is used');
  });
});

describe('files that hold no manifests', () => {
  const files = {
    'web.yaml': yamlOf(deployment()),
    'base/kustomization.yaml': 'resources: [a.yaml]\npatches:\n  - path: patch.yaml\n',
    'base/patch.yaml': yamlOf(named('apps/v1', 'Deployment', 'web-v1', { spec: { replicas: 5 } })),
    'chart/Chart.yaml': 'apiVersion: v2\nname: chart\n',
    'chart/values.yaml': 'a: 1\n',
    'chart/crds/w.yaml': yamlOf(named('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'w.acme.example', { spec: {} })),
    'chart/templates/service.yaml': '{{- if .Values.a }}\napiVersion: v1\nkind: Service\n{{- end }}\n',
    'chart/templates/NOTES.txt': 'Thank you.\n',
    'ci/pipeline.yml': 'stages: [build]\nscript: !reference [a, b]\n',
    'ci/broken.yaml': 'a: [1\nb: {{ x }}\n',
  };

  test('are skipped with the reason, and never break the import', async () => {
    const { exit, err } = await martyHere(write(emptyFolder(), files), ['import', '.']);
    expect(exit).toBe(0);
    expect(err.slice(0, err.indexOf('Platform'))).toBe([
      'Skipped:',
      '  chart/Chart.yaml is read by Helm alone: it belongs to a chart; import what `helm template` prints',
      '  chart/templates/NOTES.txt is what Helm says to whoever installs the chart',
      '  chart/templates/service.yaml is a template of a Helm chart; import what `helm template` prints',
      '  chart/values.yaml is read by Helm alone: it belongs to a chart; import what `helm template` prints',
      '  base/kustomization.yaml is a kustomization; import what `kustomize build` prints',
      '  base/patch.yaml is no whole object: base/kustomization.yaml lays it over others; import what `kustomize build` prints',
      '  ci/broken.yaml is no object of a cluster, and no YAML either: it names no apiVersion and kind',
      '  ci/pipeline.yml:1 is no object of a cluster: it has stages, script',
      '',
    ].join('\n'));
    expect(err).toContain('CustomResourceDefinition/w.acme.example (chart/crds/w.yaml:1) is not rendered; go on applying it');
  });

  test('do not hide a manifest that is broken', async () => {
    expect((await martyHere(write(emptyFolder(), { ...files, 'broken.yaml': 'apiVersion: v1\nkind: [\n' }), ['import', '.'])).exit).toBe(3);
  });
});

describe('an object that is there twice', () => {
  test('is skipped where it is the same, and a difference where it is not', () => {
    const same = importOf(deployment(), service(), service());
    expect(same.differences).toEqual([]);
    expect(same.accounts[2]).toMatchObject({ as: 'skipped', reason: expect.stringMatching(/^stands at stdin:\d+ already$/) as string });
    const other = importOf(deployment(), service(), service({ app: 'web', tier: 'front' }));
    expect(other.differences).toEqual([expect.stringMatching(/^stdin:\d+: Service\/web is there a second time, and differs from the one at stdin:\d+, which is imported$/)]);
    expect(other.accounts[2]).toMatchObject({ as: 'skipped' });
  });
});

test('a list is read item by item', () => {
  const { objects } = sourceOf(yamlOf({ apiVersion: 'v1', kind: 'List', items: [service(), { apiVersion: 'v1', kind: 'ConfigMapList', items: [named('v1', 'ConfigMap', 'a')] }] }));
  expect(objects.map(({ place }) => place)).toEqual(['stdin:1, item 1', 'stdin:1, item 2']);
});
