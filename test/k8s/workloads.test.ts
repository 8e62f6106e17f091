import { definePlatform, grpc, http, type MicroserviceSpec } from '../../src/spec';
import { inventoryOf, renderPlatform, type Manifest } from '../support/manifests';
import { allFacts, minimal } from '../support/shop';

type Fields = Readonly<Record<string, unknown>>;
type Any = Manifest & { readonly spec: never; readonly data: Fields; readonly rules: never };

/** What one service becomes, without what the platform shares. */
function rendered(input: object, facts: object = {}): readonly Any[] {
  const platform = definePlatform({ name: 'shop', environments: { production: { ...allFacts, ...facts } } });
  const service = platform.microservice({ ...minimal, ...input } as never) as unknown as MicroserviceSpec;
  const platformKinds = ['Namespace', 'ResourceQuota', 'LimitRange', 'PriorityClass'];
  return renderPlatform([service], 'production').manifests.filter(({ kind, metadata }) => !platformKinds.includes(kind) && metadata.name !== 'default-deny') as Any[];
}
interface Found {
  readonly metadata: Fields & { readonly name: string; readonly labels: Fields; readonly annotations?: Fields };
  readonly spec: Record<string, never>;
  readonly rules?: unknown;
  readonly data?: Fields;
}
const one = (manifests: readonly Any[], kind: string) => {
  const found = manifests.filter(manifest => manifest.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as unknown as Found;
};
const podOf = (input: object, facts?: object) => {
  const { template } = one(rendered(input, facts), 'Deployment').spec as unknown as { template: { metadata: { labels: Fields; annotations: Fields }; spec: Record<string, never> } };
  return template;
};
const containerOf = (input: object, facts?: object) => (podOf(input, facts).spec.containers as unknown as Record<string, unknown>[])[0];

const always = ['ConfigMap/api-config', 'NetworkPolicy/api', 'ServiceAccount/api'];

describe('each kind of workload becomes what it needs and nothing else', () => {
  test.each<[string, object, string[]]>([
    ['deployment', {}, ['Deployment/api', 'PodDisruptionBudget/api', 'Service/api', 'ServiceMonitor/api']],
    ['stateful', {}, ['StatefulSet/api', 'Service/api-pods', 'PodDisruptionBudget/api', 'Service/api', 'ServiceMonitor/api']],
    ['daemon', {}, ['DaemonSet/api', 'Service/api', 'ServiceMonitor/api']],
    ['schedule', { cron: '0 3 * * *' }, ['CronJob/api', 'PodMonitor/api']],
  ])('%s', (kind, fields, expected) => {
    expect(inventoryOf(rendered({ workload: { kind, ...fields } })).sort())
      .toEqual([...always, ...expected].sort());
  });

  test('a job is named after what it does, since Kubernetes never changes one', () => {
    const nameOf = (input: object) => one(rendered({ workload: { kind: 'job' }, ...input }), 'Job').metadata.name;
    expect(nameOf({})).toMatch(/^api-[0-9a-f]{8}$/);
    expect(nameOf({})).toBe(nameOf({}));
    expect(nameOf({ args: ['--again'] })).not.toBe(nameOf({}));
  });

  test.each([['kind', 'Job'], ['the name without the digest', 'Job/api']])('a patch by %s makes another job of it, if it changes what is done', (_, key) => {
    const jobOf = (input: object) => one(rendered({ workload: { kind: 'job' }, ...input }), 'Job');
    const patched = (patch: object) => jobOf({ patches: { [key]: patch } });
    const limit = (seconds: number) => patched({ spec: { activeDeadlineSeconds: seconds } });
    const plain = jobOf({}).metadata.name;
    expect(limit(77).spec).toMatchObject({ activeDeadlineSeconds: 77 });
    expect(new Set([plain, limit(77).metadata.name, limit(78).metadata.name]).size).toBe(3);
    expect(limit(77).metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': limit(77).metadata.name });
    const noted = patched({ metadata: { annotations: { 'acme.example/note': 'read me' } } });
    expect([noted.metadata.name, noted.metadata.annotations]).toEqual([plain, { 'acme.example/note': 'read me' }]);
  });
});

describe('a stateful service', () => {
  const volumes = { data: { kind: 'claim', at: '/data', sizeGiB: 5, storageClass: 'fast' } };

  test('has a claim per replica, and a headless Service that gives each its address', () => {
    const manifests = rendered({ workload: { kind: 'stateful', order: 'parallel' }, volumes, ports: { http: http(8080) } });
    const { spec } = one(manifests, 'StatefulSet');
    expect(spec).toMatchObject({ serviceName: 'api-pods', podManagementPolicy: 'Parallel' });
    expect(spec.volumeClaimTemplates).toEqual([{
      metadata: { name: 'volume-data', labels: { 'app.kubernetes.io/instance': 'api' } },
      spec: { accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: '5Gi' } }, storageClassName: 'fast' },
    }]);
    const headless = manifests.find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'api-pods');
    expect(headless?.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(manifests.some(({ kind }) => kind === 'PersistentVolumeClaim')).toBe(false);
  });

  test('starts its replicas one after the other when it is told to', () => {
    expect(one(rendered({ workload: { kind: 'stateful' }, volumes }), 'StatefulSet').spec.podManagementPolicy).toBe('OrderedReady');
  });
});

