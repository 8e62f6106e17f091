/** One field that turns a set a rule accepts into one it refuses. */
export interface Pair {
  readonly rule: string;
  /** The accepted set: a recorded one, and what is added to it. */
  readonly base: string;
  readonly added?: string;
  /** The object that changes, as `Kind/name`. */
  readonly object: string;
  /** JSON pointer of the field. */
  readonly field: string;
  /** What it becomes; absent means that it goes away. */
  readonly value?: unknown;
  /** Rules that rightly speak too. */
  readonly also?: readonly string[];
}

const spec = '/spec/template/spec';
const container = `${spec}/containers/0`;
const security = `${container}/securityContext`;

type Change = readonly [rule: string, field: string, value?: unknown, also?: readonly string[]];

const onDeployment: readonly Change[] = [
  ['container-privileged', `${security}/privileged`, true],
  ['container-privilege-escalation', `${security}/allowPrivilegeEscalation`],
  ['container-writable-root', `${security}/readOnlyRootFilesystem`],
  ['container-root-user', `${security}/runAsUser`, 0, ['container-low-user-id']],
  ['container-low-user-id', `${spec}/securityContext/runAsGroup`, 9999],
  ['container-kept-capabilities', `${security}/capabilities/drop`, ['NET_RAW']],
  ['container-added-capabilities', `${security}/capabilities/add`, ['SYS_ADMIN']],
  ['container-proc-mount', `${security}/procMount`, 'Unmasked'],
  ['container-seccomp-profile', `${spec}/securityContext/seccompProfile/type`, 'Unconfined'],
  ['container-host-port', `${container}/ports/0/hostPort`, 8080],
  ['container-image-tag', `${container}/image`, 'ghcr.io/acme/api:latest'],
  ['container-pull-policy', `${container}/imagePullPolicy`, 'IfNotPresent'],
  ['container-cpu-request', `${container}/resources/requests/cpu`],
  ['container-cpu-limit', `${container}/resources/limits/cpu`],
  ['container-memory-request', `${container}/resources/requests/memory`, '0'],
  ['container-memory-limit', `${container}/resources/limits/memory`],
  ['container-storage-request', `${container}/resources/requests/ephemeral-storage`],
  ['container-storage-limit', `${container}/resources/limits/ephemeral-storage`],
  ['container-readiness-probe', `${container}/readinessProbe`],
  ['container-liveness-probe', `${container}/livenessProbe`],
  ['container-startup-probe', `${container}/startupProbe`],
  ['container-identical-probes', `${container}/readinessProbe/httpGet/path`, '/health/live'],
  ['container-probe-port', `${container}/readinessProbe/httpGet/port`, 'metrics'],
  ['container-port-name', `${container}/ports/1`, { name: 'UDP--telemetry', containerPort: 9090 }],
  ['container-ssh-port', `${container}/ports/1`, { name: 'ssh', containerPort: 22 }, ['container-privileged-port']],
  ['container-privileged-port', `${container}/ports/0/containerPort`, 80],
  ['container-duplicate-variable', `${container}/env`, [{ name: 'A', value: '1' }, { name: 'A', value: '2' }]],
  ['container-secret-variable', `${container}/env`, [{ name: 'DB_PASSWORD', value: 'x' }]],
  ['container-missing-config-map', `${container}/envFrom`, [{ configMapRef: { name: 'none' } }]],
  ['container-app-armor-profile', `${security}/appArmorProfile`, { type: 'Unconfined' }],
  ['container-selinux-options', `${security}/seLinuxOptions`, { role: 'sysadm_r' }],
  ['container-probe-host', `${container}/livenessProbe/httpGet/host`, '169.254.169.254'],
  ['container-other-capabilities', `${security}/capabilities/add`, ['SYS_TIME']],
  ['pod-volume-type', `${spec}/volumes/1`, { name: 'data', nfs: { server: 'files', path: '/' } }],
  ['pod-missing-claim', `${spec}/volumes/1`, { name: 'data', persistentVolumeClaim: { claimName: 'none' } }],
  ['pod-missing-config-map', `${spec}/volumes/1`, { name: 'settings', configMap: { name: 'none' } }],
  ['pod-host-network', `${spec}/hostNetwork`, true],
  ['pod-host-pid', `${spec}/hostPID`, true],
  ['pod-host-ipc', `${spec}/hostIPC`, true],
  ['pod-host-path', `${spec}/volumes/1`, { name: 'data', hostPath: { path: '/srv' } }],
  ['pod-docker-socket', `${spec}/volumes/0`, hostVolume('/run/docker.sock'), ['pod-host-path']],
  ['pod-system-directory', `${spec}/volumes/0`, hostVolume('/proc'), ['pod-host-path']],
  ['pod-host-process', `${spec}/securityContext/windowsOptions`, { hostProcess: true }],
  ['pod-unsafe-sysctl', `${spec}/securityContext/sysctls`, [{ name: 'net.core.somaxconn', value: '1024' }]],
  ['pod-missing-service-account', `${spec}/serviceAccountName`, 'nobody'],
  ['pod-default-service-account', `${spec}/serviceAccountName`],
  ['pod-deprecated-service-account', `${spec}/serviceAccount`, 'other'],
  ['pod-mounted-token', `${spec}/automountServiceAccountToken`, true],
  ['pod-priority-class', `${spec}/priorityClassName`],
  ['pod-topology-spread', `${spec}/topologySpreadConstraints`],
  ['pod-broken-spread', `${spec}/topologySpreadConstraints/0/maxSkew`, 0],
  ['workload-selector-mismatch', '/spec/selector/matchLabels/app.kubernetes.io~1instance', 'other'],
  ['workload-node-spread', `${spec}/affinity`],
  ['workload-instance-label', '/metadata/labels/app.kubernetes.io~1instance', 'other'],
  ['deployment-single-replica', '/metadata/annotations'],
  ['deployment-rollout-strategy', '/spec/strategy', { type: 'Recreate' }],
  ['autoscaler-fixed-replicas', '/spec/replicas', 3],
  ['label-value', '/metadata/labels/app.kubernetes.io~1version', 'version 1'],
  ['outdated-api', '/apiVersion', 'apps/v1beta2', ['autoscaler-target']],
];

