import { flawSeenBy } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { isSet, textAt } from '../../value';

export const procMount = containerRule({
  id: 'container-proc-mount',
  severity: 'warning',
  title: 'container sees parts of /proc that are normally masked',
  why: 'The masked parts of /proc let a process read and steer the kernel of its node.',
  remedy: 'Remove `securityContext.procMount`, or set it to Default.',
  upstream: ['polaris:procMount', 'kube-linter:unsafe-proc-mount'],
}, (container) => {
  const path = 'securityContext.procMount';
  const got = textAt(container.fields, path);
  return flawSeenBy(claimed({
    'polaris:procMount': container.role === 'main' && isSet(container.fields, path) && got !== 'Default',
    'kube-linter:unsafe-proc-mount': got.toLowerCase() === 'unmasked',
  }), { path, got, expected: 'Default' });
});
