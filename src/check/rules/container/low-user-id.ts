import { effectiveSecurity } from '../../pod-template';
import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';

export const lowUserId = containerRule({
  id: 'container-low-user-id',
  severity: 'warning',
  title: 'container runs with a user or group id that the node may use itself',
  why: 'Ids below 10000 can coincide with users of the node, who would then own the files of the container.',
  remedy: 'Set `runAsUser` and `runAsGroup` to 10001 or more.',
  upstream: ['kube-score:container-security-context-user-group-id'],
}, (container, pod) => ['runAsUser', 'runAsGroup'].flatMap((field) => {
  const got = effectiveSecurity(container, pod, field);
  return flawIf(!(typeof got === 'number' && got >= 10_000), {
    path: `securityContext.${field}`,
    got,
    expected: '10000 or more',
  });
}));
