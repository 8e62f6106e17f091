import { objectRule } from '../../rule-shapes';
import { fieldsOf, itemsAt } from '../../value';

export const openPolicy = objectRule({
  id: 'network-open-policy',
  severity: 'warning',
  title: 'network policy allows everything in one direction',
  why: 'An empty rule matches every peer and every port, so the policy only looks like one.',
  remedy: 'Name the peers or at least the ports; leave the list empty to allow nothing.',
  upstream: [],
}, ['networking.k8s.io/NetworkPolicy'], (policy) => ['ingress', 'egress'].flatMap((direction) =>
  itemsAt(policy.fields, `spec.${direction}`).flatMap((rule, position) => isOpen(rule)
    ? [{ path: `spec.${direction}[${position}]`, got: rule, expected: 'peers or ports' }]
    : [])));

function isOpen(rule: unknown): boolean {
  return Object.values(fieldsOf(rule)).every((list) => !Array.isArray(list) || list.length === 0);
}
