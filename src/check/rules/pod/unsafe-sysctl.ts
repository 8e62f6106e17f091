import { flawIf } from '../../rule';
import { podRule } from '../../rule-shapes';
import { itemsAt, textAt } from '../../value';

const prefixes = ['kernel.msg', 'kernel.sem', 'kernel.shm', 'fs.mqueue.', 'net.'];

export const unsafeSysctl = podRule({
  id: 'pod-unsafe-sysctl',
  severity: 'error',
  title: 'pod sets a kernel parameter that is not known to be safe',
  why: 'Such parameters can reach beyond the pod, and most clusters refuse to start it.',
  remedy: 'Remove it from `securityContext.sysctls`, or have the platform set it on the nodes.',
  upstream: ['kube-linter:unsafe-sysctls'],
}, (pod) => itemsAt(pod.spec, 'securityContext.sysctls').flatMap((sysctl, position) => {
  const got = textAt(sysctl, 'name');
  return flawIf(prefixes.some((prefix) => got.startsWith(prefix)), {
    path: `securityContext.sysctls[${position}].name`,
    got,
    expected: 'no parameter of the kernel.msg, kernel.sem, kernel.shm, fs.mqueue or net families',
  });
}));
