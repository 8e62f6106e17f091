import type { ClusterView } from '../../cluster-view';
import type { PodTemplate } from '../../pod-template';
import { autoscalersOf, servicesOf } from '../../relations';
import { flawSeenBy } from '../../rule';
import { workloadRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { numberAt, textAt } from '../../value';

export const singleReplica = workloadRule({
  id: 'deployment-single-replica',
  severity: 'warning',
  title: 'deployment runs a single pod',
  why: 'Every rollout hiccup, node drain or crash is then an outage.',
  remedy: 'Run two or more, or hand the number to a HorizontalPodAutoscaler and exempt the Polaris check.',
  upstream: ['polaris:deploymentMissingReplicas', 'kube-score:deployment-replicas'],
}, (pod, view) => {
  const { workload } = pod;
  const replicas = numberAt(workload.fields, 'spec.replicas');
  return flawSeenBy(claimed({
    'polaris:deploymentMissingReplicas': workload.kind === 'Deployment' && (replicas ?? 0) < 2,
    'kube-score:deployment-replicas': workload.kind === 'Deployment' && workload.apiVersion === 'apps/v1'
      && (replicas ?? 1) < 2 && servicesOf(pod, view).length > 0 && !isAutoscaled(pod, view),
  }), { path: 'spec.replicas', got: replicas, expected: '2 or more' });
});

function isAutoscaled({ workload }: PodTemplate, view: ClusterView): boolean {
  return autoscalersOf(workload, view)
    .some((autoscaler) => textAt(autoscaler.fields, 'spec.scaleTargetRef.apiVersion') === workload.apiVersion);
}
