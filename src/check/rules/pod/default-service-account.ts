import { flawIf } from '../../rule';
import { podRule } from '../../rule-shapes';
import { fieldAt, textAt } from '../../value';

export const defaultServiceAccount = podRule({
  id: 'pod-default-service-account',
  severity: 'warning',
  title: 'pod shares the default service account of its namespace',
  why: 'A right granted to one workload then holds for all that did not ask for an account of their own.',
  remedy: 'Add a ServiceAccount for the workload and name it in `serviceAccountName`.',
  upstream: ['kube-linter:default-service-account'],
}, (pod) => {
  const got = textAt(pod.spec, 'serviceAccountName') || textAt(pod.spec, 'serviceAccount');
  const hasToken = fieldAt(pod.spec, 'automountServiceAccountToken') !== false;
  return flawIf(got === '' || got === 'default', {
    path: 'serviceAccountName',
    got,
    expected: 'an account of its own',
    // kube-linter lets it pass where the pod gets no token.
    upstream: hasToken ? ['kube-linter:default-service-account'] : [],
  });
});
