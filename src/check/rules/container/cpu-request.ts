import { resourceRule } from './_resource';

export const cpuRequest = resourceRule({
  id: 'container-cpu-request',
  severity: 'warning',
  title: 'container asks for no CPU',
  why: 'The scheduler then packs nodes blindly, and an autoscaler on CPU utilisation has nothing to divide by.',
  remedy: 'Set `resources.requests.cpu` to what the container uses under usual load.',
  upstream: ['kube-linter:unset-cpu-requirements', 'polaris:cpuRequestsMissing', 'kube-score:container-resources'],
}, 'requests.cpu');
