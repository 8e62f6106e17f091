import type { ClusterView } from '../../cluster-view';
import { selects } from '../../label-selector';
import type { Manifest } from '../../manifest';
import { fieldAt, isSet, textsAt } from '../../value';

export const serviceMonitor = 'monitoring.coreos.com/ServiceMonitor';
export const podMonitor = 'monitoring.coreos.com/PodMonitor';

/** Whether a monitor looks into a namespace: its own, unless it says others. */
export function watches(monitor: Manifest, namespace: string): boolean {
  if (fieldAt(monitor.fields, 'spec.namespaceSelector.any') === true) return true;
  const path = 'spec.namespaceSelector.matchNames';
  return isSet(monitor.fields, path) ? textsAt(monitor.fields, path).includes(namespace) : namespace === monitor.namespace;
}

/** The Services that a ServiceMonitor selects. */
export function watchedServices(monitor: Manifest, view: ClusterView): readonly Manifest[] {
  const selector = fieldAt(monitor.fields, 'spec.selector');
  return view.of('Service').filter((service) => watches(monitor, service.namespace) && selects(selector, service.labels));
}

/** Whether the Services of its namespaces are in the set at all; a monitor of what stands elsewhere is not judged. */
export function seesAny(monitor: Manifest, namespaces: readonly string[]): boolean {
  return namespaces.some((namespace) => watches(monitor, namespace));
}
