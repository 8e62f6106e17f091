import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt } from '../../value';

export const policySelectsNothing = objectRule({
  id: 'network-policy-selects-nothing',
  severity: 'error',
  title: 'network policy governs no pod',
  why: 'The pods it was meant for are open.',
  remedy: 'Let `podSelector` name labels of pods in the same namespace.',
  upstream: ['kube-score:networkpolicy-targets-pod', 'kube-linter:dangling-networkpolicy'],
}, ['networking.k8s.io/NetworkPolicy'], (policy, view) => {
  const got = fieldAt(policy.fields, 'spec.podSelector') ?? {};
  return flawIf(view.podsSelectedBy(got, policy.namespace).length === 0, {
    path: 'spec.podSelector',
    got,
    expected: 'labels that pods of the set carry',
  });
});
