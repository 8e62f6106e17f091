import type { Flaw } from '../../rule';
import { podRule } from '../../rule-shapes';
import { fieldAt, isSet, itemsAt, numberAt, textAt } from '../../value';

export const brokenSpread = podRule({
  id: 'pod-broken-spread',
  severity: 'error',
  title: 'spread constraint is incomplete',
  why: 'Kubernetes refuses it, or it counts no pods and so spreads nothing.',
  remedy: 'Give it a labelSelector, a topologyKey, a maxSkew of at least 1 and a valid whenUnsatisfiable.',
  upstream: ['kube-score:pod-topology-spread-constraints'],
}, (pod) => itemsAt(pod.spec, 'topologySpreadConstraints').flatMap((constraint, position) =>
  flawsOf(constraint).map((flaw) => ({ ...flaw, path: `topologySpreadConstraints[${position}].${flaw.path}` }))));

function flawsOf(constraint: unknown): readonly Flaw[] {
  const isMet: Readonly<Record<string, boolean>> = {
    labelSelector: isSet(constraint, 'labelSelector'),
    maxSkew: (numberAt(constraint, 'maxSkew') ?? 0) !== 0,
    minDomains: numberAt(constraint, 'minDomains') !== 0,
    topologyKey: textAt(constraint, 'topologyKey') !== '',
    whenUnsatisfiable: ['DoNotSchedule', 'ScheduleAnyway'].includes(textAt(constraint, 'whenUnsatisfiable')),
  };
  return Object.keys(isMet).filter((field) => !isMet[field])
    .map((path) => ({ path, got: fieldAt(constraint, path), expected: 'a valid value' }));
}
