import { flawIf } from '../../rule';
import { podRule } from '../../rule-shapes';
import { textAt } from '../../value';

export const deprecatedServiceAccount = podRule({
  id: 'pod-deprecated-service-account',
  severity: 'warning',
  title: 'pod names its service account in the old field',
  why: 'The field is kept for old clients only, and two different names leave open which one holds.',
  remedy: 'Use `serviceAccountName`.',
  upstream: ['kube-linter:deprecated-service-account-field'],
}, (pod) => {
  const got = textAt(pod.spec, 'serviceAccount');
  return flawIf(got !== '' && got !== textAt(pod.spec, 'serviceAccountName'), {
    path: 'serviceAccount',
    got,
    expected: 'unset, or equal to serviceAccountName',
  });
});
