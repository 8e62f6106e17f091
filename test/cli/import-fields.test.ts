import { deployment, fatesOf, importOf, importWith, named, pod, service, servicesOf, yamlOf } from './_manifests';
import { martyHere } from './_world';

const why = { reason: 'imported: the live workload does this' };
const web = (spec: object = {}) => deployment('web', { app: 'web' }, spec);
const container = { name: 'web', image: 'nginx:1.27', ports: [{ name: 'http', containerPort: 8080 }] };

/** The fields that the only service has, of an import that renders equal. */
function fieldsOf(...objects: readonly object[]) {
  const result = importOf(...objects);
  expect(result.differences).toEqual([]);
  const [only] = servicesOf(result);
  return { only, fates: fatesOf(result) };
}

describe('containers', () => {
  const beside = { name: 'proxy', image: 'envoy:1.31', restartPolicy: 'Always', args: ['--fast'], env: [{ name: 'MODE', value: 'on' }], resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '1', memory: '512Mi' } } };
  const before = { name: 'warm', image: 'busybox:1.36', command: ['sh', '-c', 'true'] };

  test('that start before the service are sidecars where they stay, and init containers where they end', () => {
    const { only } = fieldsOf(web({ initContainers: [beside, before] }));
    expect(only.sidecars).toEqual({ proxy: { image: 'envoy:1.31', args: ['--fast'], variables: { MODE: 'on' }, resources: { cpuMillis: 250, memoryMiB: 512 } } });
    expect(only.initContainers).toEqual({ warm: { image: 'busybox:1.36', command: ['sh', '-c', 'true'] } });
  });

  test.each([
    ['in another order', [before, beside]],
    ['of an image that moves', [{ ...before, image: 'busybox' }]],
  ])('%s are left to the patch', (_, initContainers) => {
    const { only } = fieldsOf(web({ initContainers }));
    expect(only).not.toHaveProperty('sidecars');
    expect(only).not.toHaveProperty('initContainers');
  });

  test('beside it that Kubernetes does not start before it are left to the patch, since a sidecar is another thing', () => {
    const { only } = fieldsOf(web({ containers: [container, { name: 'log', image: 'fluent:3.1' }] }));
    expect(only).not.toHaveProperty('sidecars');
    expect(JSON.stringify(only.patches)).toContain('"log"');
  });
});

describe('security', () => {
  test('that is looser than ours is said with where it comes from', () => {
    const securityContext = { capabilities: { add: ['NET_BIND_SERVICE'] }, readOnlyRootFilesystem: false };
    const { only } = fieldsOf(web({ securityContext: { runAsUser: 999 }, containers: [{ ...container, securityContext }] }));
    expect(only.security).toEqual({ user: 999, writableRoot: why, lowPorts: why });
  });

  test('that is as ours is not said', () => {
    expect(fieldsOf(web({ containers: [{ ...container, securityContext: { readOnlyRootFilesystem: true } }] })).only).not.toHaveProperty('security');
  });
});

