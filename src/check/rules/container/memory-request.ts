import { resourceRule } from './_resource';

export const memoryRequest = resourceRule({
  id: 'container-memory-request',
  severity: 'warning',
  title: 'container asks for no memory',
  why: 'Pods that asked for nothing are evicted first when the node runs short.',
  remedy: 'Set `resources.requests.memory` to what the container needs to live.',
  upstream: ['polaris:memoryRequestsMissing', 'kube-score:container-resources'],
}, 'requests.memory');
