import type { ClusterView } from '../../cluster-view';
import type { Manifest } from '../../manifest';
import type { PodTemplate } from '../../pod-template';
import { policiesOf } from '../../relations';
import { flawSeenBy } from '../../rule';
import { workloadRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { fieldAt, isSet, itemsAt, textMapOf, textsAt } from '../../value';

export const ungovernedPod = workloadRule({
  id: 'network-ungoverned-pod',
  severity: 'warning',
  title: 'no network policy governs both directions of a pod',
  why: 'Whatever is not governed is open: to every pod of the cluster, or from this pod to the internet.',
  remedy: 'Add a NetworkPolicy that selects the pods by one label, with policy types and rules for ingress and egress.',
  upstream: ['polaris:missingNetworkPolicy', 'kube-score:pod-networkpolicy', 'kube-linter:non-isolated-pod'],
}, (pod, view) => {
  const policies = policiesOf(pod, view);
  const directions = policies.flatMap(directionsOf);
  return flawSeenBy(claimed({
    'polaris:missingNetworkPolicy': !isGovernedForPolaris(pod, view),
    'kube-score:pod-networkpolicy': !['Ingress', 'Egress'].every((direction) => directions.includes(direction)),
    'kube-linter:non-isolated-pod': policies.length === 0,
  }), {
    path: pod.labelsPath,
    got: Object.fromEntries(pod.labels),
    expected: 'labels that a NetworkPolicy for ingress and egress selects',
  });
});

function directionsOf(policy: Manifest): readonly string[] {
  const types = textsAt(policy.fields, 'spec.policyTypes');
  if (types.length > 0) return types;
  return itemsAt(policy.fields, 'spec.egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

// Polaris wants exactly one label in common, and rules in both lists: denying everything does not count.
function isGovernedForPolaris(pod: PodTemplate, view: ClusterView): boolean {
  return view.meeting(pod, 'networking.k8s.io/NetworkPolicy', 'spec.podSelector.matchLabels').some((policy) => {
    const wanted = textMapOf(fieldAt(policy.fields, 'spec.podSelector.matchLabels'));
    const common = [...pod.labels].filter(([key, value]) => wanted.get(key) === value);
    const types = textsAt(policy.fields, 'spec.policyTypes').map((type) => type.toLowerCase());
    return common.length === 1
      && itemsAt(policy.fields, 'spec.ingress').length > 0
      && itemsAt(policy.fields, 'spec.egress').length > 0
      && (!isSet(policy.fields, 'spec.policyTypes') || (types.includes('ingress') && types.includes('egress')));
  });
}
