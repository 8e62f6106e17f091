import { mountedHostPaths } from './_host-mount';
import { podRule } from '../../rule-shapes';

export const dockerSocket = podRule({
  id: 'pod-docker-socket',
  severity: 'error',
  title: 'pod is given the socket of the container runtime',
  why: 'Through it the pod starts any container with any rights: it is root on the node.',
  remedy: 'Remove the mount; build images with a builder that needs no daemon.',
  upstream: ['kube-linter:docker-sock'],
}, (pod) => mountedHostPaths(pod, (path) => /docker.sock$/.test(path), 'no socket of a container runtime'));
