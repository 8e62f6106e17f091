import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { itemsAt, numberAt } from '../../value';

export const privilegedPort = containerRule({
  id: 'container-privileged-port',
  severity: 'warning',
  title: 'container listens on a port that only root could once open',
  why: 'Ports below 1024 need a capability or a special kernel setting, which tempts into running as root.',
  remedy: 'Listen on a port from 1024 up; the Service can still offer 80 or 443.',
  upstream: ['kube-linter:privileged-ports'],
}, (container) => itemsAt(container.fields, 'ports').flatMap((port, position) => {
  const got = numberAt(port, 'containerPort') ?? 0;
  return flawIf(got > 0 && got < 1024, { path: `ports[${position}].containerPort`, got, expected: '1024 or more' });
}));
