import { isEmptySelector } from '../../label-selector';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt } from '../../value';

export const budgetSelectsNothing = objectRule({
  id: 'disruption-budget-selects-nothing',
  severity: 'error',
  title: 'disruption budget counts no pod',
  why: 'The pods it was meant for can all be evicted at once.',
  remedy: 'Let `selector` name labels of pods in the same namespace.',
  upstream: [],
}, ['policy/PodDisruptionBudget'], (budget, view) => {
  const got = fieldAt(budget.fields, 'spec.selector');
  return flawIf(!isEmptySelector(got) && view.podsSelectedBy(got, budget.namespace).length === 0, {
    path: 'spec.selector', got, expected: 'labels that pods of the set carry',
  });
});
