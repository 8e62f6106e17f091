import { flawIf } from '../../rule';
import { podRule } from '../../rule-shapes';
import { fieldAt, isSet, textAt } from '../../value';

export const mountedToken = podRule({
  id: 'pod-mounted-token',
  severity: 'warning',
  title: 'pod is given a token for the Kubernetes API',
  why: 'Whoever takes the pod can speak to the API server in its name; few services ever need to.',
  remedy: 'Set `automountServiceAccountToken: false`, on the pod or on its ServiceAccount.',
  upstream: ['polaris:automountServiceAccountToken'],
}, (pod, view) => {
  const path = 'automountServiceAccountToken';
  const got = fieldAt(pod.spec, path);
  const account = textAt(pod.spec, 'serviceAccountName');
  const isOffByAccount = !isSet(pod.spec, path) && view.named('ServiceAccount', account, pod.workload.namespace)
    .some((candidate) => fieldAt(candidate.fields, path) === false);
  return flawIf(got !== false && !isOffByAccount, { path, got, expected: 'false' });
});
