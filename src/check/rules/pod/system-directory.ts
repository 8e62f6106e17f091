import { mountedHostPaths } from './_host-mount';
import { podRule } from '../../rule-shapes';

const directories = ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/sys', '/usr'];

export const systemDirectory = podRule({
  id: 'pod-system-directory',
  severity: 'error',
  title: 'pod mounts a system directory of its node',
  why: 'Reading it gives away keys of the node, writing it gives away the node.',
  remedy: 'Remove the mount.',
  upstream: ['kube-linter:sensitive-host-mounts'],
}, (pod) => mountedHostPaths(pod, (path) => directories.includes(path), 'no system directory'));