test('a claim of replicas without names is one that all share', () => {
  const manifests = rendered({ volumes: { shared: { kind: 'claim', at: '/data', sizeGiB: 5, access: 'many' } } });
  expect(one(manifests, 'PersistentVolumeClaim')).toMatchObject({ metadata: { name: 'api-shared' }, spec: { accessModes: ['ReadWriteMany'] } });
});

test('a schedule says all that it can', () => {
  const workload = { kind: 'schedule', cron: '0 3 * * mon', timeZone: 'Europe/Berlin', concurrency: 'replace', startWithinSeconds: 60, keepSucceeded: 1, keepFailed: 2, retries: 4, timeLimitSeconds: 99, suspended: true };
  expect(one(rendered({ workload }), 'CronJob').spec).toMatchObject({
    schedule: '0 3 * * mon', timeZone: 'Europe/Berlin', concurrencyPolicy: 'Replace', startingDeadlineSeconds: 60, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 2, suspend: true,
    jobTemplate: { spec: { backoffLimit: 4, activeDeadlineSeconds: 99, template: { spec: { restartPolicy: 'Never' } } } },
  });
});

describe('a migration', () => {
  const manifests = rendered({ migration: { command: ['/migrate', 'up'], retries: 1, timeLimitSeconds: 60 }, args: ['serve'], ports: { http: http(8080) } });
  const job = one(manifests, 'Job');
  const template = job.spec.template as unknown as { metadata: { labels: Fields }; spec: { restartPolicy: string; containers: Fields[] } };

  test('runs the image of the service with a program of its own, to an end', () => {
    expect(job.spec).toMatchObject({ backoffLimit: 1, activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 2_147_483_647 });
    expect(template.spec.restartPolicy).toBe('Never');
    expect(template.spec.containers[0]).toMatchObject({ image: 'ghcr.io/shop/api:1.0.0', command: ['/migrate', 'up'] });
    expect(Object.keys(template.spec.containers[0])).not.toEqual(expect.arrayContaining(['args', 'readinessProbe']));
  });

  test('is never sent a request: its pods are not those of the service', () => {
    const service = manifests.find(({ kind }) => kind === 'Service') as unknown as { spec: { selector: Fields } };
    expect(template.metadata.labels).not.toMatchObject(service.spec.selector);
  });

  test('reaches DNS and the stores of the service, and nothing that it calls', () => {
    const policy = manifests.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'api-migrate') as unknown as { spec: { podSelector: { matchLabels: Fields }; egress: unknown[] } };
    expect(template.metadata.labels).toMatchObject(policy.spec.podSelector.matchLabels);
    expect(policy.spec.egress).toHaveLength(1);
  });

  test('is applied before the service by Argo CD', () => {
    const wave = 'argocd.argoproj.io/sync-wave';
    expect([job.metadata.annotations?.[wave], one(manifests, 'Deployment').metadata.annotations?.[wave]]).toEqual(['1', '2']);
    // A claim that is bound when a pod asks for it would keep the migration waiting for the pods, and them for the migration.
    const claimed = rendered({ migration: { command: ['/migrate'] }, volumes: { shared: { kind: 'claim', at: '/data', sizeGiB: 5, access: 'many' } } });
    expect(one(claimed, 'PersistentVolumeClaim').metadata.annotations?.[wave]).toBe('2');
  });
});

