import { podMonitor, seesAny, serviceMonitor, watchedServices, watches } from './_watched';
import { selects } from '../../label-selector';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt } from '../../value';

export const monitorSelectsNothing = objectRule({
  id: 'monitor-selects-nothing',
  severity: 'error',
  title: 'monitor watches nothing',
  why: 'No metric is read, so no alert can ever fire.',
  remedy: 'Let `selector` and `namespaceSelector` name the labels and namespace of a Service, or of pods, of the set.',
  upstream: [],
}, [serviceMonitor, podMonitor], (monitor, view) => {
  const got = fieldAt(monitor.fields, 'spec.selector');
  const isOfPods = monitor.kind === 'PodMonitor';
  const namespaces = isOfPods ? view.pods.map((pod) => pod.workload.namespace) : view.of('Service').map((service) => service.namespace);
  const found = isOfPods
    ? view.pods.filter((pod) => watches(monitor, pod.workload.namespace) && selects(got, pod.labels)).length
    : watchedServices(monitor, view).length;
  return flawIf(found === 0 && (seesAny(monitor, namespaces) || watches(monitor, monitor.namespace)), {
    path: 'spec.selector', got, expected: isOfPods ? 'labels that pods of the set carry' : 'labels that a Service of the set carries',
  });
});