type Elsewhere = readonly [
  rule: string, base: string, object: string, field: string, value?: unknown, also?: readonly string[],
];

const budget = 'PodDisruptionBudget/api';
const autoscaler = 'HorizontalPodAutoscaler/api';
const policy = 'NetworkPolicy/api';
const job = '/spec/jobTemplate/spec';

const elsewhere: readonly Elsewhere[] = [
  ['autoscaler-target', 'good', autoscaler, '/spec/scaleTargetRef/name', 'nobody', ['deployment-single-replica']],
  ['autoscaler-minimum', 'good', autoscaler, '/spec/minReplicas', 1],
  ['autoscaler-range', 'good', autoscaler, '/spec/maxReplicas', 3],
  ['disruption-budget-missing', 'good', budget, '/spec/selector/matchLabels/app.kubernetes.io~1instance', 'other', ['disruption-budget-selects-nothing']],
  ['disruption-budget-blocks-drain', 'good', budget, '/spec/maxUnavailable', '0%'],
  ['disruption-budget-needs-all', 'good', budget, '/spec/minAvailable', 3],
  ['disruption-budget-above-minimum', 'good', budget, '/spec/minAvailable', 4, ['disruption-budget-needs-all']],
  ['disruption-budget-eviction-policy', 'good', budget, '/spec/unhealthyPodEvictionPolicy'],
  ['disruption-budget-empty', 'good', budget, '/spec/maxUnavailable'],
  ['network-ungoverned-pod', 'good', policy, '/spec/policyTypes/1'],
  ['network-policy-selects-nothing', 'good', policy, '/spec/podSelector/matchLabels', { app: 'other' }, [
    'network-ungoverned-pod',
  ]],
  ['network-open-policy', 'good', policy, '/spec/egress/0', {}],
  ['service-selects-nothing', 'good', 'Service/api', '/spec/selector/app.kubernetes.io~1instance', 'other'],
  ['service-node-port', 'good', 'Service/api', '/spec/type', 'NodePort'],
  ['service-target-port-name', 'good', 'Service/api', '/spec/ports/0/targetPort', 70_000],
  ['service-target-port', 'good', 'Service/api', '/spec/ports/0/targetPort', 'htp'],
  ['default-namespace', 'no-service', 'Deployment/api', '/metadata/namespace', 'default', [
    'autoscaler-target', 'disruption-budget-missing', 'disruption-budget-selects-nothing', 'network-policy-selects-nothing', 'network-ungoverned-pod',
    'pod-missing-service-account',
  ]],
  ['ingress-tls', 'ingress-tls', 'Ingress/api', '/spec/tls'],
  ['ingress-backend', 'ingress-tls', 'Ingress/api', '/spec/rules/0/http/paths/0/backend/service/port/name', 'grpc'],
  ['job-lifetime', 'cronjob-no-deadline-no-ttl', 'CronJob/nightly', `${job}/ttlSecondsAfterFinished`, 60],
  ['cron-job-deadline', 'cronjob', 'CronJob/nightly', '/spec/startingDeadlineSeconds'],
  ['cron-job-restart', 'cronjob', 'CronJob/nightly', `${job}/template/spec/restartPolicy`, 'Always'],
  ['stateful-set-service', 'statefulset', 'Service/db-headless', '/spec/clusterIP', '10.0.0.1'],
  ['role-pod-exec', 'role-narrow', 'Role/api', '/rules/0/resources', ['pods/exec'], ['binding-pod-exec']],
  ['role-wildcard', 'role-narrow', 'Role/api', '/rules/0/verbs', ['*']],
  ['binding-secrets', 'role-narrow', 'Role/api', '/rules/0/resources', ['secrets']],
  ['binding-pod-exec', 'role-narrow', 'RoleBinding/api', '/roleRef/name', 'other', ['binding-all-power']],
  ['binding-all-power', 'role-narrow', 'RoleBinding/api', '/roleRef', {
    apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin',
  }, ['binding-pod-exec']],
];

