import { budgetsOf, budgetsTouching, mayRunSeveral } from '../../relations';
import { flawSeenBy } from '../../rule';
import { workloadRule } from '../../rule-shapes';
import { claimed } from '../../upstream';

export const missingBudget = workloadRule({
  id: 'disruption-budget-missing',
  severity: 'warning',
  title: 'nothing keeps a drain from stopping all pods at once',
  why: 'An upgrade of the nodes may evict every pod of the service in the same minute.',
  remedy: 'Add a PodDisruptionBudget that selects the pods.',
  upstream: [
    'polaris:missingPodDisruptionBudget',
    'kube-score:deployment-has-poddisruptionbudget',
    'kube-score:statefulset-has-poddisruptionbudget',
  ],
}, (pod, view) => {
  const { kind, apiVersion } = pod.workload;
  const isUnguarded = apiVersion === 'apps/v1' && mayRunSeveral(pod.workload) && budgetsOf(pod, view).length === 0;
  return flawSeenBy(claimed({
    'polaris:missingPodDisruptionBudget': kind === 'Deployment' && budgetsTouching(pod, view).length === 0,
    'kube-score:deployment-has-poddisruptionbudget': isUnguarded && kind === 'Deployment',
    'kube-score:statefulset-has-poddisruptionbudget': isUnguarded && kind === 'StatefulSet',
  }), {
    path: pod.labelsPath,
    got: Object.fromEntries(pod.labels),
    expected: 'labels that a PodDisruptionBudget selects',
  });
});
