import { grantOf } from './_binding';
import { clusterRoleBinding, roleBinding } from './_role-rules';
import { flawIf } from '../../rule';
import type { Rule, RuleFacts } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { itemsAt, textsAt } from '../../value';

/** A rule against binding a role that allows one of these verbs on one of these resources. */
export function accessRule(facts: RuleFacts, resources: readonly string[], verbs: readonly string[]): Rule {
  const allows = (rule: unknown): boolean =>
    textsAt(rule, 'resources').some((resource) => ['*', ...resources].includes(resource))
    && textsAt(rule, 'verbs').some((verb) => ['*', ...verbs].includes(verb));
  return objectRule(facts, [roleBinding, clusterRoleBinding], (binding, view) => {
    const grant = grantOf(binding, view);
    const isGranted = grant?.roles.some((role) => itemsAt(role.fields, 'rules').some(allows)) ?? false;
    // kube-linter looks a RoleBinding's role up among Roles only.
    const isSeen = binding.kind === 'ClusterRoleBinding' || grant?.kind === 'Role';
    return flawIf(isGranted, {
      path: 'roleRef',
      got: `${grant?.kind} ${grant?.name}`,
      expected: `a role without ${verbs.join(', ')} on ${resources.join(', ')}`,
      upstream: isSeen ? facts.upstream : [],
    });
  });
}
