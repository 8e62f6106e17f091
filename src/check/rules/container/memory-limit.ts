import { resourceRule } from './_resource';

export const memoryLimit = resourceRule({
  id: 'container-memory-limit',
  severity: 'warning',
  title: 'container may take all memory of its node',
  why: 'A leak then ends with the kernel killing whichever process it likes, not the one that leaks.',
  remedy: 'Set `resources.limits.memory`.',
  upstream: ['kube-linter:unset-memory-requirements', 'polaris:memoryLimitsMissing', 'kube-score:container-resources'],
}, 'limits.memory');
