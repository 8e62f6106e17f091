import { grantOf, isViewer } from './_binding';
import { clusterRoleBinding, podExecRules, roleBinding } from './_role-rules';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import type { UpstreamId } from '../../upstream';
import { fieldAt } from '../../value';

export const podExecBinding = objectRule({
  id: 'binding-pod-exec',
  severity: 'error',
  title: 'binding grants the right to run commands in pods, or a role nobody can read',
  why: 'A service that may run commands in pods has the rights of every pod it reaches.',
  remedy: 'Bind a role of the same set whose rules leave out pods/exec, pods/attach and wildcards.',
  upstream: [
    'polaris:clusterrolebindingPodExecAttach',
    'polaris:rolebindingClusterRolePodExecAttach',
    'polaris:rolebindingRolePodExecAttach',
  ],
}, [roleBinding, clusterRoleBinding], (binding, view) => {
  const grant = grantOf(binding, view);
  if (grant === undefined || (binding.kind === 'ClusterRoleBinding' && isViewer(grant))) return [];
  const isHarmless = grant.roles.some((role) => podExecRules(role).length === 0);
  const byRoleKind: UpstreamId = `polaris:rolebinding${grant.kind}PodExecAttach`;
  return flawIf(!isHarmless, {
    path: 'roleRef',
    got: fieldAt(binding.fields, 'roleRef'),
    expected: 'a role of the set without pods/exec and pods/attach',
    upstream: [binding.kind === 'ClusterRoleBinding' ? 'polaris:clusterrolebindingPodExecAttach' : byRoleKind],
  });
});
