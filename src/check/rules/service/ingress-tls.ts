import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt } from '../../value';

export const ingressTls = objectRule({
  id: 'ingress-tls',
  severity: 'warning',
  title: 'ingress serves plain text',
  why: 'Passwords and sessions cross the internet readable by anyone on the way.',
  remedy: 'Add `spec.tls` with a certificate for the hosts.',
  upstream: ['polaris:tlsSettingsMissing'],
}, ['networking.k8s.io/Ingress', 'extensions/Ingress'], (ingress) => {
  const got = fieldAt(ingress.fields, 'spec.tls');
  return flawIf(!Array.isArray(got), { path: 'spec.tls', got, expected: 'a list of hosts with certificates' });
});
