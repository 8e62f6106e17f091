import { flawSeenBy } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { fieldAt } from '../../value';

export const privilegeEscalation = containerRule({
  id: 'container-privilege-escalation',
  severity: 'error',
  title: 'container may gain more rights than it started with',
  why: 'Unless it is forbidden, a set-uid program inside the image turns an ordinary user into root.',
  remedy: 'Set `securityContext.allowPrivilegeEscalation: false`; the default is true.',
  upstream: ['kube-linter:privilege-escalation-container', 'polaris:privilegeEscalationAllowed'],
}, (container) => {
  const path = 'securityContext.allowPrivilegeEscalation';
  const got = fieldAt(container.fields, path);
  return flawSeenBy(claimed({
    'kube-linter:privilege-escalation-container': got === true,
    'polaris:privilegeEscalationAllowed': got !== false,
  }), { path, got, expected: 'false' });
});