describe('the container of a service', () => {
  test('starts what it is told to, with variables from everywhere', () => {
    expect(containerOf({ command: ['/api'], args: ['-v'], variables: { A: 'a', B: { field: 'metadata.name' }, C: { configMap: 'cluster', key: 'region' }, D: { secret: 'api', key: 'token' } } })).toMatchObject({
      command: ['/api'], args: ['-v'],
      env: [
        { name: 'A', value: 'a' },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'C', valueFrom: { configMapKeyRef: { name: 'cluster', key: 'region' } } },
        { name: 'D', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
      ],
    });
  });

  test('finds files where they are said, and is rolled when one changes', () => {
    const manifests = (text: string) => rendered({ files: { '/etc/app/log.yaml': text } });
    expect(one(manifests('a: 1\n').filter(({ metadata }) => metadata.name === 'api-files'), 'ConfigMap').data).toEqual({ 'etc-app-log.yaml': 'a: 1\n' });
    expect(containerOf({ files: { '/etc/app/log.yaml': '' } }).volumeMounts).toContainEqual({ name: 'files', mountPath: '/etc/app/log.yaml', subPath: 'etc-app-log.yaml', readOnly: true });
    const checksum = (text: string) => podOf({ files: { '/x': text } }).metadata.annotations['marty-msf/config-checksum'];
    expect(checksum('a')).not.toBe(checksum('b'));
  });

  test('is checked where it answers, by what is spoken there', () => {
    const ports = { http: http(8080), rpc: grpc(9000), raw: { protocol: 'tcp', port: 7000 } };
    const live = (health: object) => containerOf({ ports, health }).livenessProbe;
    expect(live({ port: 'http', livePath: '/live' })).toMatchObject({ httpGet: { path: '/live', port: 'http' } });
    expect(live({ port: 'rpc' })).toMatchObject({ grpc: { port: 9000 } });
    expect(live({ port: 'raw' })).toMatchObject({ tcpSocket: { port: 'raw' } });
  });

  test('waits before it is told to stop, by itself or with a program where Kubernetes cannot wait', () => {
    const health = { waitSeconds: 7 };
    expect(containerOf({ health }).lifecycle).toEqual({ preStop: { sleep: { seconds: 7 } } });
    expect(containerOf({ health }, { kubernetes: '1.29' }).lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '7'] } } });
  });

  test('takes what CPU is free, and whole devices, when it is said', () => {
    expect(containerOf({ resources: { cpuMillis: 100, memoryMiB: 64, cpuLimitMillis: 'none', devices: { 'nvidia.com/gpu': 1 } } }).resources).toEqual({
      requests: { 'cpu': '100m', 'memory': '64Mi', 'ephemeral-storage': '256Mi', 'nvidia.com/gpu': '1' },
      limits: { 'memory': '64Mi', 'ephemeral-storage': '256Mi', 'nvidia.com/gpu': '1' },
    });
  });

  test('is loosened where there is a reason, and only there', () => {
    expect(containerOf({ security: { writableRoot: { reason: 'writes its licence file' } } }).securityContext).toMatchObject({ readOnlyRootFilesystem: false, allowPrivilegeEscalation: false });
    expect(containerOf({ security: { lowPorts: { reason: 'speaks DNS on port 53' } } }).securityContext).toMatchObject({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } });
  });

  test('is fetched through the registry of the environment, by its secrets', () => {
    const facts = { registry: 'mirror.example/cache', pullSecrets: ['mirror'] };
    expect(containerOf({}, facts).image).toBe('mirror.example/cache/shop/api:1.0.0');
    expect(podOf({}, facts).spec.imagePullSecrets).toEqual([{ name: 'mirror' }]);
  });
});

test('sidecars start before and end after the service, under the same restrictions', () => {
  const { spec } = podOf({ sidecars: { proxy: { image: 'proxy:1.0.0' } }, initContainers: { wait: { image: 'wait:1.0.0', volumes: ['data'] } }, volumes: { data: { kind: 'scratch', at: '/data' } } });
  expect(spec.initContainers).toMatchObject([{ name: 'proxy', restartPolicy: 'Always' }, { name: 'wait', volumeMounts: [{ name: 'volume-data', mountPath: '/data' }, { name: 'tmp', mountPath: '/tmp' }] }]);
  for (const { securityContext } of spec.initContainers as unknown as Fields[]) expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
});

test('pods run where they may, and are kept apart as strictly as it is said', () => {
  const { spec } = podOf({ scheduling: { nodes: { disk: 'ssd' }, tolerations: [{ key: 'dedicated', value: 'api', effect: 'NoSchedule' }, { key: 'spot' }], zones: 'must', hosts: 'must' } });
  expect(spec).toMatchObject({
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'api', effect: 'NoSchedule' }, { key: 'spot', operator: 'Exists' }],
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] } },
  });
  expect((spec.topologySpreadConstraints as unknown as Fields[]).map(({ whenUnsatisfiable }) => whenUnsatisfiable)).toEqual(['ScheduleAnyway', 'DoNotSchedule']);
});

test('the platform assigns users where it is said to', () => {
  expect(podOf({}, { security: 'platform-assigned-uid' }).spec.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, appArmorProfile: { type: 'RuntimeDefault' } });
});

test('permissions become a Role, its binding, and a token; without them there is none of it', () => {
  const manifests = rendered({ permissions: [{ group: 'coordination.k8s.io', resources: ['leases'], names: ['leader'], verbs: ['get', 'update'] }] });
  expect(one(manifests, 'Role').rules).toEqual([{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['leader'], verbs: ['get', 'update'] }]);
  expect(one(manifests, 'RoleBinding')).toMatchObject({ roleRef: { kind: 'Role', name: 'api' }, subjects: [{ kind: 'ServiceAccount', name: 'api', namespace: 'shop' }] });
  expect(podOf({}).spec.automountServiceAccountToken).toBe(false);
});

