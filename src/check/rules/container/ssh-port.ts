import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { itemsAt, numberAt, textAt } from '../../value';

export const sshPort = containerRule({
  id: 'container-ssh-port',
  severity: 'error',
  title: 'container offers SSH',
  why: 'A login server in a service is a door that no cluster policy, audit log or identity knows about.',
  remedy: 'Take the SSH server out of the image; use `kubectl exec` or `kubectl debug`.',
  upstream: ['kube-linter:ssh-port'],
}, (container) => itemsAt(container.fields, 'ports').flatMap((port, position) => {
  const protocol = textAt(port, 'protocol');
  return flawIf(numberAt(port, 'containerPort') === 22 && (protocol === '' || protocol === 'TCP'), {
    path: `ports[${position}].containerPort`,
    got: 22,
    expected: 'another port',
  });
}));
