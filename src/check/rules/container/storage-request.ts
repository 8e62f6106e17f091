import { resourceRule } from './_resource';

export const storageRequest = resourceRule({
  id: 'container-storage-request',
  severity: 'warning',
  title: 'container asks for no local storage',
  why: 'Logs and temporary files take disk of the node that the scheduler did not count.',
  remedy: 'Set `resources.requests.ephemeral-storage`.',
  upstream: ['kube-score:container-ephemeral-storage-request-and-limit'],
}, 'requests.ephemeral-storage');
