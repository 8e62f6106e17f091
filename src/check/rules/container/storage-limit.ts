import { resourceRule } from './_resource';

export const storageLimit = resourceRule({
  id: 'container-storage-limit',
  severity: 'warning',
  title: 'container may fill the disk of its node',
  why: 'A full disk evicts the pods of everyone on the node.',
  remedy: 'Set `resources.limits.ephemeral-storage`.',
  upstream: ['kube-score:container-ephemeral-storage-request-and-limit'],
}, 'limits.ephemeral-storage');
