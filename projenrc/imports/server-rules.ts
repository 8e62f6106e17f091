import type { SchemaNode } from '../../src/manifests/_schema-node';

// What the API server checks in code, and so no published document says. Keys are `Definition.field`, or `Definition` for the object itself.

const port: SchemaNode = { minimum: 1, maximum: 65535 };
const portOrNone: SchemaNode = { minimum: 0, maximum: 65535 };
const portRef: SchemaNode = { format: 'port-reference' };
const notNegative: SchemaNode = { minimum: 0 };
const positive: SchemaNode = { minimum: 1 };
const identity: SchemaNode = { minimum: 0, maximum: 2147483647 };
const weight: SchemaNode = { minimum: 1, maximum: 100 };
const fileMode: SchemaNode = { minimum: 0, maximum: 511 };
const present: SchemaNode = { minLength: 1 };
const some: SchemaNode = { minItems: 1 };
const label: SchemaNode = { format: 'dns-label' };
const subdomain: SchemaNode = { format: 'dns-subdomain' };
const labelKey: SchemaNode = { format: 'qualified-name' };
const dataKey: SchemaNode = { format: 'config-key' };
const labels: SchemaNode = { keys: 'qualified-name', additionalProperties: { type: 'string', format: 'label-value' } };
const amounts = (keys: string): SchemaNode => ({ keys, additionalProperties: { type: 'quantity', format: 'not-negative' } });
const segment: SchemaNode = { format: 'path-segment' };
const either = (...fields: readonly string[]): SchemaNode => ({ anyOf: fields.map(field => ({ required: [field] })) });
const when = (field: string, value: string): SchemaNode => ({ required: [field], properties: { [field]: { enum: [value] } } });
const share: SchemaNode = { format: 'count-or-percent' };
const needs = (...required: readonly string[]): SchemaNode => ({ required });
const oneMebibyte = 1024 * 1024;

const on = (rule: SchemaNode, ...fields: readonly string[]): Record<string, SchemaNode> => Object.fromEntries(fields.map(field => [field, rule]));

