import { groupKindOf, groupOf } from '../../manifest';
import { flawSeenBy } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { fieldAt, textAt } from '../../value';

export const target = objectRule({
  id: 'autoscaler-target',
  severity: 'error',
  title: 'autoscaler scales nothing',
  why: 'A mistyped name leaves the workload at the size it happens to have.',
  remedy: 'Let `scaleTargetRef` name apiVersion, kind and name of a workload in the same namespace.',
  upstream: ['kube-score:horizontalpodautoscaler-has-target', 'kube-linter:dangling-horizontalpodautoscaler'],
}, ['autoscaling/HorizontalPodAutoscaler'], (autoscaler, view) => {
  const path = 'spec.scaleTargetRef';
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name']
    .map((field) => textAt(autoscaler.fields, `${path}.${field}`));
  const targets = view.named(groupKindOf({ group: groupOf(apiVersion), kind }), name)
    .filter((object) => object.apiVersion === apiVersion);
  return flawSeenBy(claimed({
    'kube-score:horizontalpodautoscaler-has-target':
      !targets.some(({ namespace }) => namespace === autoscaler.namespace),
    // kube-linter does not look at namespaces here.
    'kube-linter:dangling-horizontalpodautoscaler': targets.length === 0,
  }), { path, got: fieldAt(autoscaler.fields, path), expected: 'a workload of the set' });
});
