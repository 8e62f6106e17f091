import { isEmptySelector, selects } from '../../label-selector';
import { runsToCompletion } from '../../pod-template';
import { flawSeenBy } from '../../rule';
import { workloadRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { fieldAt } from '../../value';

const selecting = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

export const selectorMismatch = workloadRule({
  id: 'workload-selector-mismatch',
  severity: 'error',
  title: 'workload does not select the pods it makes',
  why: 'Kubernetes refuses the object, since it would make pods without end.',
  remedy: 'Let every label of `spec.selector` stand in the labels of the pod template.',
  upstream: [
    'kube-linter:mismatching-selector',
    'kube-score:deployment-pod-selector-labels-match-template-metadata-labels',
    'kube-score:statefulset-pod-selector-labels-match-template-metadata-labels',
  ],
}, (pod) => {
  const { kind, apiVersion } = pod.workload;
  const path = kind === 'CronJob' ? 'spec.jobTemplate.spec.selector' : 'spec.selector';
  const selector = fieldAt(pod.workload.fields, path);
  const isMismatch = !selects(selector, pod.labels);
  return flawSeenBy(claimed({
    'kube-linter:mismatching-selector': isEmptySelector(selector)
      ? selecting.includes(kind)
      : isMismatch && (selecting.includes(kind) || runsToCompletion(pod)),
    'kube-score:deployment-pod-selector-labels-match-template-metadata-labels':
      isMismatch && kind === 'Deployment' && apiVersion === 'apps/v1',
    'kube-score:statefulset-pod-selector-labels-match-template-metadata-labels':
      isMismatch && kind === 'StatefulSet' && apiVersion === 'apps/v1',
  }), { path, got: selector, expected: 'labels of the pod template' });
});