/** Bounds, formats and closed choices that the API server enforces beyond its published schema. */
export const serverRules: Readonly<Record<string, SchemaNode>> = {
  ...on(labels, 'ObjectMeta.labels', 'LabelSelector.matchLabels', 'PodSpec.nodeSelector', 'ServiceSpec.selector'),
  'ObjectMeta.annotations': { keys: 'qualified-name', maxBytes: 256 * 1024 },
  'LabelSelectorRequirement.key': labelKey,
  'LabelSelectorRequirement.values': { items: { type: 'string', format: 'label-value' } },
  'LabelSelectorRequirement.operator': { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
  'NodeSelectorRequirement.key': labelKey,

  'ConfigMap.data': { keys: 'config-key', maxBytes: oneMebibyte },
  'ConfigMap.binaryData': { keys: 'config-key', maxBytes: oneMebibyte },
  'Secret.data': { keys: 'config-key', maxBytes: oneMebibyte },
  'Secret.stringData': { keys: 'config-key', maxBytes: oneMebibyte },
  ...on(needs('name'), 'ConfigMapKeySelector', 'SecretKeySelector', 'ConfigMapEnvSource', 'SecretEnvSource', 'ConfigMapVolumeSource',
    'ConfigMapProjection', 'SecretProjection'),
  'SecretVolumeSource': needs('secretName'),
  ...on(dataKey, 'ConfigMapKeySelector.key', 'SecretKeySelector.key', 'KeyToPath.key'),
  'KeyToPath.path': present,
  ...on(subdomain, 'ConfigMapKeySelector.name', 'SecretKeySelector.name', 'ConfigMapEnvSource.name', 'SecretEnvSource.name',
    'ConfigMapVolumeSource.name', 'ConfigMapProjection.name', 'SecretProjection.name', 'SecretVolumeSource.secretName'),
  ...on(fileMode, 'KeyToPath.mode', 'ConfigMapVolumeSource.defaultMode', 'SecretVolumeSource.defaultMode',
    'ProjectedVolumeSource.defaultMode', 'DownwardAPIVolumeSource.defaultMode', 'DownwardAPIVolumeFile.mode'),

  ...on(amounts('container-resource'), 'ResourceRequirements.limits', 'ResourceRequirements.requests', 'PodSpec.overhead'),
  ...on(amounts('limit-resource'), 'LimitRangeItem.max', 'LimitRangeItem.min', 'LimitRangeItem.default', 'LimitRangeItem.defaultRequest'),
  'LimitRangeItem.type': { pattern: '^(Pod|Container|PersistentVolumeClaim|[^/]+/[^/]+)$' },
  'VolumeResourceRequirements.limits': amounts('volume-resource'),
  'VolumeResourceRequirements.requests': { ...amounts('volume-resource'), minProperties: 1 },
  'ResourceQuotaSpec.hard': amounts('quota-resource'),

  ...on(needs('spec'), 'PodTemplateSpec', 'JobTemplateSpec', 'Pod', 'Service', 'Job', 'PersistentVolumeClaim', 'Ingress', 'ValidatingAdmissionPolicy'),
  'PodSpec.containers': some,
  ...on(label, 'PodSpec.hostname', 'PodSpec.subdomain', 'Container.name', 'EphemeralContainer.name', 'Volume.name', 'ServicePort.name'),
  ...on(subdomain, 'PodSpec.serviceAccountName', 'PodSpec.priorityClassName', 'PodSpec.runtimeClassName'),
  'PodSpec.terminationGracePeriodSeconds': notNegative,
  'PodSpec.activeDeadlineSeconds': positive,
  'Container': needs('image'),
  'Container.image': present,
  'Container.restartPolicy': { enum: ['Always', 'Never', 'OnFailure'], enumSince: { Never: '1.34', OnFailure: '1.34' } },
  'ContainerResizePolicy.restartPolicy': { enum: ['NotRequired', 'RestartContainer'] },
  'ContainerPort.containerPort': port,
  'ContainerPort.hostPort': portOrNone,
  'ContainerPort.name': { format: 'port-name' },
  'EnvVar.name': { pattern: '^[ -<>-~]+$' },
  'VolumeMount.mountPath': { pattern: '^[^:]+$' },
  'VolumeMount.name': present,
  'VolumeMount.recursiveReadOnly': { enum: ['Disabled', 'IfPossible', 'Enabled'] },
  'EmptyDirVolumeSource.medium': { pattern: '^(Memory|HugePages(-.+)?)?$' },
  'EmptyDirVolumeSource.sizeLimit': { format: 'not-negative' },
  'ObjectFieldSelector.fieldPath': {
    pattern: "^(metadata\\.(name|namespace|uid|labels|annotations)|metadata\\.(labels|annotations)\\['[^']+'\\]"
      + '|spec\\.(nodeName|serviceAccountName)|status\\.(hostIPs?|podIPs?))$',
  },
  'ServiceAccountTokenProjection.path': present,
  'ServiceAccountTokenProjection.expirationSeconds': { minimum: 600 },
  'HostAlias.ip': { format: 'ip' },
  'Toleration.operator': { enumSince: { Gt: '1.35', Lt: '1.35' } },
  'PodDNSConfig.nameservers': { items: { type: 'string', format: 'ip' } },
  'PodDNSConfigOption': needs('name'),
  'PodDNSConfigOption.name': present,
  'PodOS.name': { enum: ['linux', 'windows'] },
  'PodSecurityContext.seLinuxChangePolicy': { enum: ['MountOption', 'Recursive'] },
  ...on(identity, 'PodSecurityContext.runAsUser', 'PodSecurityContext.runAsGroup', 'PodSecurityContext.fsGroup',
    'SecurityContext.runAsUser', 'SecurityContext.runAsGroup'),
  'TopologySpreadConstraint.maxSkew': positive,
  'TopologySpreadConstraint.minDomains': positive,
  ...on(labelKey, 'TopologySpreadConstraint.topologyKey', 'PodAffinityTerm.topologyKey'),
  ...on(weight, 'WeightedPodAffinityTerm.weight', 'PreferredSchedulingTerm.weight'),

  ...on(notNegative, 'Probe.initialDelaySeconds', 'Probe.timeoutSeconds', 'Probe.periodSeconds', 'Probe.successThreshold',
    'Probe.failureThreshold', 'SleepAction.seconds'),
  'Probe.terminationGracePeriodSeconds': positive,
  'SecurityContext': { anyOf: [{ properties: { privileged: { enum: [false] } } }, { properties: { allowPrivilegeEscalation: { enum: [true] } } }] },
  'Probe': { exactlyOne: ['exec', 'grpc', 'httpGet', 'tcpSocket'] },
  'LifecycleHandler': { exactlyOne: ['exec', 'httpGet', 'sleep', 'tcpSocket'] },
  'Volume': { exactlyOne: ['*'] },
  'EnvVarSource': { exactlyOne: ['*'] },
  'EnvFromSource': { exactlyOne: ['configMapRef', 'secretRef'] },
  'GRPCAction.port': port,
  ...on(portRef, 'HTTPGetAction.port', 'TCPSocketAction.port', 'ServicePort.targetPort', 'NetworkPolicyPort.port'),

  ...on(notNegative, 'DeploymentSpec.replicas', 'DeploymentSpec.minReadySeconds', 'DeploymentSpec.revisionHistoryLimit',
    'DeploymentSpec.progressDeadlineSeconds', 'StatefulSetSpec.replicas', 'StatefulSetSpec.minReadySeconds', 'StatefulSetSpec.revisionHistoryLimit',
    'StatefulSetOrdinals.start', 'RollingUpdateStatefulSetStrategy.partition', 'DaemonSetSpec.minReadySeconds', 'DaemonSetSpec.revisionHistoryLimit',
    'JobSpec.parallelism', 'JobSpec.completions', 'JobSpec.backoffLimit', 'JobSpec.activeDeadlineSeconds', 'JobSpec.ttlSecondsAfterFinished',
    'CronJobSpec.startingDeadlineSeconds', 'CronJobSpec.successfulJobsHistoryLimit', 'CronJobSpec.failedJobsHistoryLimit'),
  ...on(share, 'RollingUpdateDeployment.maxSurge', 'RollingUpdateDeployment.maxUnavailable', 'RollingUpdateDaemonSet.maxSurge',
    'RollingUpdateDaemonSet.maxUnavailable', 'RollingUpdateStatefulSetStrategy.maxUnavailable',
    'PodDisruptionBudgetSpec.minAvailable', 'PodDisruptionBudgetSpec.maxUnavailable'),
  'StatefulSetUpdateStrategy.type': { enumSince: { Recreate: '1.37' } },
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted': { enum: ['Retain', 'Delete'] },
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled': { enum: ['Retain', 'Delete'] },
  'CronJobSpec.schedule': { pattern: '^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|@every \\S+|\\S+(\\s+\\S+){4})$' },
  'CronJobSpec.timeZone': { format: 'time-zone' },
  'JobSpec': { allOf: [{ properties: { template: { properties: { spec: {
    required: ['restartPolicy'], properties: { restartPolicy: { enum: ['Never', 'OnFailure'] } },
  } } } } }] },
  'PodFailurePolicyRule': { exactlyOne: ['onExitCodes', 'onPodConditions'] },
  'PodFailurePolicyOnExitCodesRequirement.values': some,
  'StatefulSetSpec.serviceName': label,
  'PersistentVolumeClaimSpec': needs('accessModes', 'resources'),
  'PersistentVolumeClaimSpec.accessModes': some,
  'PersistentVolumeClaimSpec.storageClassName': { pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$', maxLength: 253 },
  'StorageClass.provisioner': present,
  'VolumeResourceRequirements': needs('requests'),


  'ServiceSpec': { anyOf: [...either('ports').anyOf ?? [], when('clusterIP', 'None'), when('type', 'ExternalName')] },
  'ServicePort.appProtocol': labelKey,
  'ServicePort.port': port,
  'ServicePort.nodePort': portOrNone,
  'ServiceSpec.trafficDistribution': {
    enum: ['PreferClose', 'PreferSameZone', 'PreferSameNode'], enumSince: { PreferSameZone: '1.33', PreferSameNode: '1.33' },
  },
  'ServiceSpec.externalIPs': { items: { type: 'string', format: 'ip' } },

  'HorizontalPodAutoscalerSpec.minReplicas': notNegative,
  'HorizontalPodAutoscalerSpec.maxReplicas': positive,
  'CrossVersionObjectReference.kind': segment,
  'CrossVersionObjectReference.name': segment,
  'MetricSpec': { exactlyOne: ['containerResource', 'external', 'object', 'pods', 'resource'] },
  'MetricTarget': { exactlyOne: ['averageUtilization', 'averageValue', 'value'] },
  'ResourceMetricSource.name': present,
  'MetricSpec.type': { enum: ['Resource', 'ContainerResource', 'Pods', 'Object', 'External'] },
  'MetricTarget.type': { enum: ['Utilization', 'Value', 'AverageValue'] },
  'MetricTarget.averageUtilization': positive,
  'HPAScalingRules.stabilizationWindowSeconds': { minimum: 0, maximum: 3600 },
  'HPAScalingRules.selectPolicy': { enum: ['Max', 'Min', 'Disabled'] },
  'HPAScalingPolicy.type': { enum: ['Pods', 'Percent'] },
  'HPAScalingPolicy.value': positive,
  'HPAScalingPolicy.periodSeconds': { minimum: 1, maximum: 1800 },

  'NetworkPolicyPeer': { minProperties: 1 },
  'NetworkPolicyPort.endPort': port,
  'IPBlock.cidr': { format: 'cidr' },
  'IPBlock.except': { items: { type: 'string', format: 'cidr' } },
  'IngressRule.host': { format: 'host' },
  'IngressTLS.hosts': { items: { type: 'string', format: 'host' } },
  'IngressTLS.secretName': subdomain,
  'IngressSpec': either('defaultBackend', 'rules'),
  'IngressSpec.rules': some,
  'IngressSpec.ingressClassName': subdomain,
  'HTTPIngressRuleValue.paths': some,
  'HTTPIngressPath': { anyOf: [...either('path').anyOf ?? [], when('pathType', 'ImplementationSpecific')] },
  'HTTPIngressPath.path': { pattern: '^/' },
  'IngressServiceBackend.name': label,
  'ServiceBackendPort.name': { format: 'port-name' },
  'ServiceBackendPort.number': port,
  'IngressServiceBackend': needs('port'),
  'ServiceBackendPort': { exactlyOne: ['name', 'number'] },
  'IngressBackend': { exactlyOne: ['resource', 'service'] },

  'PolicyRule': { anyOf: [{ required: ['apiGroups', 'resources'] }, { required: ['nonResourceURLs'] }] },
  ...on(some, 'PolicyRule.verbs', 'PolicyRule.apiGroups', 'PolicyRule.resources'),
  'AggregationRule': needs('clusterRoleSelectors'),
  'AggregationRule.clusterRoleSelectors': some,
  'RoleRef.apiGroup': { enum: ['rbac.authorization.k8s.io'] },
  'Subject.apiGroup': { enum: ['', 'rbac.authorization.k8s.io'] },
  'Subject.name': present,
  'RoleRef.kind': { enum: ['Role', 'ClusterRole'] },
  'RoleRef.name': segment,
  'Subject.kind': { enum: ['ServiceAccount', 'User', 'Group'] },
  'PriorityClass.value': { maximum: 1000000000 },
  'ValidatingAdmissionPolicySpec': { ...needs('matchConstraints'), ...either('validations', 'auditAnnotations') },
  'ValidatingAdmissionPolicySpec.validations': some,
  'Validation.expression': present,
  'Validation.reason': { enum: ['Unauthorized', 'Forbidden', 'Invalid', 'RequestEntityTooLarge'] },
  'NamedRuleWithOperations': needs('apiGroups', 'apiVersions', 'operations', 'resources'),
  ...on(some, 'NamedRuleWithOperations.apiGroups', 'NamedRuleWithOperations.apiVersions', 'NamedRuleWithOperations.operations',
    'NamedRuleWithOperations.resources'),
  'ValidatingAdmissionPolicyBindingSpec.policyName': subdomain,
  'ValidatingAdmissionPolicyBindingSpec.validationActions': some,
};
