import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { itemsAt, numberAt } from '../../value';

export const hostPort = containerRule({
  id: 'container-host-port',
  severity: 'warning',
  title: 'container takes a port of its node',
  why: 'Only one such pod fits on a node, and the port is open to everyone who reaches the node.',
  remedy: 'Remove `hostPort` and reach the container through a Service.',
  upstream: ['polaris:hostPortSet'],
}, (container) => itemsAt(container.fields, 'ports').flatMap((port, position) => {
  const got = numberAt(port, 'hostPort');
  return flawIf(got !== undefined && got !== 0, { path: `ports[${position}].hostPort`, got, expected: 'unset' });
}));
