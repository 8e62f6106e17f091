import type { ClusterView } from '../../cluster-view';
import { runsToCompletion } from '../../pod-template';
import type { PodTemplate } from '../../pod-template';
import { servicesOf } from '../../relations';
import { isSet } from '../../value';

/** Whether any container of the pod has a probe of this kind. */
export function hasProbe(pod: PodTemplate, probe: 'readinessProbe' | 'livenessProbe'): boolean {
  return pod.containers.some((container) => isSet(container.fields, probe));
}

/** Whether the pod answers requests that a Service sends it. */
export function takesTraffic(pod: PodTemplate, view: ClusterView): boolean {
  return !runsToCompletion(pod) && servicesOf(pod, view).length > 0;
}
