import { Construct } from 'constructs';
import { define } from './_object';
import { egressOf } from './access';
import { MartyError } from '../errors';
import { containerDefaultsOf, containerDefaultsSchema, type ContainerDefaults } from '../spec/container-defaults';
import { controlPlaneOf, namespaceMarksOf, type MeshSpec } from '../spec/mesh';
import { meshControlName, platformLabelsOf, priorityClassNameOf, sharedEgressName } from '../spec/names';
import type { LimitRange, LimitRangeItem, Namespace as Manifest, NetworkPolicy, NetworkPolicyEgressRule, PriorityClass, ResourceQuota } from '../imports/kubernetes';
import type { KubernetesVersion } from '../spec/kubernetes-version';
import type { Quota } from '../spec/quota';
import type { EgressRange } from '../spec/ranges';

export interface NamespaceProps {
  /** The namespace's name. */
  readonly name: string;
  /** The platform whose services live in it. */
  readonly platform: string;
  /** The version whose Pod Security Standard is enforced. */
  readonly kubernetes: KubernetesVersion;
  /** What all pods together may take: cores, GiB, numbers of objects. */
  readonly quota: Readonly<Quota>;
  /** What a container gets that says nothing itself. @default - 100m of CPU up to 500m, 128 MiB of memory up to 256, 256 MiB of disk */
  readonly containerDefaults?: Readonly<ContainerDefaults>;
  /** Ranges that every pod may reach. @default [] */
  readonly egress?: readonly EgressRange[];
  /** The service mesh that takes the pods in. @default - there is none */
  readonly mesh?: MeshSpec;
  /** Services that may take a load balancer or a port of every node. @default 0 */
  readonly outerServices?: number;
  /** Hours after which it may be removed, 1 to 8760: a label says that it is a preview, an annotation when. @default - it stays */
  readonly ttlHours?: number;
}

/** Who yields when the cluster is short: the higher number stays. */
const priorities = { 1: 1000, 2: 500, 3: 100 } as const;

/**
 * Defines a namespace in which pods run restricted, nothing talks to anything unless it is allowed, and nobody takes everything;
 * and the priorities of the tiers.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export class Namespace extends Construct {
  constructor(scope: Construct, id: string, props: NamespaceProps) {
    super(scope, id);
    const { name, platform, kubernetes, quota, containerDefaults, egress = [], mesh, ttlHours, outerServices = 0 } = props;
    if (ttlHours !== undefined) checkTtl(ttlHours);
    const labels = platformLabelsOf(platform);
    const metadata = (object: string) => ({ name: object, namespace: name, labels });
    const marks = mesh ? namespaceMarksOf(mesh) : { labels: {}, annotations: {} };
    const annotations = { ...lifetimeOf(ttlHours), ...marks.annotations };
    define<Manifest>(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        ...(Object.keys(annotations).length ? { annotations } : {}),
        labels: { ...labels, ...podSecurityLabels(kubernetes), ...marks.labels, ...(ttlHours === undefined ? {} : { [ttlLabel]: `${ttlHours}h` }) },
      },
    });
    define<NetworkPolicy>(this, 'DefaultDeny', {
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata('default-deny'),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    if (egress.length) {
      define<NetworkPolicy>(this, 'SharedEgress', {
        apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata(sharedEgressName),
        spec: { podSelector: {}, policyTypes: ['Egress'], egress: egress.map(egressRuleOf) },
      });
    }
    const control = mesh ? controlPlaneOf(mesh) : [];
    if (control.length) {
      // Every pod of the namespace gets a proxy, those that nobody describes too.
      define<NetworkPolicy>(this, 'MeshControlPlane', {
        apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata(meshControlName),
        spec: { podSelector: {}, policyTypes: ['Egress'], egress: egressOf(control) },
      });
    }
    define<ResourceQuota>(this, 'Quota', {
      apiVersion: 'v1', kind: 'ResourceQuota', metadata: metadata('quota'),
      spec: {
        hard: hardOf(quota, outerServices),
      },
    });
    define<LimitRange>(this, 'Limits', {
      apiVersion: 'v1', kind: 'LimitRange', metadata: metadata('limits'),
      spec: { limits: [limitOf(containerDefaults ?? containerDefaultsOf({ containerDefaults: containerDefaultsSchema.parse({}) }, []))] },
    });
    for (const tier of [1, 2, 3] as const) {
      define<PriorityClass>(this, `Tier${tier}`, {
        apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: priorityClassNameOf(name, tier), labels },
        value: priorities[tier], globalDefault: false, preemptionPolicy: 'PreemptLowerPriority', description: `tier ${tier} of ${platform}`,
      });
    }
  }
}

/** The label by which namespaces that are there for a while are found. */
const ttlLabel = 'marty-msf/ttl';

/** @see https://codeberg.org/hjacobs/kube-janitor */
const lifetimeOf = (ttlHours: number | undefined): Record<string, string> => (ttlHours === undefined ? {} : { 'janitor/ttl': `${ttlHours}h` });

function checkTtl(ttlHours: number): void {
  if (Number.isInteger(ttlHours) && ttlHours >= 1 && ttlHours <= 8760) return;
  throw new MartyError('PROPS_INVALID', `the namespace: ttlHours is ${ttlHours}, expected an integer from 1 to 8760`);
}

function egressRuleOf({ cidr, ports, protocols }: EgressRange): NetworkPolicyEgressRule {
  return { to: [{ ipBlock: { cidr } }], ports: ports.flatMap(port => protocols.map(protocol => ({ port, protocol }))) };
}

/** The limits of a quota, by the names that Kubernetes has for them. */
function hardOf(quota: Readonly<Quota>, outerServices: number): Record<string, string> {
  const { pods, cpu, memoryGiB, cpuLimit, memoryLimitGiB, claims, storageGiB } = quota;
  const limit = (name: string, value: number | undefined, unit = '') => (value === undefined ? {} : { [name]: `${value}${unit}` });
  return {
    'pods': String(pods),
    'services.loadbalancers': String(outerServices),
    'services.nodeports': String(outerServices),
    ...limit('requests.cpu', cpu),
    ...limit('requests.memory', memoryGiB, 'Gi'),
    ...limit('limits.cpu', cpuLimit),
    ...limit('limits.memory', memoryLimitGiB, 'Gi'),
    ...limit('persistentvolumeclaims', claims),
    ...limit('requests.storage', storageGiB, 'Gi'),
  };
}

function limitOf({ cpuMillis, cpuLimitMillis, memoryMiB, memoryLimitMiB, diskMiB, diskLimitMiB }: Readonly<ContainerDefaults>): LimitRangeItem {
  return {
    type: 'Container',
    defaultRequest: { 'cpu': `${cpuMillis}m`, 'memory': `${memoryMiB}Mi`, 'ephemeral-storage': `${diskMiB}Mi` },
    default: { ...(cpuLimitMillis === 'none' ? {} : { cpu: `${cpuLimitMillis}m` }), 'memory': `${memoryLimitMiB}Mi`, 'ephemeral-storage': `${diskLimitMiB}Mi` },
  };
}

function podSecurityLabels(kubernetes: KubernetesVersion): Record<string, string> {
  return Object.fromEntries(['enforce', 'audit', 'warn'].flatMap(mode => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetes}`],
  ]));
}
