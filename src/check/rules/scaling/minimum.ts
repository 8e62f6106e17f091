import { flawSeenBy } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { numberAt } from '../../value';

export const minimum = objectRule({
  id: 'autoscaler-minimum',
  severity: 'warning',
  title: 'autoscaler may go down to a single pod',
  why: 'In quiet hours the service then hangs on one pod and goes away with its node.',
  remedy: 'Set `minReplicas` to 2 or more; the default is 1.',
  upstream: ['polaris:hpaMinAvailability', 'kube-score:horizontalpodautoscaler-replicas'],
}, ['autoscaling/HorizontalPodAutoscaler'], (autoscaler) => {
  const path = 'spec.minReplicas';
  const got = numberAt(autoscaler.fields, path);
  return flawSeenBy(claimed({
    // Polaris overlooks the default.
    'polaris:hpaMinAvailability': got !== undefined && got < 2,
    'kube-score:horizontalpodautoscaler-replicas': (got ?? 1) < 2,
  }), { path, got, expected: '2 or more' });
});
