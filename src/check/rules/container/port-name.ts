import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { itemsAt, textAt } from '../../value';
import { isPortName } from '../_port-name';

export const portName = containerRule({
  id: 'container-port-name',
  severity: 'error',
  title: 'port name is not a valid service name',
  why: 'Kubernetes refuses the object, or a Service cannot refer to the port.',
  remedy: 'Use at most 15 lower-case letters, digits and single hyphens, with at least one letter.',
  upstream: ['kube-linter:invalid-target-ports'],
}, (container) => itemsAt(container.fields, 'ports').flatMap((port, position) => {
  const got = textAt(port, 'name');
  return flawIf(got !== '' && !isPortName(got), { path: `ports[${position}].name`, got, expected: 'a port name' });
}));
