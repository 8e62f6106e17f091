import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { isSet } from '../../value';

export const startupProbe = containerRule({
  id: 'container-startup-probe',
  severity: 'info',
  title: 'liveness is asked before the container has started',
  why: 'On a slow start, such as on a busy node, the container is killed before it was ever up, again and again.',
  remedy: 'Add a `startupProbe` with as many tries as the slowest start needs.',
  upstream: [],
}, (container) => flawIf(
  isSet(container.fields, 'livenessProbe')
    && !isSet(container.fields, 'startupProbe')
    && !isSet(container.fields, 'livenessProbe.initialDelaySeconds'),
  { path: 'startupProbe', expected: 'a probe' },
));