const configMap = `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { LOG_LEVEL: info }
`;

const creator = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: creator, namespace: shop }
rules: [{ apiGroups: [apps], resources: [deployments], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: creator, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: creator }
`;

const secret = `
apiVersion: v1
kind: Secret
metadata: { name: database, namespace: shop }
stringData: { password: x }
`;

const route = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: api, namespace: shop }
spec: { parentRefs: [{ name: public }], rules: [{ backendRefs: [{ name: api, port: 80 }] }] }
`;

const monitor = `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app.kubernetes.io/instance: api } }, podMetricsEndpoints: [{ port: http }] }
`;

const meshPolicy = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app.kubernetes.io/instance: api } } }
`;

const reference = (key: string) => [{ name: 'PASSPHRASE_FILE', valueFrom: { secretKeyRef: { name: 'database', key } } }];

export const pairs: readonly Pair[] = [
  ...onDeployment.map(([rule, field, value, also]) => pair(rule, 'good', 'Deployment/api', field, value, also)),
  ...elsewhere.map((entry) => pair(...entry)),
  { ...pair('config-map-secret', 'good', 'ConfigMap/settings', '/data/API_TOKEN', 'x'), added: configMap },
  { ...pair('binding-pod-creation', 'good', 'Role/creator', '/rules/0/verbs', ['create']), added: creator },
  { ...pair('container-missing-secret-key', 'good', 'Deployment/api', `${container}/env`, reference('passwort')), added: secret },
  { ...pair('route-backend', 'good', 'HTTPRoute/api', '/spec/rules/0/backendRefs/0/port', 81), added: route },
  { ...pair('monitor-selects-nothing', 'good', 'PodMonitor/api', '/spec/selector/matchLabels', { app: 'other' }), added: monitor },
  { ...pair('monitor-port', 'good', 'PodMonitor/api', '/spec/podMetricsEndpoints/0/port', 'metrics'), added: monitor },
  { ...pair('mesh-policy-selects-nothing', 'good', 'AuthorizationPolicy/api', '/spec/selector/matchLabels', { app: 'other' }), added: meshPolicy },
  pair('autoscaler-missing-request', 'good', autoscaler, '/spec/metrics/0/resource/name', 'nvidia.com/gpu'),
  pair('disruption-budget-selects-nothing', 'good', budget, '/spec/selector/matchLabels/app.kubernetes.io~1instance', 'other', ['disruption-budget-missing']),
  // Dropping ALL is hardening enough, so this rule needs a set without it.
  pair('container-no-hardening', 'container-no-capabilities', 'Deployment/api',
    `${spec}/securityContext/seccompProfile`, undefined, ['container-seccomp-profile']),
];

function pair(...[rule, base, object, field, value, also]: Elsewhere): Pair {
  return { rule, base, object, field, value, also };
}

function hostVolume(path: string): object {
  return { name: 'tmp', hostPath: { path } };
}
