import { flawSeenBy } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { textsAt } from '../../value';

export const addedCapabilities = containerRule({
  id: 'container-added-capabilities',
  severity: 'error',
  title: 'container adds a capability that amounts to power over the node',
  why: 'ALL, SYS_ADMIN and NET_ADMIN undo most of the isolation, and NET_RAW lets a pod impersonate its neighbours.',
  remedy: 'Remove it from `securityContext.capabilities.add`, or do the privileged step outside of the service.',
  upstream: [
    'polaris:dangerousCapabilities',
    'kube-linter:privilege-escalation-container',
    'kube-linter:drop-net-raw-capability',
  ],
}, (container) => {
  const path = 'securityContext.capabilities.add';
  return textsAt(container.fields, path).flatMap((name) => flawSeenBy(claimed({
    'polaris:dangerousCapabilities': /^(ALL|SYS_ADMIN|NET_ADMIN)$/i.test(name),
    'kube-linter:privilege-escalation-container': name === 'SYS_ADMIN',
    'kube-linter:drop-net-raw-capability': /^ALL$/i.test(name) || name.includes('NET_RAW'),
  }), { path, got: name, expected: 'none of ALL, SYS_ADMIN, NET_ADMIN, NET_RAW' }));
});
