import { KUBERNETES_VERSIONS } from '../manifests/kubernetes-version';
import type { KubernetesVersion } from './cluster-view';
import { fieldAt, fieldsOf, textAt } from './value';

const label = 'pod-security.kubernetes.io/enforce-version';

/** The version of Kubernetes that a set is meant for: the oldest that a Namespace of it pins for pod security, else the newest known. */
export function targetVersionOf(objects: readonly unknown[]): KubernetesVersion {
  const pins = objects.filter((object) => textAt(object, 'kind') === 'Namespace')
    .map((object) => /^v1\.(\d+)$/.exec(String(fieldsOf(fieldAt(object, 'metadata.labels'))[label]))?.[1])
    .filter((minor) => minor !== undefined).map(Number);
  return pins.length > 0 ? `1.${Math.min(...pins)}` : KUBERNETES_VERSIONS[KUBERNETES_VERSIONS.length - 1];
}
