import { resourceRule } from './_resource';

export const cpuLimit = resourceRule({
  id: 'container-cpu-limit',
  severity: 'warning',
  title: 'container may take all CPU of its node',
  why: 'A runaway loop slows down every pod beside it.',
  remedy: 'Set `resources.limits.cpu`, generously, or exempt the workload where throttling does more harm.',
  upstream: ['polaris:cpuLimitsMissing', 'kube-score:container-resources'],
}, 'limits.cpu');
