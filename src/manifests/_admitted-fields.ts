type Fields = Readonly<Record<string, unknown>>;

/**
 * Optional fields whose zero the server keeps: what says `false`, `0` or `''` there is not the same as what says nothing.
 * Derived from the Go types of k8s.io/api 0.37.1, licence Apache-2.0: the fields that are pointers.
 */
export const keptZeros: Readonly<Record<string, string>> = {
  AppArmorProfile: 'localhostProfile',
  AzureDiskVolumeSource: 'cachingMode fsType readOnly kind',
  CSIVolumeSource: 'readOnly fsType',
  ClientIPConfig: 'timeoutSeconds',
  ClusterTrustBundleProjection: 'name signerName optional',
  ConfigMap: 'immutable',
  ConfigMapEnvSource: 'optional',
  ConfigMapKeySelector: 'optional',
  ConfigMapProjection: 'optional',
  ConfigMapVolumeSource: 'defaultMode optional',
  Container: 'restartPolicy',
  CronJobSpec: 'timeZone startingDeadlineSeconds suspend successfulJobsHistoryLimit failedJobsHistoryLimit',
  DaemonSetSpec: 'revisionHistoryLimit',
  DeploymentSpec: 'replicas revisionHistoryLimit progressDeadlineSeconds',
  DownwardAPIVolumeFile: 'mode user',
  DownwardAPIVolumeSource: 'defaultMode',
  FCVolumeSource: 'lun',
  FileKeySelector: 'optional',
  GRPCAction: 'service',
  HPAScalingRules: 'stabilizationWindowSeconds selectPolicy',
  HTTPGetAction: 'protocol',
  HorizontalPodAutoscalerSpec: 'minReplicas',
  HostPathVolumeSource: 'type',
  ISCSIVolumeSource: 'initiatorName',
  IngressSpec: 'ingressClassName',
  JobSpec: 'parallelism completions activeDeadlineSeconds backoffLimit backoffLimitPerIndex maxFailedIndexes manualSelector ttlSecondsAfterFinished completionMode suspend podReplacementPolicy managedBy',
  KeyToPath: 'mode user',
  Lifecycle: 'stopSignal',
  ManagedFieldsEntry: 'time',
  MatchResources: 'matchPolicy',
  MetricTarget: 'averageUtilization',
  NetworkPolicyPort: 'protocol endPort',
  ObjectMeta: 'deletionTimestamp deletionGracePeriodSeconds',
  OwnerReference: 'controller blockOwnerDeletion',
  ParamRef: 'parameterNotFoundAction',
  PersistentVolumeClaimSpec: 'storageClassName volumeMode volumeAttributesClassName',
  PodCertificateProjection: 'maxExpirationSeconds',
  PodDNSConfigOption: 'value',
  PodDisruptionBudgetSpec: 'unhealthyPodEvictionPolicy',
  PodFailurePolicyOnExitCodesRequirement: 'containerName',
  PodFailurePolicyOnPodConditionsPattern: 'status',
  PodResourceClaim: 'resourceClaimName resourceClaimTemplateName',
  PodSchedulingGroup: 'podGroupName',
  PodSecurityContext: 'runAsUser runAsGroup runAsNonRoot supplementalGroupsPolicy fsGroup fsGroupChangePolicy seLinuxChangePolicy',
  PodSpec: 'terminationGracePeriodSeconds activeDeadlineSeconds automountServiceAccountToken shareProcessNamespace priority runtimeClassName enableServiceLinks preemptionPolicy setHostnameAsFQDN hostUsers hostnameOverride',
  PriorityClass: 'value preemptionPolicy',
  Probe: 'terminationGracePeriodSeconds',
  ProjectedVolumeSource: 'defaultMode',
  RoleRef: 'apiGroup',
  RollingUpdateStatefulSetStrategy: 'partition',
  SeccompProfile: 'localhostProfile',
  Secret: 'immutable',
  SecretEnvSource: 'optional',
  SecretKeySelector: 'optional',
  SecretProjection: 'optional',
  SecretVolumeSource: 'defaultMode optional',
  SecurityContext: 'privileged runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation procMount',
  ServiceAccount: 'automountServiceAccountToken',
  ServiceAccountTokenProjection: 'expirationSeconds',
  ServicePort: 'appProtocol',
  ServiceSpec: 'ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy trafficDistribution',
  StatefulSetOrdinals: 'start',
  StatefulSetSpec: 'replicas serviceName revisionHistoryLimit',
  StorageClass: 'reclaimPolicy allowVolumeExpansion volumeBindingMode',
  SuccessPolicyRule: 'succeededIndexes succeededCount',
  Toleration: 'tolerationSeconds',
  TopologySpreadConstraint: 'minDomains nodeAffinityPolicy nodeTaintsPolicy',
  TypedLocalObjectReference: 'apiGroup',
  TypedObjectReference: 'apiGroup namespace',
  ValidatingAdmissionPolicySpec: 'failurePolicy',
  Validation: 'reason',
  VolumeMount: 'recursiveReadOnly mountPropagation',
  WindowsSecurityContextOptions: 'gmsaCredentialSpecName gmsaCredentialSpec runAsUserName hostProcess',
};

