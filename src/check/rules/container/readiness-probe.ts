import { hasProbe, takesTraffic } from './_probe';
import { runsToCompletion } from '../../pod-template';
import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { isSet } from '../../value';

export const readinessProbe = containerRule({
  id: 'container-readiness-probe',
  severity: 'warning',
  title: 'nothing tells when the container is ready',
  why: 'A pod without readiness gets requests before it can answer them, at every start and every rollout.',
  remedy: 'Add a `readinessProbe` that fails until the program can do its work.',
  upstream: ['polaris:readinessProbeMissing', 'kube-score:pod-probes'],
}, (container, pod, view) => flawIf(
  container.role === 'main' && !runsToCompletion(pod) && !isSet(container.fields, 'readinessProbe'),
  {
    path: 'readinessProbe',
    expected: 'a probe',
    upstream: takesTraffic(pod, view) && !hasProbe(pod, 'readinessProbe')
      ? ['polaris:readinessProbeMissing', 'kube-score:pod-probes']
      : ['polaris:readinessProbeMissing'],
  },
));
