import { isAtLeast, type KubernetesVersion } from '../spec/kubernetes-version';
import { podMarksOf } from '../spec/mesh';
import { priorityClassNameOf } from '../spec/names';
import { cloudIdentityMarks } from '../spec/permissions';
import { isLasting } from '../spec/workload';
import { containerOf, extraContainerOf } from './_container';
import { volumesOf } from './_volumes';
import type { Affinity, Container, PodSecurityContext, PodSpec, PodTemplateSpec, TopologySpreadConstraint } from '../imports/kubernetes';
import type { SettledService } from '../spec/settle';

export interface PodTemplateProps {
  readonly service: SettledService;
  readonly version: string;
  readonly labels: Readonly<Record<string, string>>;
  /** A digest of what a running process cannot take over, for pods that are to be rolled by it. */
  readonly checksum?: string;
  /** What runs in the pods, to an end, where it is not the service itself. */
  readonly container?: Container;
}

/**
 * The pods of a service: Pod Security Standard *restricted*, a read-only root, spread over nodes and zones.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podTemplateOf({ service, version, labels, checksum, container }: PodTemplateProps): PodTemplateSpec {
  const { identity, facts, cloudIdentity, annotations, workload } = service;
  const mesh = podMarksOf(service, !container && isLasting(workload.kind));
  return {
    metadata: {
      labels: { ...mesh.labels, ...labels, ...cloudIdentityMarks(cloudIdentity).podLabels },
      annotations: { ...mesh.annotations, ...annotations, ...(checksum ? { 'marty-msf/config-checksum': checksum } : {}), ...appArmorAnnotation(container ? [identity.container] : containerNamesOf(service), facts.kubernetes) },
    },
    spec: container ? podSpecOf(service, container, false) : podSpecOf(service, containerOf(service, version), true),
  };
}

/** @param own whether they are the pods of the service itself, with everything that it declares. */
function podSpecOf(service: SettledService, container: Container, own: boolean): PodSpec {
  const lasting = own && isLasting(service.workload.kind);
  const { name, namespace, facts, health, tier, scheduling, permissions } = service;
  const tolerations = scheduling.tolerations.map(({ key, value, effect }) => (
    { key, operator: value === undefined ? 'Exists' as const : 'Equal' as const, ...(value === undefined ? {} : { value }), ...(effect ? { effect } : {}) }));
  return {
    serviceAccountName: name,
    automountServiceAccountToken: permissions.length > 0,
    enableServiceLinks: false,
    ...(facts.userNamespaces ? { hostUsers: false } : {}),
    ...(facts.pullSecrets.length ? { imagePullSecrets: facts.pullSecrets.map(secret => ({ name: secret })) } : {}),
    priorityClassName: priorityClassNameOf(namespace, tier),
    terminationGracePeriodSeconds: health.graceSeconds,
    ...(lasting ? {} : { restartPolicy: 'Never' as const }),
    ...(Object.keys(scheduling.nodes).length ? { nodeSelector: { ...scheduling.nodes } } : {}),
    ...(tolerations.length ? { tolerations } : {}),
    securityContext: podSecurityContextOf(service),
    ...(lasting ? spreadOf(service) : {}),
    ...(own ? initContainersOf(service) : {}),
    containers: [container],
    volumes: volumesOf(service, own),
  };
}

/** On OpenShift the platform assigns users; a manifest that names one is refused there. */
function podSecurityContextOf({ facts, volumes, security: { user } }: SettledService): PodSecurityContext {
  const kept = Object.values(volumes).some(({ kind }) => kind === 'claim' || kind === 'existing-claim');
  return {
    runAsNonRoot: true,
    ...(facts.security === 'restricted' ? { runAsUser: user, runAsGroup: user, fsGroup: user } : {}),
    // A large volume takes minutes to be given to the group file by file, at every start.
    ...(kept ? { fsGroupChangePolicy: 'OnRootMismatch' as const } : {}),
    seccompProfile: { type: 'RuntimeDefault' },
    ...(isAtLeast(facts.kubernetes, '1.30') ? { appArmorProfile: { type: 'RuntimeDefault' as const } } : {}),
  };
}

interface Spread { readonly affinity?: Affinity; readonly topologySpreadConstraints?: TopologySpreadConstraint[] }

/** Replicas on different nodes and in different zones; pods of a job, and those that run on every node anyway, are left alone. */
function spreadOf({ identity, facts, scheduling, workload }: SettledService): Spread {
  if (workload.kind !== 'deployment' && workload.kind !== 'stateful') return {};
  const labelSelector = { matchLabels: { ...identity.selector } };
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector };
  const constraint = (topologyKey: string, how: 'must' | 'should'): TopologySpreadConstraint => (
    { maxSkew: 1, topologyKey, whenUnsatisfiable: how === 'must' ? 'DoNotSchedule' : 'ScheduleAnyway', labelSelector });
  return {
    affinity: {
      podAntiAffinity: scheduling.hosts === 'must'
        ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
        : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] },
    },
    topologySpreadConstraints: [constraint('kubernetes.io/hostname', 'should'), ...(facts.zones > 1 ? [constraint('topology.kubernetes.io/zone', scheduling.zones)] : [])],
  };
}

/** Sidecars are init containers that go on running: they start before the service and end after it. */
function initContainersOf(service: SettledService): { initContainers?: Container[] } {
  const containers = [
    ...Object.entries(service.sidecars).map(([name, spec]): Container => ({ ...extraContainerOf(service, name, spec), restartPolicy: 'Always' })),
    ...Object.entries(service.initContainers).map(([name, spec]) => extraContainerOf(service, name, spec)),
  ];
  return containers.length ? { initContainers: containers } : {};
}

const containerNamesOf = ({ identity, sidecars, initContainers }: SettledService) => (
  [identity.container, ...Object.keys(sidecars), ...Object.keys(initContainers)]);

/** Before 1.30 there is no field for it. @see https://kubernetes.io/docs/tutorials/security/apparmor/ */
function appArmorAnnotation(containers: readonly string[], version: KubernetesVersion): Record<string, string> {
  if (isAtLeast(version, '1.30')) return {};
  return Object.fromEntries(containers.map(container => [`container.apparmor.security.beta.kubernetes.io/${container}`, 'runtime/default']));
}
