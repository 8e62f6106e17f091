import { serviceSelector } from '../../relations';
import { flawSeenBy } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { fieldAt, textAt } from '../../value';

export const selectsNothing = objectRule({
  id: 'service-selects-nothing',
  severity: 'error',
  title: 'service leads to no pod',
  why: 'Every request to it is refused or times out.',
  remedy: 'Let `spec.selector` name labels that the pods of a workload in the same namespace carry.',
  upstream: ['kube-linter:dangling-service', 'kube-score:service-targets-pod'],
}, ['Service'], (service, view) => {
  if (textAt(service.fields, 'spec.type') === 'ExternalName') return [];
  const selector = serviceSelector(service);
  const hasPods = view.podsCarrying(selector, service.namespace).length > 0;
  return flawSeenBy(claimed({
    'kube-linter:dangling-service': selector.size === 0 || !hasPods,
    'kube-score:service-targets-pod': !hasPods,
  }), {
    path: 'spec.selector',
    got: fieldAt(service.fields, 'spec.selector'),
    expected: 'labels that pods of the set carry',
  });
});
