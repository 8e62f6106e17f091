import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { textAt } from '../../value';

export const seccompProfile = containerRule({
  id: 'container-seccomp-profile',
  severity: 'warning',
  title: 'container may make every system call',
  why: 'Most escapes from a container begin with a system call that no service needs and a seccomp profile forbids.',
  remedy: 'Set `seccompProfile.type: RuntimeDefault` in the security context of the pod.',
  upstream: ['pod-security:seccompProfile_restricted'],
}, (container, pod) => {
  const path = 'securityContext.seccompProfile.type';
  const got = textAt(container.fields, path) || textAt(pod.spec, path);
  return flawIf(!['RuntimeDefault', 'Localhost'].includes(got), { path, got, expected: 'RuntimeDefault or Localhost' });
});
