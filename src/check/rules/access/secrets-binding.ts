import { accessRule } from './_access-binding';

export const secretsBinding = accessRule({
  id: 'binding-secrets',
  severity: 'warning',
  title: 'binding grants access to secrets',
  why: 'Secrets hold the credentials of every other system, so reading them is worth more than the service itself.',
  remedy: 'Mount the one Secret that is needed instead of reading Secrets through the API.',
  upstream: ['kube-linter:access-to-secrets'],
}, ['secrets'], ['get', 'list', 'watch', 'create', 'delete']);