describe('the API of Kubernetes and of clouds', () => {
  const account = (annotations: object = {}) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', annotations } });
  const role = (rules: object[]) => named('rbac.authorization.k8s.io/v1', 'Role', 'web', { rules });
  const binding = (subject = 'web') => named('rbac.authorization.k8s.io/v1', 'RoleBinding', 'web', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'web' }, subjects: [{ kind: 'ServiceAccount', name: subject }] });
  const leases = { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['web'], verbs: ['get', 'update'] };
  const own = web({ serviceAccountName: 'web' });

  test('a Role of its ServiceAccount is what it may do', () => {
    const { only, fates } = fieldsOf(own, account(), role([leases, { apiGroups: [''], resources: ['pods'], verbs: ['list'] }]), binding());
    expect(only.permissions).toEqual([{ group: 'coordination.k8s.io', resources: ['leases'], names: ['web'], verbs: ['get', 'update'] }, { resources: ['pods'], verbs: ['list'] }]);
    expect(fates).toMatchObject({ 'Role/web': 'patched', 'RoleBinding/web': 'patched', 'ServiceAccount/web': 'patched' });
    expect(only).not.toHaveProperty('objects');
  });

  test.each([
    ['that allows everything', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }], 'web'],
    ['of several groups at once', [{ apiGroups: ['', 'apps'], resources: ['pods'], verbs: ['get'] }], 'web'],
    ['of another ServiceAccount', [leases], 'other'],
  ])('a Role %s stands as it is', (_, rules, subject) => {
    const { only, fates } = fieldsOf(own, account(), role(rules), binding(subject));
    expect(only).not.toHaveProperty('permissions');
    expect(fates).toMatchObject({ 'Role/web': 'object', 'RoleBinding/web': 'object' });
  });

  test.each([
    ['eks.amazonaws.com/role-arn', 'arn:aws:iam::123456789012:role/web', { awsRoleArn: 'arn:aws:iam::123456789012:role/web' }],
    ['iam.gke.io/gcp-service-account', 'web-sa@acme.iam.gserviceaccount.com', { googleServiceAccount: 'web-sa@acme.iam.gserviceaccount.com' }],
    ['azure.workload.identity/client-id', '6f1e8a50-4d1f-4c56-8d3c-1f0a6b6c6f6e', { azureClientId: '6f1e8a50-4d1f-4c56-8d3c-1f0a6b6c6f6e' }],
    ['eks.amazonaws.com/role-arn', 'no role', undefined],
  ])('the annotation %s: %s', (annotation, value, identity) => {
    expect(fieldsOf(own, account({ [annotation]: value })).only.cloudIdentity).toEqual(identity);
  });
});

describe('jobs', () => {
  const job = (metadata: object, labels: object = { app: 'init' }) => (
    { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { backoffLimit: 4, template: pod(labels, { restartPolicy: 'Never', containers: [{ name: 'web', image: 'nginx:1.27', command: ['migrate'], args: ['up'] }] }) } });
  const hook = job({ name: 'web-schema', annotations: { 'helm.sh/hook': 'pre-upgrade,pre-install' } });

  test('stand as they are beside a service, since Kubernetes would run described ones again', () => {
    const result = importOf(web(), job({ name: 'init' }), hook);
    expect(result).toMatchObject({ equal: true, workloads: 1 });
    expect(fatesOf(result)).toEqual({ 'Deployment/web': 'patched', 'Job/init': 'object', 'Job/web-schema': 'object' });
    expect(result.notes).toContain('Job/init stands as it is: described, it would be another one; --jobs describes it');
  });

  test('are described when it is asked for, and what that means is listed', () => {
    const result = importWith({ jobs: true }, web(), job({ name: 'init' }), hook);
    expect(servicesOf(result).map(({ name, workload, migration }) => ({ name, workload, migration }))).toEqual([
      { name: 'web', workload: undefined, migration: { command: ['migrate', 'up'], retries: 4 } },
      { name: 'init', workload: { kind: 'job', retries: 4 }, migration: undefined },
    ]);
    expect(fatesOf(result)).toEqual({ 'Deployment/web': 'patched', 'Job/init': 'patched', 'Job/web-schema': 'patched' });
    expect(result.differences.filter(line => line.includes('runs again'))).toEqual([
      expect.stringMatching(/^Job\/web-schema is rendered as Job\/web-migrate-[0-9a-f]{8}: Kubernetes never changes a job/),
      expect.stringMatching(/^Job\/init is rendered as Job\/init-[0-9a-f]{8}: /),
    ]);
    expect(result.differences.filter(line => !line.includes('runs again'))).toEqual([
      // A label by which the service selects its pods never comes onto those of its migration.
      expect.stringMatching(/^Job\/web-migrate-[0-9a-f]{8} differs at spec.template.metadata.labels.app: it should be "init"$/),
      expect.stringMatching(/^Job\/init-[0-9a-f]{8} differs at spec.template.metadata.labels."app.kubernetes.io\/instance": it should be left out$/),
    ]);
  });

  test('are described on the command line with --jobs', async () => {
    const input = yamlOf(web(), job({ name: 'init' }));
    expect((await martyHere('/', ['import', '-'], { input })).exit).toBe(0);
    const { exit, out, err } = await martyHere('/', ['import', '-', '--jobs'], { input });
    expect(exit).toBe(1);
    expect(out).toContain("workload: { kind: 'job', retries: 4 }");
    expect(err).toContain('2 services of 2 objects; 2 differences, listed above');
  });

  test('are described where nothing else runs', () => {
    expect(importOf(job({ name: 'init' }))).toMatchObject({ workloads: 1, equal: false });
  });

  test('on a schedule whose pods have no labels are described where nothing else runs', () => {
    const cron = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '5 0 * * *', jobTemplate: { spec: { template: { spec: pod({}, { restartPolicy: 'Never' }).spec } } } } };
    const result = importOf(cron);
    expect(servicesOf(result)[0]).toMatchObject({ name: 'nightly', workload: { kind: 'schedule' } });
    expect(result.differences).toEqual(['CronJob/nightly differs at spec.jobTemplate.spec.template.metadata: it should be left out']);
    expect(fatesOf(importOf(web(), cron))).toEqual({ 'Deployment/web': 'patched', 'CronJob/nightly': 'object' });
  });
});

