import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { textsAt } from '../../value';

export const otherCapabilities = containerRule({
  id: 'container-other-capabilities',
  severity: 'warning',
  title: 'container adds a capability that services do not need',
  why: 'Each capability is a part of what root may do; only listening on a low port is allowed to restricted pods.',
  remedy: 'Remove it from `securityContext.capabilities.add`; NET_BIND_SERVICE may stay.',
  upstream: ['pod-security:capabilities_restricted'],
}, (container) => {
  const path = 'securityContext.capabilities.add';
  // The dangerous ones have a rule of their own.
  const isOther = (name: string): boolean => !/^(ALL|SYS_ADMIN|NET_ADMIN)$|NET_RAW|^NET_BIND_SERVICE$/i.test(name);
  return textsAt(container.fields, path).flatMap((got) => flawIf(isOther(got), { path, got, expected: 'NET_BIND_SERVICE at most' }));
});
