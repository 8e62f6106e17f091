import type { PodTemplate } from '../../pod-template';
import { serviceSelector } from '../../relations';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt, itemsAt } from '../../value';
import { isPortName } from '../_port-name';

export const targetPort = objectRule({
  id: 'service-target-port',
  severity: 'error',
  title: 'service sends to a port that its pods do not have',
  why: 'The endpoint list stays empty for that port, and requests are refused.',
  remedy: 'Correct `targetPort`, or name the port of the container.',
  upstream: [],
}, ['Service'], (service, view) => {
  const selector = serviceSelector(service);
  const pods = selector.size === 0 ? [] : view.podsCarrying(selector, service.namespace);
  return itemsAt(service.fields, 'spec.ports').flatMap((port, position) => {
    const got = fieldAt(port, 'targetPort');
    const isName = typeof got === 'string' && isPortName(got);
    return flawIf(isName && pods.length > 0 && !pods.some((pod) => hasPort(pod, got)), {
      path: `spec.ports[${position}].targetPort`,
      got,
      expected: 'a port name of the selected pods',
    });
  });
});

function hasPort(pod: PodTemplate, name: string): boolean {
  return pod.containers.some((container) =>
    itemsAt(container.fields, 'ports').some((port) => fieldAt(port, 'name') === name));
}