describe('scale', () => {
  const requesting = web({ containers: [{ ...container, resources: { requests: { cpu: '100m', memory: '128Mi' } } }] });
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const autoscaler = (spec: object) => named('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', { spec: { scaleTargetRef: target, minReplicas: 2, maxReplicas: 9, ...spec } });
  const use = (name: string, averageUtilization: number) => ({ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } });

  test('is read with every metric and its pace', () => {
    const metrics = [
      use('cpu', 60), use('memory', 80),
      { type: 'Pods', pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: '50' } } },
      { type: 'External', external: { metric: { name: 'queue', selector: { matchLabels: { queue: 'web' } } }, target: { type: 'Value', value: '1k' } } },
    ];
    const behavior = {
      scaleUp: { stabilizationWindowSeconds: 30, policies: [{ type: 'Pods', value: 2, periodSeconds: 60 }] },
      scaleDown: { stabilizationWindowSeconds: 600, selectPolicy: 'Min', policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }] },
    };
    const { only, fates } = fieldsOf(requesting, autoscaler({ metrics, behavior }));
    expect(only.scale).toEqual({
      min: 2, max: 9, cpuPercent: 60, memoryPercent: 80, perReplica: { metric: 'requests', value: 50 }, metrics: [{ kind: 'external', metric: 'queue', labels: { queue: 'web' }, value: 1000 }],
      calmSeconds: 600, scaleUp: { policies: [{ pods: 2, periodSeconds: 60 }], calmSeconds: 30 }, scaleDown: { policies: [{ percent: 10, periodSeconds: 60 }], selectPolicy: 'min' },
    });
    expect(only.patches?.HorizontalPodAutoscaler).toEqual({ metadata: { labels: null } });
    expect(fates['HorizontalPodAutoscaler/web']).toBe('patched');
  });

  test('by a share of what is not requested stands as it is', () => {
    const { only, fates } = fieldsOf(web(), autoscaler({ metrics: [use('cpu', 60)] }));
    expect(only.scale).toEqual({ replicas: 3 });
    expect(fates['HorizontalPodAutoscaler/web']).toBe('object');
  });

  test('by events is read from a ScaledObject', () => {
    const trigger = { type: 'cron', metadata: { timezone: 'Etc/UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '3' } };
    const { only } = fieldsOf(web(), named('keda.sh/v1alpha1', 'ScaledObject', 'web', { spec: { scaleTargetRef: { name: 'web' }, maxReplicaCount: 5, triggers: [trigger] } }));
    expect(only.scale).toEqual({ max: 5, triggers: [trigger] });
  });
});

