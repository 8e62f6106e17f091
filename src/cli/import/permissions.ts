import { cloudIdentitySchema, permissionSchema } from '../../spec/permissions';
import { fieldsAt, listAt, said, textAt, type Fields } from './value';
import type { Take } from './draft';
import type { Workload } from './group';

const named = ({ around }: Workload, kind: string, name: string) => around.find(object => object.kind === kind && textAt(object, 'metadata', 'name') === name);

/**
 * What it may do with the API of Kubernetes: a Role of the service's name, bound to the ServiceAccount of its name and to nobody else. Rules that
 * no description would have, such as `*`, are left to the objects.
 */
export const takePermissions: Take = (workload, service) => {
  const { name } = service;
  const [role, binding] = [named(workload, 'Role', name), named(workload, 'RoleBinding', name)];
  const subjects = listAt(binding, 'subjects');
  const isItsOwn = subjects.length === 1 && subjects[0].kind === 'ServiceAccount' && subjects[0].name === name && textAt(workload.podSpec, 'serviceAccountName') === name;
  if (!isItsOwn || textAt(binding, 'roleRef', 'kind') !== 'Role' || textAt(binding, 'roleRef', 'name') !== name) return;
  const permissions = listAt(role, 'rules').map(permissionOf);
  if (permissions.length && permissions.every(permission => permission !== undefined)) service.permissions = permissions;
};

function permissionOf({ apiGroups, resources, resourceNames, verbs, ...rest }: Fields): Fields | undefined {
  const [group, ...others] = Array.isArray(apiGroups) ? apiGroups as unknown[] : [];
  const permission = said({ group: group === '' ? undefined : group, resources, names: resourceNames, verbs });
  return others.length === 0 && Object.keys(rest).length === 0 && permissionSchema.safeParse(permission).success ? permission : undefined;
}

/** Who it is for its cloud, by the annotation of its ServiceAccount that the cloud reads. */
export const takeCloudIdentity: Take = (workload, service) => {
  const annotations = fieldsAt(named(workload, 'ServiceAccount', service.name), 'metadata', 'annotations');
  if (textAt(workload.podSpec, 'serviceAccountName') !== service.name) return;
  const identities = [
    { awsRoleArn: annotations['eks.amazonaws.com/role-arn'] },
    { googleServiceAccount: annotations['iam.gke.io/gcp-service-account'] },
    { azureClientId: annotations['azure.workload.identity/client-id'] },
  ];
  const [identity] = identities.filter(candidate => cloudIdentitySchema.safeParse(candidate).success);
  if (identity) service.cloudIdentity = identity;
};
