import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { fieldAt } from '../../value';

export const privileged = containerRule({
  id: 'container-privileged',
  severity: 'error',
  title: 'container is privileged',
  why: 'A privileged container has every capability and device of its node: who takes the container has the node.',
  remedy: 'Remove `privileged: true` and add the single capability the program needs.',
  upstream: [
    'kube-linter:privileged-container',
    'kube-linter:privilege-escalation-container',
    'polaris:runAsPrivileged',
    'kube-score:container-security-context-privileged',
  ],
}, (container) => {
  const path = 'securityContext.privileged';
  return flawIf(fieldAt(container.fields, path) === true, { path, got: true, expected: 'false' });
});
