import { flawSeenBy } from '../../rule';
import { podRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { itemsAt, textAt } from '../../value';

/** What every pod may set, whatever the level of its namespace. */
const allowed: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem',
]);

const prefixes = ['kernel.msg', 'kernel.sem', 'kernel.shm', 'fs.mqueue.', 'net.'];

export const unsafeSysctl = podRule({
  id: 'pod-unsafe-sysctl',
  severity: 'error',
  title: 'pod sets a kernel parameter that is not known to be safe',
  why: 'Such parameters can reach beyond the pod, and most clusters refuse to start it.',
  remedy: 'Remove it from `securityContext.sysctls`, or have the platform set it on the nodes.',
  upstream: ['kube-linter:unsafe-sysctls', 'pod-security:sysctls'],
}, (pod) => itemsAt(pod.spec, 'securityContext.sysctls').flatMap((sysctl, position) => {
  const got = textAt(sysctl, 'name');
  return flawSeenBy(claimed({
    'kube-linter:unsafe-sysctls': prefixes.some((prefix) => got.startsWith(prefix)),
    'pod-security:sysctls': !allowed.has(got),
  }), {
    path: `securityContext.sysctls[${position}].name`,
    got,
    expected: `one of ${[...allowed].join(', ')}`,
  });
}));
