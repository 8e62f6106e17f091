import { hasProbe, takesTraffic } from './_probe';
import { runsToCompletion } from '../../pod-template';
import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { isSet } from '../../value';

export const livenessProbe = containerRule({
  id: 'container-liveness-probe',
  severity: 'warning',
  title: 'nothing notices when the container hangs',
  why: 'A process that is stuck but not dead stays in place for good.',
  remedy: 'Add a `livenessProbe` that asks only whether the process itself still works.',
  upstream: ['polaris:livenessProbeMissing', 'kube-score:pod-probes'],
}, (container, pod, view) => flawIf(
  container.role === 'main' && !runsToCompletion(pod) && !isSet(container.fields, 'livenessProbe'),
  {
    path: 'livenessProbe',
    expected: 'a probe',
    upstream: takesTraffic(pod, view) && !hasProbe(pod, 'livenessProbe')
      ? ['polaris:livenessProbeMissing', 'kube-score:pod-probes']
      : ['polaris:livenessProbeMissing'],
  },
));
