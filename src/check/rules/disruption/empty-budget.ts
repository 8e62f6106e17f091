import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { isSet } from '../../value';

export const emptyBudget = objectRule({
  id: 'disruption-budget-empty',
  severity: 'error',
  title: 'disruption budget sets no bound',
  why: 'It looks like protection and is none.',
  remedy: 'Set `maxUnavailable` or `minAvailable`.',
  upstream: ['kube-score:poddisruptionbudget-has-policy'],
}, ['policy/PodDisruptionBudget'], (budget) => flawIf(
  !isSet(budget.fields, 'spec.minAvailable') && !isSet(budget.fields, 'spec.maxUnavailable'),
  { path: 'spec.maxUnavailable', expected: 'a number or share of pods, here or in minAvailable' },
));
