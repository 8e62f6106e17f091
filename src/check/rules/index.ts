import type { Rule } from '../rule';
import { allPowerBinding } from './access/all-power-binding';
import { podCreationBinding } from './access/pod-creation-binding';
import { podExecBinding } from './access/pod-exec-binding';
import { podExecRole } from './access/pod-exec-role';
import { secretsBinding } from './access/secrets-binding';
import { wildcardRole } from './access/wildcard-role';
import { secretInConfigMap } from './config/secret-in-config-map';
import { addedCapabilities } from './container/added-capabilities';
import { appArmorProfile } from './container/app-armor-profile';
import { cpuLimit } from './container/cpu-limit';
import { cpuRequest } from './container/cpu-request';
import { duplicateVariable } from './container/duplicate-variable';
import { hostPort } from './container/host-port';
import { identicalProbes } from './container/identical-probes';
import { imageTag } from './container/image-tag';
import { keptCapabilities } from './container/kept-capabilities';
import { livenessProbe } from './container/liveness-probe';
import { lowUserId } from './container/low-user-id';
import { memoryLimit } from './container/memory-limit';
import { memoryRequest } from './container/memory-request';
import { missingConfigMap } from './container/missing-config-map';
import { missingSecretKey } from './container/missing-secret-key';
import { noHardening } from './container/no-hardening';
import { otherCapabilities } from './container/other-capabilities';
import { portName } from './container/port-name';
import { privilegeEscalation } from './container/privilege-escalation';
import { privileged } from './container/privileged';
import { privilegedPort } from './container/privileged-port';
import { probeHost } from './container/probe-host';
import { probePort } from './container/probe-port';
import { procMount } from './container/proc-mount';
import { pullPolicy } from './container/pull-policy';
import { readinessProbe } from './container/readiness-probe';
import { rootUser } from './container/root-user';
import { seccompProfile } from './container/seccomp-profile';
import { secretVariable } from './container/secret-variable';
import { selinuxOptions } from './container/selinux-options';
import { sshPort } from './container/ssh-port';
import { startupProbe } from './container/startup-probe';
import { storageLimit } from './container/storage-limit';
import { storageRequest } from './container/storage-request';
import { writableRoot } from './container/writable-root';
import { aboveMinimum } from './disruption/above-minimum';
import { blockedDrain } from './disruption/blocked-drain';
import { emptyBudget } from './disruption/empty-budget';
import { evictionPolicy } from './disruption/eviction-policy';
import { missingBudget } from './disruption/missing-budget';
import { needsAll } from './disruption/needs-all';
import { budgetSelectsNothing } from './disruption/selects-nothing';
import { monitorPort } from './monitoring/port';
import { monitorSelectsNothing } from './monitoring/selects-nothing';
import { meshPolicySelectsNothing } from './network/mesh-policy-selects-nothing';
import { openPolicy } from './network/open-policy';
import { policySelectsNothing } from './network/policy-selects-nothing';
import { ungovernedPod } from './network/ungoverned-pod';
import { defaultNamespace } from './object/default-namespace';
import { labelValue } from './object/label-value';
import { outdatedApi } from './object/outdated-api';
import { brokenSpread } from './pod/broken-spread';
import { defaultServiceAccount } from './pod/default-service-account';
import { deprecatedServiceAccount } from './pod/deprecated-service-account';
import { dockerSocket } from './pod/docker-socket';
import { hostIpc } from './pod/host-ipc';
import { hostNetwork } from './pod/host-network';
import { hostPath } from './pod/host-path';
import { hostPid } from './pod/host-pid';
import { hostProcess } from './pod/host-process';
import { missingClaim } from './pod/missing-claim';
import { missingConfigVolume } from './pod/missing-config-map';
import { missingServiceAccount } from './pod/missing-service-account';
import { mountedToken } from './pod/mounted-token';
import { priorityClass } from './pod/priority-class';
import { systemDirectory } from './pod/system-directory';
import { topologySpread } from './pod/topology-spread';
import { unsafeSysctl } from './pod/unsafe-sysctl';
import { volumeType } from './pod/volume-type';
import { fixedReplicas } from './scaling/fixed-replicas';
import { minimum } from './scaling/minimum';
import { missingRequest } from './scaling/missing-request';
import { range } from './scaling/range';
import { target } from './scaling/target';
import { ingressBackend } from './service/ingress-backend';
import { ingressTls } from './service/ingress-tls';
import { nodePort } from './service/node-port';
import { routeBackend } from './service/route-backend';
import { selectsNothing } from './service/selects-nothing';
import { targetPort } from './service/target-port';
import { targetPortName } from './service/target-port-name';
import { cronJobDeadline } from './workload/cron-job-deadline';
import { cronJobRestart } from './workload/cron-job-restart';
import { instanceLabel } from './workload/instance-label';
import { jobLifetime } from './workload/job-lifetime';
import { nodeSpread } from './workload/node-spread';
import { rolloutStrategy } from './workload/rollout-strategy';
import { selectorMismatch } from './workload/selector-mismatch';
import { singleReplica } from './workload/single-replica';
import { statefulSetService } from './workload/stateful-set-service';

/** Every rule there is, in the order of the folders: by the kind of object a rule is about. */
export const rules: readonly Rule[] = [
  allPowerBinding,
  podCreationBinding,
  podExecBinding,
  podExecRole,
  secretsBinding,
  wildcardRole,
  secretInConfigMap,
  addedCapabilities,
  appArmorProfile,
  cpuLimit,
  cpuRequest,
  duplicateVariable,
  hostPort,
  identicalProbes,
  imageTag,
  keptCapabilities,
  livenessProbe,
  lowUserId,
  memoryLimit,
  memoryRequest,
  missingConfigMap,
  missingSecretKey,
  noHardening,
  otherCapabilities,
  portName,
  privilegeEscalation,
  privileged,
  privilegedPort,
  probeHost,
  probePort,
  procMount,
  pullPolicy,
  readinessProbe,
  rootUser,
  seccompProfile,
  secretVariable,
  selinuxOptions,
  sshPort,
  startupProbe,
  storageLimit,
  storageRequest,
  writableRoot,
  aboveMinimum,
  blockedDrain,
  emptyBudget,
  evictionPolicy,
  missingBudget,
  needsAll,
  budgetSelectsNothing,
  monitorPort,
  monitorSelectsNothing,
  meshPolicySelectsNothing,
  openPolicy,
  policySelectsNothing,
  ungovernedPod,
  defaultNamespace,
  labelValue,
  outdatedApi,
  brokenSpread,
  defaultServiceAccount,
  deprecatedServiceAccount,
  dockerSocket,
  hostIpc,
  hostNetwork,
  hostPath,
  hostPid,
  hostProcess,
  missingClaim,
  missingConfigVolume,
  missingServiceAccount,
  mountedToken,
  priorityClass,
  systemDirectory,
  topologySpread,
  unsafeSysctl,
  volumeType,
  fixedReplicas,
  minimum,
  missingRequest,
  range,
  target,
  ingressBackend,
  ingressTls,
  nodePort,
  routeBackend,
  selectsNothing,
  targetPort,
  targetPortName,
  cronJobDeadline,
  cronJobRestart,
  instanceLabel,
  jobLifetime,
  nodeSpread,
  rolloutStrategy,
  selectorMismatch,
  singleReplica,
  statefulSetService,
];
