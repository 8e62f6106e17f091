import { hostNamespaceRule } from './_host-namespace';

export const hostIpc = hostNamespaceRule({
  id: 'pod-host-ipc',
  severity: 'error',
  title: 'pod shares memory segments with its node',
  why: 'It can read and change what programs on the node exchange through shared memory.',
  remedy: 'Remove `hostIPC: true`.',
  upstream: ['kube-linter:host-ipc', 'polaris:hostIPCSet'],
}, 'hostIPC');