test('the identity for the cloud stands where each cloud looks for it', () => {
  const marks = (cloudIdentity: object) => [one(rendered({ cloudIdentity }), 'ServiceAccount').metadata.annotations, podOf({ cloudIdentity }).metadata.labels['azure.workload.identity/use']];
  expect(marks({ awsRoleArn: 'arn:aws:iam::123456789012:role/api' })).toEqual([{ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/api' }, undefined]);
  expect(marks({ googleServiceAccount: 'orders@acme-prod.iam.gserviceaccount.com' })).toEqual([{ 'iam.gke.io/gcp-service-account': 'orders@acme-prod.iam.gserviceaccount.com' }, undefined]);
  expect(marks({ azureClientId: '6f1e8a50-4d1f-4c56-8d3c-1f0a6b6c6f6e' })).toEqual([{ 'azure.workload.identity/client-id': '6f1e8a50-4d1f-4c56-8d3c-1f0a6b6c6f6e' }, 'true']);
});

test('an autoscaler follows memory and a metric besides, as calmly as it is said', () => {
  const scale = { min: 2, max: 5, cpuPercent: 60, memoryPercent: 80, perReplica: { metric: 'rps', value: 12.5 }, calmSeconds: 60 };
  expect(one(rendered({ scale }), 'HorizontalPodAutoscaler').spec).toMatchObject({
    metrics: [{ resource: { name: 'cpu' } }, { resource: { name: 'memory' } }, { pods: { metric: { name: 'rps' }, target: { averageValue: '12.5' } } }],
    behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
  });
});

test('events scale down to none, with KEDA and not without', () => {
  const scale = { min: 0, max: 5, triggers: [{ type: 'cron', metadata: { timezone: 'Etc/UTC' }, authentication: 'cron' }] };
  const manifests = rendered({ scale }, { keda: true });
  expect(one(manifests, 'ScaledObject').spec).toMatchObject({ minReplicaCount: 0, maxReplicaCount: 5, triggers: [{ type: 'cron', authenticationRef: { name: 'cron' } }] });
  expect(one(manifests, 'Deployment').spec).not.toHaveProperty('replicas');
  expect(() => rendered({ scale })).toThrow('environments.production.keda: is false, but api is scaled by events');
});

test('labels and annotations stand on every object and pod', () => {
  const manifests = rendered({ labels: { 'acme.example/cost': 'web' }, annotations: { 'acme.example/owner': 'web@acme.example' }, ports: { http: http(8080) } });
  for (const { kind, metadata } of manifests as unknown as { kind: string; metadata: { labels: Fields; annotations: Fields } }[]) {
    expect([kind, metadata.labels['acme.example/cost'], metadata.annotations['acme.example/owner']]).toEqual([kind, 'web', 'web@acme.example']);
  }
  expect(podOf({ labels: { x: 'y' }, annotations: { z: 'w' } }).metadata).toMatchObject({ labels: { x: 'y' }, annotations: { z: 'w' } });
});

test('a gRPC port is exposed by a GRPCRoute', () => {
  expect(one(rendered({ ports: { rpc: grpc(9000) }, exposure: { host: 'rpc.example' } }), 'GRPCRoute').spec).toMatchObject({ hostnames: ['rpc.example'], rules: [{ backendRefs: [{ name: 'api', port: 9000 }] }] });
});

test.each([[{ kind: 'existing' }, { secret: { secretName: 'api-secrets', defaultMode: 288 } }], [{ kind: 'csi' }, { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'api-secrets' } } }]])('secrets of %j are mounted and not fetched', (secretStore, volume) => {
  const secrets = { key: { key: 'shop/api' } };
  expect(podOf({ secrets }, { secretStore }).spec.volumes).toContainEqual({ name: 'secrets', ...volume });
  expect(containerOf({ secrets }, { secretStore }).volumeMounts).toContainEqual({ name: 'secrets', mountPath: '/etc/marty/secrets', readOnly: true });
  expect(rendered({ secrets }, { secretStore }).some(({ kind }) => kind === 'ExternalSecret')).toBe(false);
});

test('a secret is a variable only where a variable says so', () => {
  const secrets = { key: { key: 'shop/api' } };
  expect(containerOf({ secrets }).env).toBeUndefined();
  expect(containerOf({ secrets, variables: { KEY: { secret: 'api-secrets', key: 'secrets.key' } } }).env).toEqual([
    { name: 'KEY', valueFrom: { secretKeyRef: { name: 'api-secrets', key: 'secrets.key' } } },
  ]);
});
