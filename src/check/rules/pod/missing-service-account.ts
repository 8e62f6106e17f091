import { flawIf } from '../../rule';
import { podRule } from '../../rule-shapes';
import { textAt } from '../../value';

export const missingServiceAccount = podRule({
  id: 'pod-missing-service-account',
  severity: 'error',
  title: 'pod runs under a service account that is not in the set',
  why: 'Without the account no pod is created, and the workload stays at zero without a word in its own status.',
  remedy: 'Add the ServiceAccount to the same namespace, or correct the name.',
  upstream: ['kube-linter:non-existent-service-account'],
}, (pod, view) => {
  const got = textAt(pod.spec, 'serviceAccountName') || textAt(pod.spec, 'serviceAccount');
  const exists = view.named('ServiceAccount', got, pod.workload.namespace).length > 0;
  return flawIf(got !== '' && got !== 'default' && !exists, {
    path: 'serviceAccountName',
    got,
    expected: 'a ServiceAccount of the set',
  });
});
