import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { isSet } from '../../value';

export const evictionPolicy = objectRule({
  id: 'disruption-budget-eviction-policy',
  severity: 'warning',
  title: 'disruption budget protects pods that do not work',
  why: 'By default a pod that never gets ready counts against the budget, and a crash loop blocks every drain.',
  remedy: 'Set `unhealthyPodEvictionPolicy: AlwaysAllow`.',
  upstream: ['kube-linter:pdb-unhealthy-pod-eviction-policy'],
}, ['policy/PodDisruptionBudget'], (budget) => flawIf(
  budget.apiVersion === 'policy/v1' && !isSet(budget.fields, 'spec.unhealthyPodEvictionPolicy'),
  { path: 'spec.unhealthyPodEvictionPolicy', expected: 'AlwaysAllow' },
));
