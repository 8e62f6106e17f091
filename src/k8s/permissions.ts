import { Construct } from 'constructs';
import { define } from './_object';
import { metadataOf, type Workload } from './target';
import type { Role as RoleManifest, RoleBinding } from '../imports/kubernetes';
import type { PermissionSpec } from '../spec/permissions';

export interface RoleProps {
  /** The workload whose identity may do it. */
  readonly target: Workload;
  /** What it may do, in its own namespace. */
  readonly permissions: readonly PermissionSpec[];
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines what a workload may do with the API of Kubernetes: a Role, and the binding of its ServiceAccount to it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class Role extends Construct {
  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { target, permissions, labels } = props;
    const metadata = metadataOf(target, { labels });
    define<RoleManifest>(this, 'Resource', {
      apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata,
      rules: permissions.map(({ group, resources, names, verbs }) => (
        { apiGroups: [group], resources: [...resources], ...(names ? { resourceNames: [...names] } : {}), verbs: [...verbs] })),
    });
    define<RoleBinding>(this, 'Binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: target.name },
      subjects: [{ kind: 'ServiceAccount', name: target.name, ...('namespace' in metadata ? { namespace: metadata.namespace } : {}) }],
    });
  }
}
