import { clusterRole, isBuiltIn, role } from './_role-rules';
import { objectRule } from '../../rule-shapes';
import { itemsAt, textsAt } from '../../value';

export const wildcardRole = objectRule({
  id: 'role-wildcard',
  severity: 'warning',
  title: 'role grants rights that are not spelled out',
  why: 'A wildcard also covers resources and verbs that come with the next version or the next custom resource.',
  remedy: 'List the resources and verbs that are used.',
  upstream: ['kube-linter:wildcard-in-rules'],
}, [role, clusterRole], (object) => {
  if (isBuiltIn(object.name)) return [];
  return itemsAt(object.fields, 'rules').flatMap((rule, position) => ['resources', 'verbs']
    .filter((field) => textsAt(rule, field).includes('*'))
    .map((field) => ({ path: `rules[${position}].${field}`, got: '*', expected: `named ${field}` })));
});
