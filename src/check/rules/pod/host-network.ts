import { hostNamespaceRule } from './_host-namespace';

export const hostNetwork = hostNamespaceRule({
  id: 'pod-host-network',
  severity: 'error',
  title: 'pod uses the network of its node',
  why: 'It reaches everything that listens on the node, sees the traffic of others, and no NetworkPolicy holds for it.',
  remedy: 'Remove `hostNetwork: true`.',
  upstream: ['kube-linter:host-network', 'polaris:hostNetworkSet'],
}, 'hostNetwork');
