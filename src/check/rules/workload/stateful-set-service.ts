import { carries } from '../../label-selector';
import { podTemplateOf } from '../../pod-template';
import { serviceSelector } from '../../relations';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { textAt } from '../../value';

export const statefulSetService = objectRule({
  id: 'stateful-set-service',
  severity: 'error',
  title: 'stateful set has no headless service',
  why: 'Its pods then have no stable DNS names, which is what a stateful set is for.',
  remedy: 'Add a Service with `clusterIP: None` that selects the pods, and name it in `serviceName`.',
  upstream: ['kube-score:statefulset-has-servicename'],
}, ['apps/StatefulSet'], (set, view) => {
  const got = textAt(set.fields, 'spec.serviceName');
  const labels = podTemplateOf(set)?.labels ?? new Map();
  const hasHeadless = view.named('Service', got, set.namespace).some((service) =>
    textAt(service.fields, 'spec.clusterIP') === 'None' && carries(labels, serviceSelector(service)));
  return flawIf(!hasHeadless, { path: 'spec.serviceName', got, expected: 'a headless Service that selects the pods' });
});
