import type { Container, PodTemplate } from '../../pod-template';
import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { fieldAt, fieldsOf, textAt, textsAt } from '../../value';

export const noHardening = containerRule({
  id: 'container-no-hardening',
  severity: 'warning',
  title: 'container is held back by no kernel mechanism at all',
  why: 'Without seccomp, AppArmor, SELinux or dropped capabilities every system call of the node is open to attack.',
  remedy: 'Set `seccompProfile.type: RuntimeDefault` in the security context of the pod.',
  upstream: ['polaris:linuxHardening'],
}, (container, pod) => flawIf(
  !hasAppArmor(container, pod) && !hasSeccomp(container, pod) && !hasSelinux(container, pod) && !dropsSome(container),
  { path: 'securityContext.seccompProfile', expected: 'seccomp, AppArmor, SELinux or dropped capabilities' },
));

// Polaris knows AppArmor by its old annotation only.
function hasAppArmor(container: Container, pod: PodTemplate): boolean {
  return pod.annotations.has(`container.apparmor.security.beta.kubernetes.io/${container.name}`);
}

function hasSeccomp(container: Container, pod: PodTemplate): boolean {
  const own = textAt(container.fields, 'securityContext.seccompProfile.type');
  const outer = textAt(pod.spec, 'securityContext.seccompProfile.type');
  const type = own === '' ? outer : own;
  return type !== '' && type !== 'Unconfined';
}

function hasSelinux(container: Container, pod: PodTemplate): boolean {
  return [container.fields, pod.spec]
    .some((holder) => Object.keys(fieldsOf(fieldAt(holder, 'securityContext.seLinuxOptions'))).length > 0);
}

function dropsSome(container: Container): boolean {
  return textsAt(container.fields, 'securityContext.capabilities.drop').length > 0
    && !textsAt(container.fields, 'securityContext.capabilities.add').some((name) => /^ALL$/i.test(name));
}
