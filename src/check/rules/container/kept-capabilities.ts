import { flawSeenBy } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { fieldAt, isSet, textsAt } from '../../value';

/** What a container runtime grants by default, plus NET_ADMIN: dropping each of them is as good as dropping ALL. */
const defaults = [
  'NET_ADMIN', 'CHOWN', 'DAC_OVERRIDE', 'FSETID', 'FOWNER', 'MKNOD', 'NET_RAW', 'SETGID', 'SETUID', 'SETFCAP',
  'SETPCAP', 'NET_BIND_SERVICE', 'SYS_CHROOT', 'KILL', 'AUDIT_WRITE',
];

export const keptCapabilities = containerRule({
  id: 'container-kept-capabilities',
  severity: 'warning',
  title: 'container keeps Linux capabilities it was given by default',
  why: 'The default set lets a program forge packets, change owners of files and more, which services never need.',
  remedy: 'Set `securityContext.capabilities.drop: [ALL]` and add back by name what is needed.',
  upstream: ['polaris:insecureCapabilities', 'kube-linter:drop-net-raw-capability', 'pod-security:capabilities_restricted'],
}, (container) => {
  const path = 'securityContext.capabilities.drop';
  const written = textsAt(container.fields, path);
  const dropped = written.map((name) => name.toUpperCase());
  const dropsAll = dropped.includes('ALL');
  return flawSeenBy(claimed({
    'polaris:insecureCapabilities': !dropsAll && !defaults.every((name) => dropped.includes(name)),
    // kube-linter says nothing to a container that does not mention capabilities, and wants capital letters.
    'kube-linter:drop-net-raw-capability': isSet(container.fields, 'securityContext.capabilities')
      && !dropsAll && !written.some((name) => name.includes('NET_RAW')),
    'pod-security:capabilities_restricted': !written.includes('ALL'),
  }), { path, got: fieldAt(container.fields, path), expected: 'ALL among them' });
});
