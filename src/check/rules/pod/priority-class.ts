import { flawIf } from '../../rule';
import { podRule } from '../../rule-shapes';
import { textAt } from '../../value';

export const priorityClass = podRule({
  id: 'pod-priority-class',
  severity: 'warning',
  title: 'pod does not say how important it is',
  why: 'When the cluster is full, an experiment then keeps its place and the shop does not.',
  remedy: 'Set `priorityClassName` to a class of the platform.',
  upstream: ['polaris:priorityClassNotSet'],
}, (pod) => flawIf(textAt(pod.spec, 'priorityClassName') === '', {
  path: 'priorityClassName',
  expected: 'a PriorityClass',
}));
