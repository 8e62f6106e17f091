import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt, itemsAt } from '../../value';
import { isPortName } from '../_port-name';

export const targetPortName = objectRule({
  id: 'service-target-port-name',
  severity: 'error',
  title: 'service sends to a port that cannot exist',
  why: 'No container port can have such a name or number.',
  remedy: 'Use the name of a container port, or a number between 1 and 65535.',
  upstream: ['kube-linter:invalid-target-ports'],
}, ['Service'], (service) => itemsAt(service.fields, 'spec.ports').flatMap((port, position) => {
  const got = fieldAt(port, 'targetPort');
  const isInvalid = typeof got === 'number' ? got < 0 || got > 65_535 : typeof got === 'string' && !isPortName(got);
  return flawIf(isInvalid, { path: `spec.ports[${position}].targetPort`, got, expected: 'a port name or number' });
}));