/** Objects and lists that the server writes where nothing stands; a function says what, after the defaults of the fields beside. */
export const written: Readonly<Record<string, Readonly<Record<string, (fields: Fields) => unknown>>>> = {
  DeploymentSpec: { strategy: () => ({}) },
  DeploymentStrategy: { rollingUpdate: ({ type }) => ((type ?? 'RollingUpdate') === 'RollingUpdate' ? {} : undefined) },
  DaemonSetSpec: { updateStrategy: () => ({}) },
  DaemonSetUpdateStrategy: { rollingUpdate: ({ type }) => ((type ?? 'RollingUpdate') === 'RollingUpdate' ? {} : undefined) },
  StatefulSetSpec: { updateStrategy: () => ({}), persistentVolumeClaimRetentionPolicy: () => ({}), serviceName: () => '' },
  StatefulSetUpdateStrategy: { rollingUpdate: ({ type }) => (type === undefined ? {} : undefined) },
  JobSpec: {
    completions: ({ parallelism }) => (parallelism === undefined ? 1 : undefined),
    parallelism: () => 1,
    podReplacementPolicy: ({ podFailurePolicy }) => (podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed'),
    backoffLimit: ({ backoffLimitPerIndex }) => (backoffLimitPerIndex === undefined ? 6 : 2_147_483_647),
  },
  PodFailurePolicyOnPodConditionsPattern: { status: () => 'True' },
  PodTemplateSpec: { metadata: () => ({}) },
  JobTemplateSpec: { metadata: () => ({}) },
  PersistentVolumeClaim: { apiVersion: () => 'v1', kind: () => 'PersistentVolumeClaim', status: () => ({ phase: 'Pending' }) },
  PodSpec: {
    securityContext: () => ({}),
    serviceAccountName: ({ serviceAccount }) => serviceAccount,
    serviceAccount: ({ serviceAccountName }) => serviceAccountName,
  },
  Container: { resources: () => ({}) },
  Volume: { emptyDir: fields => (Object.keys(fields).every(key => key === 'name') ? {} : undefined) },
  NetworkPolicySpec: {
    podSelector: () => ({}),
    policyTypes: ({ egress }) => ['Ingress', ...(Array.isArray(egress) && egress.length > 0 ? ['Egress'] : [])],
  },
  ServiceSpec: {
    sessionAffinityConfig: ({ sessionAffinity }) => (sessionAffinity === 'ClientIP' ? { clientIP: { timeoutSeconds: 10_800 } } : undefined),
    internalTrafficPolicy: ({ type }) => (type === 'ExternalName' ? undefined : 'Cluster'),
  },
  HorizontalPodAutoscalerSpec: { metrics: () => [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }] },
  Role: { rules: () => null },
  ClusterRole: { rules: () => null },
};

const scaleDown = [{ type: 'Percent', value: 100, periodSeconds: 15 }];
const scaleUp = [{ type: 'Pods', value: 4, periodSeconds: 15 }, ...scaleDown];

const objectOf = (value: unknown) => (typeof value === 'object' && value !== null ? value : {});

/** What the server makes of what is said, before it writes defaults. */
export const completed: Readonly<Record<string, (fields: Fields) => Fields>> = {
  HorizontalPodAutoscalerBehavior: fields => ({
    scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: scaleUp, ...objectOf(fields.scaleUp) },
    scaleDown: { selectPolicy: 'Max', policies: scaleDown, ...objectOf(fields.scaleDown) },
  }),
  Namespace: fields => labelled(fields, 'labels', { 'kubernetes.io/metadata.name': (fields.metadata as Fields | undefined)?.name }),
  DaemonSet: fields => labelled(fields, 'annotations', { 'deprecated.daemonset.template.generation': '1' }),
};

function labelled(fields: Fields, map: 'labels' | 'annotations', more: Fields): Fields {
  const metadata = objectOf(fields.metadata) as Fields;
  return { ...fields, metadata: { ...metadata, [map]: { ...objectOf(metadata[map]), ...more } } };
}

/** What the canonical form takes for said, since it means the same, and the server does not write into a template. */
export const unwritten: Readonly<Record<string, readonly string[]>> = {
  PodSpec: ['enableServiceLinks', 'shareProcessNamespace', 'serviceAccountName', 'hostNetwork', 'hostPID', 'hostIPC'],
  JobSpec: ['completions', 'parallelism'],
  ServiceSpec: ['internalTrafficPolicy', 'ipFamilyPolicy'],
};
