import { hostNamespaceRule } from './_host-namespace';

export const hostPid = hostNamespaceRule({
  id: 'pod-host-pid',
  severity: 'error',
  title: 'pod sees the processes of its node',
  why: 'It can read the environment and memory of other processes, and so their secrets.',
  remedy: 'Remove `hostPID: true`.',
  upstream: ['kube-linter:host-pid', 'polaris:hostPIDSet'],
}, 'hostPID');
