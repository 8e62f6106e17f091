import type { Flaw } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { effectiveSecurity } from '../../pod-template';
import { textAt } from '../../value';

const types: ReadonlySet<string> = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']);

export const selinuxOptions = containerRule({
  id: 'container-selinux-options',
  severity: 'error',
  title: 'container chooses its own SELinux label',
  why: 'Another type, user or role can reach what SELinux keeps containers away from.',
  remedy: 'Leave out `seLinuxOptions.user` and `role`, and take a type that is meant for containers.',
  upstream: ['pod-security:seLinuxOptions'],
}, (container, pod) => {
  const options = effectiveSecurity(container, pod, 'seLinuxOptions');
  const path = 'securityContext.seLinuxOptions';
  const fixed = ['user', 'role'].flatMap((field): readonly Flaw[] => {
    const got = textAt(options, field);
    return got === '' ? [] : [{ path: `${path}.${field}`, got, expected: 'unset' }];
  });
  const type = textAt(options, 'type');
  return types.has(type) ? fixed : [...fixed, { path: `${path}.type`, got: type, expected: 'a type for containers, such as container_t' }];
});
