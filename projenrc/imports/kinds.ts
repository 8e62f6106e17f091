/** Built-in kinds that are imported, as `group/version/Kind` in the short group names of the published definitions. */
export const builtInKinds: readonly string[] = [
  ...['Namespace', 'ResourceQuota', 'LimitRange', 'ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'PersistentVolumeClaim', 'Pod']
    .map(kind => `core/v1/${kind}`),
  'apps/v1/Deployment', 'apps/v1/StatefulSet', 'apps/v1/DaemonSet',
  'batch/v1/Job', 'batch/v1/CronJob',
  'autoscaling/v2/HorizontalPodAutoscaler',
  'policy/v1/PodDisruptionBudget',
  'networking/v1/NetworkPolicy', 'networking/v1/Ingress',
  'rbac/v1/Role', 'rbac/v1/RoleBinding', 'rbac/v1/ClusterRole', 'rbac/v1/ClusterRoleBinding',
  'scheduling/v1/PriorityClass',
  'storage/v1/StorageClass',
  'admissionregistration/v1/ValidatingAdmissionPolicy', 'admissionregistration/v1/ValidatingAdmissionPolicyBinding',
];

/** Custom resources that are imported: one output file per source. */
export const customKinds: readonly { readonly file: string; readonly source: string; readonly kinds: readonly string[] }[] = [
  { file: 'monitoring', source: 'crds/prometheus-operator.yaml.gz', kinds: ['ServiceMonitor', 'PodMonitor', 'Probe', 'PrometheusRule'] },
  { file: 'external-secrets', source: 'crds/external-secrets.yaml.gz', kinds: ['ExternalSecret'] },
  { file: 'gateway', source: 'crds/gateway-api.yaml.gz', kinds: ['Gateway', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'ListenerSet', 'ReferenceGrant', 'BackendTLSPolicy'] },
  { file: 'keda', source: 'crds/keda.yaml.gz', kinds: ['ScaledObject'] },
  { file: 'cert-manager', source: 'crds/cert-manager.yaml.gz', kinds: ['Certificate', 'Issuer'] },
  { file: 'strimzi', source: 'crds/strimzi.yaml.gz', kinds: ['Kafka', 'KafkaConnect', 'KafkaMirrorMaker2', 'KafkaNodePool', 'KafkaTopic', 'KafkaUser'] },
  { file: 'sealed-secrets', source: 'crds/sealed-secrets.yaml', kinds: ['SealedSecret'] },
  { file: 'argo-cd', source: 'crds/argo-cd.yaml.gz', kinds: ['AppProject', 'Application', 'ApplicationSet'] },
  { file: 'flux-kustomize', source: 'crds/flux-kustomize.yaml.gz', kinds: ['Kustomization'] },
  { file: 'flux-source', source: 'crds/flux-source.yaml.gz', kinds: ['GitRepository'] },
  { file: 'cilium', source: 'crds/cilium-subset.yaml', kinds: ['CiliumNetworkPolicy'] },
];
