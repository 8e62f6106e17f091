import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { numberAt } from '../../value';

export const range = objectRule({
  id: 'autoscaler-range',
  severity: 'warning',
  title: 'autoscaler has no room to scale',
  why: 'With the maximum at or below the minimum it holds a fixed number, or is refused.',
  remedy: 'Set `maxReplicas` above `minReplicas`.',
  upstream: ['polaris:hpaMaxAvailability'],
}, ['autoscaling/HorizontalPodAutoscaler'], (autoscaler) => {
  const least = numberAt(autoscaler.fields, 'spec.minReplicas');
  const most = numberAt(autoscaler.fields, 'spec.maxReplicas');
  // Where the minimum is left to the default, Polaris asks for no more than one pod.
  return flawIf(most === undefined || most < 1 || (least !== undefined && (least < 1 || most <= least)), {
    path: 'spec.maxReplicas',
    got: most,
    expected: `more than ${least ?? 0}`,
  });
});
