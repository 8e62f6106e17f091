import { grantOf, isViewer } from './_binding';
import { allPowerRules, clusterRoleBinding, roleBinding } from './_role-rules';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import type { UpstreamId } from '../../upstream';
import { fieldAt } from '../../value';

export const allPowerBinding = objectRule({
  id: 'binding-all-power',
  severity: 'error',
  title: 'binding grants every right there is, or a role nobody can read',
  why: 'One stolen token of this account is the whole namespace or cluster.',
  remedy: 'Bind a role of the same set that names the resources and verbs the service uses.',
  upstream: [
    'polaris:clusterrolebindingClusterAdmin',
    'polaris:rolebindingClusterAdminClusterRole',
    'polaris:rolebindingClusterAdminRole',
    'kube-linter:cluster-admin-role-binding',
  ],
}, [roleBinding, clusterRoleBinding], (binding, view) => {
  const grant = grantOf(binding, view);
  if (grant === undefined || (binding.kind === 'ClusterRoleBinding' && isViewer(grant))) return [];
  const isAdmin = grant.kind === 'ClusterRole' && grant.name === 'cluster-admin';
  const isBounded = !isAdmin && grant.roles.some((role) => allPowerRules(role).length === 0);
  const byRoleKind: UpstreamId = `polaris:rolebindingClusterAdmin${grant.kind}`;
  const forCluster: readonly UpstreamId[] = isAdmin
    ? ['polaris:clusterrolebindingClusterAdmin', 'kube-linter:cluster-admin-role-binding']
    : ['polaris:clusterrolebindingClusterAdmin'];
  return flawIf(!isBounded, {
    path: 'roleRef',
    got: fieldAt(binding.fields, 'roleRef'),
    expected: 'a role of the set without wildcards',
    upstream: binding.kind === 'ClusterRoleBinding' ? forCluster : [byRoleKind],
  });
});
