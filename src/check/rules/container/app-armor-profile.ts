import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { textAt } from '../../value';

export const appArmorProfile = containerRule({
  id: 'container-app-armor-profile',
  severity: 'error',
  title: 'container turns AppArmor off',
  why: 'AppArmor keeps a container from files and mounts of its node even where everything else fails.',
  remedy: 'Remove the profile, or set `appArmorProfile.type: RuntimeDefault`.',
  upstream: ['pod-security:appArmorProfile'],
}, (container, pod) => {
  const path = 'securityContext.appArmorProfile.type';
  const annotation = pod.annotations.get(`container.apparmor.security.beta.kubernetes.io/${container.name}`) ?? '';
  const got = textAt(container.fields, path) || textAt(pod.spec, path) || annotation;
  return flawIf(/^unconfined$/i.test(got), { path, got, expected: 'RuntimeDefault or Localhost' });
});
