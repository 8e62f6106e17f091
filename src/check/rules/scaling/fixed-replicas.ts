import { autoscalersOf } from '../../relations';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt, isSet } from '../../value';

export const fixedReplicas = objectRule({
  id: 'autoscaler-fixed-replicas',
  severity: 'error',
  title: 'deployment fixes a number that an autoscaler decides',
  why: 'Every deployment throws away what the autoscaler had scaled to, in the middle of the load.',
  remedy: 'Leave `spec.replicas` out of the Deployment.',
  upstream: ['kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured'],
}, ['apps/Deployment'], (deployment, view) => {
  const isScaled = autoscalersOf(deployment, view).length > 0;
  return flawIf(isScaled && isSet(deployment.fields, 'spec.replicas'), {
    path: 'spec.replicas',
    got: fieldAt(deployment.fields, 'spec.replicas'),
    expected: 'unset',
  });
});
