import { clusterRole, isBuiltIn, role } from './_role-rules';
import type { ClusterView } from '../../cluster-view';
import type { Manifest } from '../../manifest';
import { textAt } from '../../value';

/** What a binding grants, as far as the set tells. */
export interface Grant {
  readonly kind: 'Role' | 'ClusterRole';
  readonly name: string;
  /** The objects it names; empty when the role is not in the set, such as `cluster-admin`. */
  readonly roles: readonly Manifest[];
}

/** The role a binding grants; `undefined` for a binding that Kubernetes or a provider installs itself. */
export function grantOf(binding: Manifest, view: ClusterView): Grant | undefined {
  const isCluster = binding.kind === 'ClusterRoleBinding';
  if (isBuiltIn(binding.name) || (isCluster && binding.name === 'cluster-admin')) return undefined;
  const name = textAt(binding.fields, 'roleRef.name');
  const kind = !isCluster && textAt(binding.fields, 'roleRef.kind') === 'Role' ? 'Role' : 'ClusterRole';
  const roles = kind === 'Role' ? view.named(role, name, binding.namespace) : view.named(clusterRole, name);
  return { kind, name, roles };
}

/** Whether a granted role is the harmless reader that every cluster has. */
export function isViewer(grant: Grant): boolean {
  return grant.kind === 'ClusterRole' && grant.name === 'view';
}
