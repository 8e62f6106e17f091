import { podTemplateOf } from '../../pod-template';
import { servicesOf } from '../../relations';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { textAt } from '../../value';

export const rolloutStrategy = objectRule({
  id: 'deployment-rollout-strategy',
  severity: 'warning',
  title: 'deployment stops all pods before it starts new ones',
  why: 'Its Service has no pods to send to during every rollout.',
  remedy: 'Set `strategy.type: RollingUpdate`, or remove the strategy.',
  upstream: ['kube-score:deployment-strategy'],
}, ['apps/Deployment'], (deployment, view) => {
  const got = textAt(deployment.fields, 'spec.strategy.type');
  const pod = podTemplateOf(deployment);
  return flawIf(got !== '' && got !== 'RollingUpdate' && pod !== undefined && servicesOf(pod, view).length > 0, {
    path: 'spec.strategy.type',
    got,
    expected: 'RollingUpdate',
  });
});
