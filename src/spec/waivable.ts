/** Checks of other linters, three of which can be told by an annotation to leave an object alone. */
type Upstream = `${'kube-linter' | 'polaris' | 'kube-score' | 'pod-security'}:${string}`;

/** What a waiver of a rule is about: the kinds of objects that the rule speaks of, and the checks of other linters that it stands for. */
export interface Waivable { readonly kinds: readonly string[] | 'all'; readonly upstream: readonly Upstream[] }

/** What the annotation of a waiver begins with; the id of the rule follows, and its value is the reason. */
export const waivedPrefix = 'marty-msf/waived-';

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'];
const about = (kinds: Waivable['kinds']) => (...upstream: readonly Upstream[]): Waivable => ({ kinds, upstream });
const pods = about(workloads);
const bindings = about(['RoleBinding', 'ClusterRoleBinding']);
const roles = about(['Role', 'ClusterRole']);
const anything = about('all');
const autoscalers = about(['HorizontalPodAutoscaler']);
const configMaps = about(['ConfigMap']);
const cronJobs = about(['CronJob']);
const jobs = about(['Job', 'CronJob']);
const budgets = about(['PodDisruptionBudget']);
const policies = about(['NetworkPolicy']);
const services = about(['Service']);
const ingresses = about(['Ingress']);
const routes = about(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute']);
const monitors = about(['ServiceMonitor', 'PodMonitor']);
const meshPolicies = about(['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication']);

/** Every rule that can be waived; a test holds it against the rules themselves, which this layer does not know. */
export const waivable = {
  'autoscaler-fixed-replicas': pods('kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured'),
  'autoscaler-minimum': autoscalers('polaris:hpaMinAvailability', 'kube-score:horizontalpodautoscaler-replicas'),
  'autoscaler-missing-request': autoscalers(),
  'autoscaler-range': autoscalers('polaris:hpaMaxAvailability'),
  'autoscaler-target': autoscalers('kube-score:horizontalpodautoscaler-has-target', 'kube-linter:dangling-horizontalpodautoscaler'),
  'binding-all-power': bindings('polaris:clusterrolebindingClusterAdmin', 'polaris:rolebindingClusterAdminClusterRole', 'polaris:rolebindingClusterAdminRole', 'kube-linter:cluster-admin-role-binding'),
  'binding-pod-creation': bindings('kube-linter:access-to-create-pods'),
  'binding-pod-exec': bindings('polaris:clusterrolebindingPodExecAttach', 'polaris:rolebindingClusterRolePodExecAttach', 'polaris:rolebindingRolePodExecAttach'),
  'binding-secrets': bindings('kube-linter:access-to-secrets'),
  'config-map-secret': configMaps('polaris:sensitiveConfigmapContent'),
  'container-added-capabilities': pods('polaris:dangerousCapabilities', 'kube-linter:privilege-escalation-container', 'kube-linter:drop-net-raw-capability'),
  'container-app-armor-profile': pods('pod-security:appArmorProfile'),
  'container-cpu-limit': pods('polaris:cpuLimitsMissing', 'kube-score:container-resources'),
  'container-cpu-request': pods('kube-linter:unset-cpu-requirements', 'polaris:cpuRequestsMissing', 'kube-score:container-resources'),
  'container-duplicate-variable': pods('kube-linter:duplicate-env-var', 'kube-score:environment-variable-key-duplication'),
  'container-host-port': pods('polaris:hostPortSet'),
  'container-identical-probes': pods('kube-score:pod-probes-identical'),
  'container-image-tag': pods('kube-linter:latest-tag', 'polaris:tagNotSpecified', 'kube-score:container-image-tag'),
  'container-kept-capabilities': pods('polaris:insecureCapabilities', 'kube-linter:drop-net-raw-capability', 'pod-security:capabilities_restricted'),
  'container-liveness-probe': pods('polaris:livenessProbeMissing', 'kube-score:pod-probes'),
  'container-low-user-id': pods('kube-score:container-security-context-user-group-id'),
  'container-memory-limit': pods('kube-linter:unset-memory-requirements', 'polaris:memoryLimitsMissing', 'kube-score:container-resources'),
  'container-memory-request': pods('polaris:memoryRequestsMissing', 'kube-score:container-resources'),
  'container-missing-config-map': pods('kube-linter:env-value-from'),
  'container-missing-secret-key': pods(),
  'container-no-hardening': pods('polaris:linuxHardening'),
  'container-other-capabilities': pods('pod-security:capabilities_restricted'),
  'container-port-name': pods('kube-linter:invalid-target-ports'),
  'container-privilege-escalation': pods('kube-linter:privilege-escalation-container', 'polaris:privilegeEscalationAllowed'),
  'container-privileged': pods('kube-linter:privileged-container', 'kube-linter:privilege-escalation-container', 'polaris:runAsPrivileged', 'kube-score:container-security-context-privileged'),
  'container-privileged-port': pods('kube-linter:privileged-ports'),
  'container-probe-host': pods('pod-security:hostProbesAndHostLifecycle'),
  'container-probe-port': pods('kube-linter:liveness-port', 'kube-linter:readiness-port', 'kube-linter:startup-port'),
  'container-proc-mount': pods('polaris:procMount', 'kube-linter:unsafe-proc-mount'),
  'container-pull-policy': pods('polaris:pullPolicyNotAlways', 'kube-score:container-image-pull-policy'),
  'container-readiness-probe': pods('polaris:readinessProbeMissing', 'kube-score:pod-probes'),
  'container-root-user': pods('kube-linter:run-as-non-root', 'polaris:runAsRootAllowed', 'pod-security:runAsNonRoot'),
  'container-seccomp-profile': pods('pod-security:seccompProfile_restricted'),
  'container-secret-variable': pods('polaris:sensitiveContainerEnvVar', 'kube-linter:env-var-secret'),
  'container-selinux-options': pods('pod-security:seLinuxOptions'),
  'container-ssh-port': pods('kube-linter:ssh-port'),
  'container-startup-probe': pods(),
  'container-storage-limit': pods('kube-score:container-ephemeral-storage-request-and-limit'),
  'container-storage-request': pods('kube-score:container-ephemeral-storage-request-and-limit'),
  'container-writable-root': pods('kube-linter:no-read-only-root-fs', 'polaris:notReadOnlyRootFilesystem', 'kube-score:container-security-context-readonlyrootfilesystem'),
  'cron-job-deadline': cronJobs('kube-score:cronjob-has-deadline'),
  'cron-job-restart': cronJobs('kube-score:cronjob-restartpolicy'),
  'default-namespace': anything('kube-linter:use-namespace'),
  'deployment-rollout-strategy': pods('kube-score:deployment-strategy'),
  'deployment-single-replica': pods('polaris:deploymentMissingReplicas', 'kube-score:deployment-replicas'),
  'disruption-budget-above-minimum': budgets('polaris:pdbMinAvailableGreaterThanHPAMinReplicas'),
  'disruption-budget-blocks-drain': budgets('kube-linter:pdb-max-unavailable', 'kube-linter:pdb-min-available', 'polaris:pdbDisruptionsIsZero'),
  'disruption-budget-empty': budgets('kube-score:poddisruptionbudget-has-policy'),
  'disruption-budget-eviction-policy': budgets('kube-linter:pdb-unhealthy-pod-eviction-policy'),
  'disruption-budget-missing': pods('polaris:missingPodDisruptionBudget', 'kube-score:deployment-has-poddisruptionbudget', 'kube-score:statefulset-has-poddisruptionbudget'),
  'disruption-budget-needs-all': budgets('kube-linter:pdb-min-available'),
  'disruption-budget-selects-nothing': budgets(),
  'ingress-backend': ingresses('kube-score:ingress-targets-service', 'kube-linter:dangling-ingress'),
  'ingress-tls': ingresses('polaris:tlsSettingsMissing'),
  'job-lifetime': jobs('kube-linter:job-ttl-seconds-after-finished'),
  'label-value': anything('kube-score:label-values'),
  'mesh-policy-selects-nothing': meshPolicies(),
  'monitor-port': monitors(),
  'monitor-selects-nothing': monitors(),
  'network-open-policy': policies(),
  'network-policy-selects-nothing': policies('kube-score:networkpolicy-targets-pod', 'kube-linter:dangling-networkpolicy'),
  'network-ungoverned-pod': pods('polaris:missingNetworkPolicy', 'kube-score:pod-networkpolicy', 'kube-linter:non-isolated-pod'),
  'outdated-api': anything('kube-linter:no-extensions-v1beta', 'kube-score:stable-version'),
  'pod-broken-spread': pods('kube-score:pod-topology-spread-constraints'),
  'pod-default-service-account': pods('kube-linter:default-service-account'),
  'pod-deprecated-service-account': pods('kube-linter:deprecated-service-account-field'),
  'pod-docker-socket': pods('kube-linter:docker-sock'),
  'pod-host-ipc': pods('kube-linter:host-ipc', 'polaris:hostIPCSet'),
  'pod-host-network': pods('kube-linter:host-network', 'polaris:hostNetworkSet'),
  'pod-host-path': pods('polaris:hostPathSet', 'kube-linter:writable-host-mount'),
  'pod-host-pid': pods('kube-linter:host-pid', 'polaris:hostPIDSet'),
  'pod-host-process': pods('polaris:hostProcess'),
  'pod-missing-claim': pods(),
  'pod-missing-config-map': pods(),
  'pod-missing-service-account': pods('kube-linter:non-existent-service-account'),
  'pod-mounted-token': pods('polaris:automountServiceAccountToken'),
  'pod-priority-class': pods('polaris:priorityClassNotSet'),
  'pod-system-directory': pods('kube-linter:sensitive-host-mounts'),
  'pod-topology-spread': pods('polaris:topologySpreadConstraint'),
  'pod-unsafe-sysctl': pods('kube-linter:unsafe-sysctls', 'pod-security:sysctls'),
  'pod-volume-type': pods('pod-security:restrictedVolumes'),
  'role-pod-exec': roles('polaris:rolePodExecAttach', 'polaris:clusterrolePodExecAttach'),
  'role-wildcard': roles('kube-linter:wildcard-in-rules'),
  'route-backend': routes(),
  'service-node-port': services('kube-score:service-type'),
  'service-selects-nothing': services('kube-linter:dangling-service', 'kube-score:service-targets-pod'),
  'service-target-port': services(),
  'service-target-port-name': services('kube-linter:invalid-target-ports'),
  'stateful-set-service': pods('kube-score:statefulset-has-servicename'),
  'workload-instance-label': pods('polaris:metadataAndInstanceMismatched'),
  'workload-node-spread': pods('kube-linter:no-anti-affinity', 'kube-score:deployment-has-host-podantiaffinity', 'kube-score:statefulset-has-host-podantiaffinity'),
  'workload-selector-mismatch': pods('kube-linter:mismatching-selector', 'kube-score:deployment-pod-selector-labels-match-template-metadata-labels', 'kube-score:statefulset-pod-selector-labels-match-template-metadata-labels'),
} satisfies Readonly<Record<string, Waivable>>;
