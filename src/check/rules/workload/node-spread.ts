import { isEmptySelector, selects } from '../../label-selector';
import type { PodTemplate } from '../../pod-template';
import { mayRunSeveral } from '../../relations';
import { flawSeenBy } from '../../rule';
import { podRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { fieldAt, isSet, itemsAt, numberAt, textAt, textsAt } from '../../value';

const hostname = 'kubernetes.io/hostname';
const topologies = [
  hostname,
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
];

export const nodeSpread = podRule({
  id: 'workload-node-spread',
  severity: 'warning',
  title: 'pods of a workload may all run on one node',
  why: 'One dead node then takes the whole service with it.',
  remedy: 'Add a preferred podAntiAffinity on kubernetes.io/hostname that selects the own pods.',
  upstream: [
    'kube-linter:no-anti-affinity',
    'kube-score:deployment-has-host-podantiaffinity',
    'kube-score:statefulset-has-host-podantiaffinity',
  ],
}, (pod) => {
  const { kind, apiVersion, fields } = pod.workload;
  const isLeft = mayRunSeveral(pod.workload) && !keepsApart(pod, topologies, false);
  return flawSeenBy(claimed({
    'kube-linter:no-anti-affinity': isScaledByCount(kind) && (numberAt(fields, 'spec.replicas') ?? 1) >= 2
      && !keepsApart(pod, [hostname], true),
    'kube-score:deployment-has-host-podantiaffinity': isLeft && kind === 'Deployment' && apiVersion === 'apps/v1',
    'kube-score:statefulset-has-host-podantiaffinity': isLeft && kind === 'StatefulSet' && apiVersion === 'apps/v1',
  }), {
    path: 'affinity.podAntiAffinity',
    got: fieldAt(pod.spec, 'affinity.podAntiAffinity'),
    expected: 'a term on the host name that selects the own pods',
  });
});

function isScaledByCount(kind: string): boolean {
  return ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].includes(kind);
}

function keepsApart(pod: PodTemplate, keys: readonly string[], mindsNamespace: boolean): boolean {
  const affinity = fieldAt(pod.spec, 'affinity.podAntiAffinity');
  const terms = [
    ...itemsAt(affinity, 'preferredDuringSchedulingIgnoredDuringExecution')
      .map((term) => fieldAt(term, 'podAffinityTerm')),
    ...itemsAt(affinity, 'requiredDuringSchedulingIgnoredDuringExecution'),
  ];
  return terms.some((term) => {
    const namespaces = textsAt(term, 'namespaces');
    const isElsewhere = mindsNamespace && namespaces.length > 0 && !namespaces.includes(pod.workload.namespace);
    const selector = fieldAt(term, 'labelSelector');
    return keys.includes(textAt(term, 'topologyKey')) && !isElsewhere && isSet(term, 'labelSelector')
      && (isEmptySelector(selector) || selects(selector, pod.labels));
  });
}
