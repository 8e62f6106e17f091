import type { Manifest } from '../../manifest';
import { flawSeenBy } from '../../rule';
import { objectRule } from '../../rule-shapes';
import type { UpstreamId } from '../../upstream';

interface Replacement {
  readonly kinds: readonly string[];
  readonly by: string;
  /** The minor version of Kubernetes that brought the replacement. */
  readonly since: number;
}

const replacements: Readonly<Record<string, readonly Replacement[]>> = {
  'extensions/v1beta1': [
    { kinds: ['Deployment', 'DaemonSet', 'ReplicaSet'], by: 'apps/v1', since: 9 },
    { kinds: ['NetworkPolicy'], by: 'networking.k8s.io/v1', since: 7 },
    { kinds: ['Ingress', 'IngressClass'], by: 'networking.k8s.io/v1', since: 19 },
  ],
  'apps/v1beta1': [{ kinds: ['Deployment', 'StatefulSet'], by: 'apps/v1', since: 9 }],
  'apps/v1beta2': [{ kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'], by: 'apps/v1', since: 9 }],
  'batch/v1beta1': [{ kinds: ['CronJob'], by: 'batch/v1', since: 21 }],
  'policy/v1beta1': [{ kinds: ['PodDisruptionBudget'], by: 'policy/v1', since: 21 }],
  'networking.k8s.io/v1beta1': [{ kinds: ['Ingress', 'IngressClass'], by: 'networking.k8s.io/v1', since: 19 }],
  'autoscaling/v2beta1': [{ kinds: ['HorizontalPodAutoscaler'], by: 'autoscaling/v2', since: 23 }],
  'autoscaling/v2beta2': [{ kinds: ['HorizontalPodAutoscaler'], by: 'autoscaling/v2', since: 23 }],
  'batch/v2alpha1': [{ kinds: ['CronJob'], by: 'batch/v1', since: 21 }],
  'apiextensions.k8s.io/v1beta1': [{ kinds: ['CustomResourceDefinition'], by: 'apiextensions.k8s.io/v1', since: 16 }],
  'admissionregistration.k8s.io/v1beta1': [{
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'], by: 'admissionregistration.k8s.io/v1', since: 16,
  }],
  'scheduling.k8s.io/v1beta1': [{ kinds: ['PriorityClass'], by: 'scheduling.k8s.io/v1', since: 14 }],
  'storage.k8s.io/v1beta1': [{ kinds: ['StorageClass', 'VolumeAttachment', 'CSIDriver', 'CSINode'], by: 'storage.k8s.io/v1', since: 18 }],
  'coordination.k8s.io/v1beta1': [{ kinds: ['Lease'], by: 'coordination.k8s.io/v1', since: 14 }],
  'discovery.k8s.io/v1beta1': [{ kinds: ['EndpointSlice'], by: 'discovery.k8s.io/v1', since: 21 }],
  'node.k8s.io/v1beta1': [{ kinds: ['RuntimeClass'], by: 'node.k8s.io/v1', since: 20 }],
  'rbac.authorization.k8s.io/v1alpha1': [{
    kinds: ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'], by: 'rbac.authorization.k8s.io/v1', since: 8,
  }],
  'rbac.authorization.k8s.io/v1beta1': [{
    kinds: ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
    by: 'rbac.authorization.k8s.io/v1',
    since: 8,
  }],
};

/** What kube-score 1.20.0 reports; it knows neither the old autoscaler versions nor RBAC. */
const scored = ['Deployment', 'DaemonSet', 'StatefulSet', 'CronJob', 'Ingress', 'IngressClass', 'PodDisruptionBudget'];

function replacementOf({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>, minor: number): Replacement | undefined {
  if (!Object.hasOwn(replacements, apiVersion)) return undefined;
  return replacements[apiVersion].find(({ kinds, since }) => kinds.includes(kind) && minor >= since);
}

/** Whether the API version of an object has been replaced in that minor version of Kubernetes. */
export function isReplaced(object: Pick<Manifest, 'apiVersion' | 'kind'>, minor: number): boolean {
  return replacementOf(object, minor) !== undefined;
}

export const outdatedApi = objectRule({
  id: 'outdated-api',
  severity: 'error',
  title: 'object is written in an API version that has been replaced',
  why: 'Current clusters no longer know it and refuse the object.',
  remedy: 'Move to the version named in the finding, whose fields may differ.',
  upstream: ['kube-linter:no-extensions-v1beta', 'kube-score:stable-version'],
}, 'all', ({ apiVersion, kind }, { kubernetesMinor }) => {
  const replacement = replacementOf({ apiVersion, kind }, kubernetesMinor);
  const isExtension = /^extensions\/v1beta./.test(apiVersion);
  const seenBy: UpstreamId[] = [];
  if (isExtension) seenBy.push('kube-linter:no-extensions-v1beta');
  if (replacement && scored.includes(kind)) seenBy.push('kube-score:stable-version');
  const flaw = { path: 'apiVersion', got: apiVersion, expected: replacement?.by ?? 'a current version' };
  return replacement && seenBy.length === 0 ? [{ ...flaw, upstream: [] }] : flawSeenBy(seenBy, flaw);
});
