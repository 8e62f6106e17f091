import { Construct } from 'constructs';
import { define } from './_object';
import { platformLabelsOf, priorityClassNameOf } from '../spec/names';
import type { LimitRange, Namespace as Manifest, NetworkPolicy, PriorityClass, ResourceQuota } from '../imports/kubernetes';
import type { KubernetesVersion } from '../spec/kubernetes-version';

export interface NamespaceProps {
  /** The namespace's name. */
  readonly name: string;
  /** The platform whose services live in it. */
  readonly platform: string;
  /** The version whose Pod Security Standard is enforced. */
  readonly kubernetes: KubernetesVersion;
  /** Limits of the namespace: CPU in cores, memory in GiB, number of pods. */
  readonly quota: { readonly cpu?: number; readonly memoryGiB?: number; readonly pods: number };
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
    const { name, platform, kubernetes, quota } = props;
    const labels = platformLabelsOf(platform);
    const metadata = (object: string) => ({ name: object, namespace: name, labels });
    define<Manifest>(this, 'Resource', {
      apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...labels, ...podSecurityLabels(kubernetes) } },
    });
    define<NetworkPolicy>(this, 'DefaultDeny', {
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata('default-deny'),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    define<ResourceQuota>(this, 'Quota', {
      apiVersion: 'v1', kind: 'ResourceQuota', metadata: metadata('quota'),
      spec: {
        hard: {
          'pods': String(quota.pods),
          'services.loadbalancers': '0',
          'services.nodeports': '0',
          ...(quota.cpu ? { 'requests.cpu': String(quota.cpu) } : {}),
          ...(quota.memoryGiB ? { 'requests.memory': `${quota.memoryGiB}Gi` } : {}),
        },
      },
    });
    define<LimitRange>(this, 'Limits', {
      apiVersion: 'v1', kind: 'LimitRange', metadata: metadata('limits'),
      spec: {
        limits: [{
          type: 'Container',
          defaultRequest: { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '256Mi' },
          default: { 'cpu': '500m', 'memory': '256Mi', 'ephemeral-storage': '256Mi' },
        }],
      },
    });
    for (const tier of [1, 2, 3] as const) {
      define<PriorityClass>(this, `Tier${tier}`, {
        apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: priorityClassNameOf(name, tier), labels },
        value: priorities[tier], globalDefault: false, preemptionPolicy: 'PreemptLowerPriority', description: `tier ${tier} of ${platform}`,
      });
    }
  }
}

function podSecurityLabels(kubernetes: KubernetesVersion): Record<string, string> {
  return Object.fromEntries(['enforce', 'audit', 'warn'].flatMap(mode => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetes}`],
  ]));
}
