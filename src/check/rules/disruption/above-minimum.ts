import { countOf, intOrPercent } from '../../int-or-percent';
import { autoscalersOf, budgetsTouching } from '../../relations';
import { flawIf } from '../../rule';
import { workloadRule } from '../../rule-shapes';
import { fieldAt, numberAt } from '../../value';

export const aboveMinimum = workloadRule({
  id: 'disruption-budget-above-minimum',
  severity: 'error',
  title: 'disruption budget needs more pods than the autoscaler keeps',
  why: 'In quiet hours the budget is broken from the start and no eviction is allowed.',
  remedy: 'Set `minAvailable` below the `minReplicas` of the autoscaler, or use `maxUnavailable`.',
  upstream: ['polaris:pdbMinAvailableGreaterThanHPAMinReplicas'],
}, (pod, view) => {
  const { workload } = pod;
  if (workload.kind !== 'Deployment') return [];
  const [[autoscaler], [budget]] = [autoscalersOf(workload, view), budgetsTouching(pod, view)];
  const least = autoscaler && numberAt(autoscaler.fields, 'spec.minReplicas');
  const needed = intOrPercent(fieldAt(budget?.fields, 'spec.minAvailable'));
  return flawIf(least !== undefined && needed !== undefined && countOf(needed, least) > least, {
    path: 'spec.replicas',
    got: least,
    expected: 'as many as the PodDisruptionBudget needs',
  });
});