describe('exposure', () => {
  const path = (pathType: string, value: string) => ({ path: value, pathType, backend: { service: { name: 'web', port: { number: 80 } } } });
  const ingress = (rules: object[], metadata: object = { name: 'web' }, spec: object = {}) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: { ingressClassName: 'public', rules, ...spec } });

  test('is read from an Ingress: its hosts, its paths, its class', () => {
    const paths = [path('Prefix', '/api'), path('Exact', '/status')];
    const result = importOf(web(), service(), ingress([{ host: 'shop.acme.example', http: { paths } }, { host: 'www.acme.example', http: { paths } }], { name: 'web', annotations: { 'acme.example/timeout': '30' } }));
    expect(result.differences).toEqual([]);
    expect(servicesOf(result)[0].exposure).toEqual({ host: ['shop.acme.example', 'www.acme.example'], rules: [{ path: '/api' }, { path: '/status', match: 'exact' }] });
    expect(result.description?.platform.environments.production).toMatchObject({ domain: 'acme.example', gateway: { ingressClass: 'public', namespace: 'public', annotations: { 'acme.example/timeout': '30' } } });
    expect(result.assumed).toContain('gateway.namespace is public: no network policy tells where the controller of Ingresses runs');
    expect(fatesOf(result)['Ingress/web']).toBe('patched');
  });

  test('that leads to several services stands as it is', () => {
    const other = { path: '/other', pathType: 'Prefix', backend: { service: { name: 'other', port: { number: 80 } } } };
    const { only, fates } = fieldsOf(web(), service(), ingress([{ host: 'shop.acme.example', http: { paths: [path('Prefix', '/'), other] } }]));
    expect(only).not.toHaveProperty('exposure');
    expect(fates['Ingress/web']).toBe('object');
  });

  test('is read from a route below a Gateway', () => {
    const route = named('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', { spec: { parentRefs: [{ name: 'public', namespace: 'gateways' }], hostnames: ['web.acme.example'], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } });
    const result = importOf(web(), service(), route);
    expect(result.differences).toEqual([]);
    expect(servicesOf(result)[0].exposure).toEqual({});
    expect(result.description?.platform.environments.production).toMatchObject({ domain: 'acme.example', gateway: { name: 'public', namespace: 'gateways' } });
  });
});

describe('metrics', () => {
  const labels = { app: 'web' };
  const front = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', labels }, spec: { selector: labels, ports: [{ name: 'metrics', port: 80, targetPort: 8080 }] } };
  const monitor = named('monitoring.coreos.com/v1', 'ServiceMonitor', 'web', { spec: { selector: { matchLabels: labels }, endpoints: [{ port: 'metrics', path: '/stats', interval: '15s' }] } });

  test('are where the monitor finds them, and nowhere for those that none finds', () => {
    const speaking = web({ containers: [{ name: 'web', image: 'nginx:1.27', ports: [{ name: 'http', containerPort: 8080 }] }] });
    const result = importOf(speaking, front, monitor, deployment('other', { app: 'other' }));
    expect(result.differences).toEqual([]);
    expect(servicesOf(result).map(({ name, metrics }) => [name, metrics])).toEqual([['web', { port: 'http', path: '/stats', intervalSeconds: 15 }], ['other', 'none']]);
    expect(servicesOf(result)[1].patches).not.toHaveProperty('ServiceMonitor');
    expect(fatesOf(result)['ServiceMonitor/web']).toBe('patched');
  });
});

test('a Service in front of several workloads belongs to one of them, and each of them is described', () => {
  const version = (name: string) => deployment(`web-${name}`, { app: 'web', version: name });
  const result = importOf(version('v1'), version('v2'), service());
  expect(result).toMatchObject({ equal: true, workloads: 2 });
  expect(servicesOf(result).map(({ adopt }) => adopt)).toEqual([
    { service: 'web', container: 'web', servicePorts: { http: 80 }, selector: { app: 'web', version: 'v1' } }, { container: 'web', selector: { app: 'web', version: 'v2' } },
  ]);
});
