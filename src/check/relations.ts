import type { ClusterView } from './cluster-view';
import { carries, selects } from './label-selector';
import type { Manifest } from './manifest';
import type { PodTemplate } from './pod-template';
import { fieldAt, isSet, numberAt, textAt, textMapOf } from './value';
import type { TextMap } from './value';

const service = 'Service';
const policy = 'networking.k8s.io/NetworkPolicy';
const budget = 'policy/PodDisruptionBudget';

/** The label map a Service selects pods by; empty when it names none. */
export function serviceSelector(object: Manifest): TextMap {
  return textMapOf(fieldAt(object.fields, 'spec.selector'));
}

/** The Services that send traffic to a pod. */
export function servicesOf(pod: PodTemplate, view: ClusterView): readonly Manifest[] {
  return view.meeting(pod, service, 'spec.selector').filter((object) => carries(pod.labels, serviceSelector(object)));
}

/** The NetworkPolicies that govern a pod. */
export function policiesOf(pod: PodTemplate, view: ClusterView): readonly Manifest[] {
  return view.meeting(pod, policy, 'spec.podSelector.matchLabels')
    .filter((object) => selects(fieldAt(object.fields, 'spec.podSelector'), pod.labels));
}

/** The disruption budgets that count a pod. */
export function budgetsOf(pod: PodTemplate, view: ClusterView): readonly Manifest[] {
  return view.meeting(pod, budget, 'spec.selector.matchLabels')
    .filter((object) => selects(fieldAt(object.fields, 'spec.selector'), pod.labels));
}

/** The disruption budgets that have one label in common with a pod, which is what Polaris takes for a match. */
export function budgetsTouching(pod: PodTemplate, view: ClusterView): readonly Manifest[] {
  const path = 'spec.selector.matchLabels';
  return view.meeting(pod, budget, path).filter((object) => textMapOf(fieldAt(object.fields, path)).size > 0);
}

/** The HorizontalPodAutoscalers of a workload. */
export function autoscalersOf(workload: Manifest, view: ClusterView): readonly Manifest[] {
  return view.autoscalersFor(workload.name, workload.namespace)
    .filter((autoscaler) => textAt(autoscaler.fields, 'spec.scaleTargetRef.kind') === workload.kind);
}

/** The fewest pods an autoscaler goes down to; Kubernetes takes 1 when it is not said. */
export function minimumOf(autoscaler: Manifest): number {
  return numberAt(autoscaler.fields, 'spec.minReplicas') ?? 1;
}

/** Whether a workload runs more than one pod as far as its own manifest tells: said so, or left to an autoscaler. */
export function mayRunSeveral(workload: Manifest): boolean {
  return !isSet(workload.fields, 'spec.replicas') || (numberAt(workload.fields, 'spec.replicas') ?? 0) >= 2;
}
