import type { Manifest } from '../../manifest';
import { itemsAt, textsAt } from '../../value';

const rbac = 'rbac.authorization.k8s.io';

/** Roles and bindings by group and kind. */
export const role = `${rbac}/Role`;
export const clusterRole = `${rbac}/ClusterRole`;
export const roleBinding = `${rbac}/RoleBinding`;
export const clusterRoleBinding = `${rbac}/ClusterRoleBinding`;

/** Whether a name belongs to what Kubernetes or a provider installs itself. */
export function isBuiltIn(name: string): boolean {
  return name.startsWith('system:') || name === 'gce:podsecuritypolicy:calico-sa';
}

/** Positions of the rules that let someone run commands in pods; opening a web socket with `get` is enough for that. */
export function podExecRules(object: Manifest): readonly number[] {
  return positions(object, (rule) =>
    includesAny(rule, 'apiGroups', ['', '*'])
    && includesAny(rule, 'resources', ['*', 'pods/exec', 'pods/attach'])
    && includesAny(rule, 'verbs', ['*', 'get', 'create']));
}

/** Positions of the rules that allow everything. */
export function allPowerRules(object: Manifest): readonly number[] {
  return positions(object, (rule) =>
    includesAny(rule, 'apiGroups', ['*'])
    && includesAny(rule, 'resources', ['*'])
    && (includesAny(rule, 'verbs', ['*']) || hasEveryVerb(rule)));
}

function positions(object: Manifest, isMeant: (rule: unknown) => boolean): readonly number[] {
  return itemsAt(object.fields, 'rules').flatMap((rule, position) => isMeant(rule) ? [position] : []);
}

function includesAny(rule: unknown, field: string, values: readonly string[]): boolean {
  return textsAt(rule, field).some((value) => values.includes(value));
}

function hasEveryVerb(rule: unknown): boolean {
  const verbs = new Set(textsAt(rule, 'verbs'));
  return ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'].every((verb) => verbs.has(verb));
}
