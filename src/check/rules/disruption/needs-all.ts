import type { ClusterView } from '../../cluster-view';
import { countOf, intOrPercent } from '../../int-or-percent';
import type { IntOrPercent } from '../../int-or-percent';
import { selects } from '../../label-selector';
import type { Manifest } from '../../manifest';
import { minimumOf } from '../../relations';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { looksInto } from '../../upstream';
import { fieldAt, isSet, numberAt, textMapOf } from '../../value';

const id = 'kube-linter:pdb-min-available';
const path = 'spec.minAvailable';

export const needsAll = objectRule({
  id: 'disruption-budget-needs-all',
  severity: 'error',
  title: 'disruption budget needs every pod that is sure to run',
  why: 'At the lowest scale no pod can be spared, so a drain waits for ever.',
  remedy: 'Use `maxUnavailable: 1`, or run more pods than `minAvailable`.',
  upstream: [id],
}, ['policy/PodDisruptionBudget'], (budget, view) => {
  const needed = intOrPercent(fieldAt(budget.fields, path));
  if (budget.apiVersion !== 'policy/v1' || needed === undefined) return [];
  const isTaken = !isSet(budget.fields, 'spec.selector')
    || selectedBy(budget, view).some((workload) => takesAll(needed, leastPods(workload, view)));
  return flawIf(isTaken, { path, got: fieldAt(budget.fields, path), expected: 'fewer pods than run at the least' });
});

function takesAll(needed: IntOrPercent, pods: number): boolean {
  return pods <= countOf(needed, pods);
}

// kube-linter compares with the selector of the workload, which names fewer labels than its pods carry.
function selectedBy(budget: Manifest, view: ClusterView): readonly Manifest[] {
  const selector = fieldAt(budget.fields, 'spec.selector');
  return view.podsSelectedBy(selector, budget.namespace).map((pod) => pod.workload).filter((workload) =>
    looksInto(id, workload)
    && isSet(workload.fields, 'spec.selector')
    && selects(selector, textMapOf(fieldAt(workload.fields, 'spec.selector.matchLabels'))));
}

function leastPods(workload: Manifest, view: ClusterView): number {
  const isCounted = ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(workload.kind);
  const said = isCounted ? numberAt(workload.fields, 'spec.replicas') ?? 1 : 0;
  if (said !== 1) return said;
  const autoscaler = view.autoscalersFor(workload.name, workload.namespace).at(-1);
  return autoscaler ? minimumOf(autoscaler) : said;
}
