type Fields = Readonly<Record<string, unknown>>;

/** What the API server writes where a field is left out: a value, or how it follows from the fields beside it. */
type Default = string | number | boolean | ((fields: Fields) => unknown);

/** As canonical lists have it. */
const scalingPolicy = (type: string, value: number) => ({ periodSeconds: 15, type, value });

const isRollingUpdate = { type: 'RollingUpdate' } as const;
const defaultMode = { defaultMode: 0o644 } as const;
const pullPolicy = ({ image }: Fields) => {
  const name = String(image ?? '');
  const tag = /:([^/@]+)$/.exec(name)?.[1];
  return !name.includes('@') && (tag === undefined || tag === 'latest') ? 'Always' : 'IfNotPresent';
};
const container = { imagePullPolicy: pullPolicy, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' } as const;
const subjectGroup = ({ kind }: Fields) => (kind === 'ServiceAccount' ? '' : 'rbac.authorization.k8s.io');

/**
 * The defaults of the API server by definition and field, as far as it writes them into the stored object.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/master/pkg/apis (each group's `defaults.go`)
 */
export const defaults: Readonly<Record<string, Readonly<Record<string, Default>>>> = {
  DeploymentSpec: { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, minReadySeconds: 0, paused: false },
  DeploymentStrategy: isRollingUpdate,
  RollingUpdateDeployment: { maxSurge: '25%', maxUnavailable: '25%' },
  StatefulSetSpec: { replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: 'OrderedReady', minReadySeconds: 0 },
  StatefulSetUpdateStrategy: isRollingUpdate,
  RollingUpdateStatefulSetStrategy: { partition: 0 },
  StatefulSetPersistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  DaemonSetSpec: { revisionHistoryLimit: 10, minReadySeconds: 0 },
  DaemonSetUpdateStrategy: isRollingUpdate,
  RollingUpdateDaemonSet: { maxSurge: 0, maxUnavailable: 1 },
  JobSpec: { backoffLimit: 6, completionMode: 'NonIndexed', suspend: false, parallelism: 1, completions: 1, manualSelector: false },
  CronJobSpec: { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 },
  PodSpec: {
    restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', schedulerName: 'default-scheduler', terminationGracePeriodSeconds: 30,
    enableServiceLinks: true, hostNetwork: false, hostPID: false, hostIPC: false, shareProcessNamespace: false, serviceAccountName: 'default',
  },
  Container: container,
  EphemeralContainer: container,
  EnvVar: { value: '' },
  ObjectFieldSelector: { apiVersion: 'v1' },
  ContainerPort: { protocol: 'TCP' },
  Probe: { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  HTTPGetAction: { path: '/', scheme: 'HTTP' },
  GRPCAction: { service: '' },
  VolumeMount: { readOnly: false },
  SecretVolumeSource: defaultMode,
  ConfigMapVolumeSource: defaultMode,
  DownwardAPIVolumeSource: defaultMode,
  ProjectedVolumeSource: defaultMode,
  ServiceAccountTokenProjection: { expirationSeconds: 3600 },
  HostPathVolumeSource: { type: '' },
  PersistentVolumeClaimSpec: { volumeMode: 'Filesystem' },
  ServiceSpec: {
    type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', publishNotReadyAddresses: false, ipFamilyPolicy: 'SingleStack',
    externalTrafficPolicy: ({ type }) => (type === 'LoadBalancer' || type === 'NodePort' ? 'Cluster' : undefined),
    allocateLoadBalancerNodePorts: ({ type }) => (type === 'LoadBalancer' ? true : undefined),
  },
  ServicePort: { protocol: 'TCP', targetPort: ({ port }) => port },
  NetworkPolicyPort: { protocol: 'TCP' },
  HorizontalPodAutoscalerSpec: { minReplicas: 1 },
  HPAScalingRules: { selectPolicy: 'Max' },
  PriorityClass: { globalDefault: false, preemptionPolicy: 'PreemptLowerPriority' },
  RoleRef: { apiGroup: 'rbac.authorization.k8s.io' },
  Subject: { apiGroup: subjectGroup },
  Secret: { type: 'Opaque' },
  StorageClass: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
};

/** Defaults that depend on the field that a definition stands in, by both. */
export const defaultsInFields: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Default>>>>>> = {
  HPAScalingRules: {
    scaleUp: { stabilizationWindowSeconds: 0, policies: () => [scalingPolicy('Pods', 4), scalingPolicy('Percent', 100)] },
    scaleDown: { policies: () => [scalingPolicy('Percent', 100)] },
  },
};

/** Defaults of custom resources that say nothing at all: schemas give them by the name of the field, and pruned ones leave them out. */
export const emptyDefaults: Readonly<Record<string, string | boolean>> = { group: '', name: '', into: '', optional: false, force: false };

/** Lists whose order means nothing, although the schema does not say so. */
export const unordered: Readonly<Record<string, readonly string[]>> = {
  Capabilities: ['add', 'drop'],
  PodSpec: ['tolerations', 'imagePullSecrets'],
  NetworkPolicySpec: ['policyTypes', 'ingress', 'egress'],
  NetworkPolicyIngressRule: ['from', 'ports'],
  NetworkPolicyEgressRule: ['to', 'ports'],
  LabelSelector: ['matchExpressions'],
  LabelSelectorRequirement: ['values'],
  NodeSelectorRequirement: ['values'],
  ConfigMapVolumeSource: ['items'],
  SecretVolumeSource: ['items'],
  HorizontalPodAutoscalerSpec: ['metrics'],
  PersistentVolumeClaimSpec: ['accessModes'],
  PolicyRule: ['apiGroups', 'resources', 'resourceNames', 'verbs', 'nonResourceURLs'],
  Role: ['rules'],
  ClusterRole: ['rules'],
  RoleBinding: ['subjects'],
  ClusterRoleBinding: ['subjects'],
};

/** Fields that the cluster writes, and that no manifest is about. */
export const ofTheCluster: Readonly<Record<string, readonly string[]>> = {
  ObjectMeta: ['creationTimestamp', 'uid', 'resourceVersion', 'generation', 'managedFields', 'selfLink', 'deletionTimestamp'],
  ServiceSpec: ['clusterIPs', 'ipFamilies', 'healthCheckNodePort'],
};

/** Annotations that the cluster and its tools write. */
export const annotationsOfTheCluster: readonly string[] = [
  'kubectl.kubernetes.io/last-applied-configuration', 'deployment.kubernetes.io/revision', 'deprecated.daemonset.template.generation',
];
