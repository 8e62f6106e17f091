import { podMonitor, serviceMonitor, watchedServices, watches } from './_watched';
import type { ClusterView } from '../../cluster-view';
import { selects } from '../../label-selector';
import type { Manifest } from '../../manifest';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt, itemsAt, textAt } from '../../value';

export const monitorPort = objectRule({
  id: 'monitor-port',
  severity: 'error',
  title: 'monitor reads a port that nothing it watches has',
  why: 'The endpoint drops out silently, and its metrics are missing.',
  remedy: 'Let `port` be the name of a port of the Service, or of the container for a PodMonitor.',
  upstream: [],
}, [serviceMonitor, podMonitor], (monitor, view) => {
  const names = portNames(monitor, view);
  const field = monitor.kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints';
  return itemsAt(monitor.fields, `spec.${field}`).flatMap((endpoint, position) => {
    const got = textAt(endpoint, 'port');
    return flawIf(got !== '' && names.size > 0 && !names.has(got), {
      path: `spec.${field}[${position}].port`, got, expected: `one of ${[...names].sort().join(', ')}`,
    });
  });
});

/** The names of all ports of what is watched; none when nothing is, which another rule tells. */
function portNames(monitor: Manifest, view: ClusterView): ReadonlySet<string> {
  const selector = fieldAt(monitor.fields, 'spec.selector');
  const ports = monitor.kind === 'PodMonitor'
    ? view.pods.filter((pod) => watches(monitor, pod.workload.namespace) && selects(selector, pod.labels))
      .flatMap((pod) => pod.containers.flatMap(({ fields }) => itemsAt(fields, 'ports')))
    : watchedServices(monitor, view).flatMap(({ fields }) => itemsAt(fields, 'spec.ports'));
  return new Set(ports.map((port) => textAt(port, 'name')).filter((name) => name !== ''));
}
