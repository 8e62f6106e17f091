import { runsToCompletion } from '../../pod-template';
import { flawIf } from '../../rule';
import { podRule } from '../../rule-shapes';
import { itemsAt } from '../../value';

export const topologySpread = podRule({
  id: 'pod-topology-spread',
  severity: 'warning',
  title: 'pods are not spread over zones',
  why: 'All of them can land in one zone and go down with it.',
  remedy: 'Add a `topologySpreadConstraints` entry on topology.kubernetes.io/zone.',
  upstream: ['polaris:topologySpreadConstraint'],
}, (pod) => flawIf(!runsToCompletion(pod) && itemsAt(pod.spec, 'topologySpreadConstraints').length === 0, {
  path: 'topologySpreadConstraints',
  expected: 'at least one constraint',
}));
