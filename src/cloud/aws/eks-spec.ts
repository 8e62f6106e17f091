import type { EksClusterInput } from './eks-cluster-props';
import { MartyError } from '../../errors';
import { refusals } from '../cluster/capabilities';
import type { ClusterSpec } from '../cluster/cluster';

/**
 * A cluster's description in the words of EKS.
 *
 * @throws PROPS_INVALID with everything that it asks for and EKS does not have, or that is not built yet.
 */
export function eksPropsOf(cluster: ClusterSpec): EksClusterInput {
  const problems = refusals(cluster, 'aws');
  if (problems.length) throw new MartyError('PROPS_INVALID', `cluster ${cluster.name}: AWS cannot make it as it is described:`, { problems });
  const { name, kubernetes, support, endpoint, apiClients, access, autoscaling, identity } = cluster;
  const { nodePools, serviceCidr, logDays, zonalShift, deletionProtection, addons, backup } = cluster;
  return {
    name,
    version: kubernetes,
    supportType: support === 'extended' ? 'EXTENDED' : 'STANDARD',
    ...endpoint !== 'private' && { publicAccess: { cidrs: endpoint.allow, reason: endpoint.reason } },
    apiClients,
    access: Object.fromEntries(Object.entries(access).map(([who, { principal, ...rest }]) => [who, { principalArn: principal, ...rest }])),
    autoMode: autoscaling === 'managed',
    karpenter: autoscaling === 'karpenter',
    nodePools,
    serviceCidr,
    logDays,
    zonalShift,
    deletionProtection,
    oidcProvider: identity === 'oidc',
    addons: autoscaling === 'cluster-autoscaler' ? { 'cluster-autoscaler': true, ...addons } : addons,
    backupDays: backup?.days,
  };
}

/** Where a description says what the construct is told at a path. */
export const describedAt = (path: string) => path.replace(/^(access\..+)\.principalArn$/, '$1.principal');
