import { accessRule } from './_access-binding';

export const podCreationBinding = accessRule({
  id: 'binding-pod-creation',
  severity: 'warning',
  title: 'binding grants the right to create pods',
  why: 'Who creates pods can mount any secret of the namespace and use any of its service accounts.',
  remedy: 'Leave the creation of workloads to the delivery pipeline.',
  upstream: ['kube-linter:access-to-create-pods'],
}, ['pods', 'deployments', 'statefulsets', 'replicasets', 'daemonsets', 'jobs', 'cronjob'], ['create']);
