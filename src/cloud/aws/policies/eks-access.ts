import type { Policy } from '../../validate/knowledge';
import type { Block, SynthesizedStack } from '../../validate/stack';
import { hasExpression } from '../../validate/template';
import { comesAfter, sameTarget, targetOf } from './_attached';
import { blocksIn, isFalse, isTrue, textsOf, valueOf } from './_place';
import { policy } from './_policy';

const adminPolicies = ['AmazonEKSClusterAdminPolicy', 'AmazonEKSAdminPolicy'];
const beforeNodes = ['vpc-cni', 'eks-pod-identity-agent'];

/** What keeps people out of a cluster, or nodes from joining it. */
export const eksAccessPolicies: readonly Policy[] = [
  policy({
    id: 'MARTY_AWS_EKS_ENDPOINT', title: 'the API server can be reached', types: ['aws_eks_cluster'],
  }, block => {
    const reachable = isTrue(valueOf(block.body, 'vpc_config.endpoint_private_access'))
      || !isFalse(valueOf(block.body, 'vpc_config.endpoint_public_access'))
      || hasExpression(valueOf(block.body, 'vpc_config.endpoint_private_access'));
    return reachable ? [] : [{
      at: 'vpc_config.endpoint_private_access',
      message: 'is not true while endpoint_public_access is false, expected one endpoint at least; set endpoint_private_access to true',
    }];
  }),
  policy({
    id: 'MARTY_AWS_EKS_ADMIN', title: 'somebody may administer the cluster', types: ['aws_eks_cluster'],
  }, (block, stack) => {
    if (isTrue(valueOf(block.body, 'access_config.bootstrap_cluster_creator_admin_permissions'))) return [];
    return ofCluster(block, 'aws_eks_access_entry', stack).some(entry => administers(entry, block, stack)) ? [] : [{
      at: 'access_config',
      message: 'names no administrator, expected one at least; add an access entry for a role of yours with the access policy AmazonEKSClusterAdminPolicy',
    }];
  }),
  policy({
    id: 'MARTY_AWS_NODES_AFTER_CNI', title: 'pods get their network before there are nodes', types: ['aws_eks_node_group'],
  }, (block, stack) => {
    const missing = stack.ofType('aws_eks_addon').filter(addon => beforeNodes.includes(String(addon.body.addon_name))
      && sameTarget(addon.body.cluster_name, block.body.cluster_name) && !comesAfter(block, addon, stack));
    return missing.map(addon => ({
      at: 'depends_on',
      message: `lacks ${addon.address}, expected nodes to come after the add-on ${String(addon.body.addon_name)}; add it, or nodes wait for a network that waits for nodes`,
    }));
  }),
  policy({
    id: 'MARTY_AWS_CNI_BEFORE_NODES', title: 'add-ons that nodes wait for do not wait for nodes', types: ['aws_eks_addon'],
  }, (block, stack) => {
    if (!beforeNodes.includes(String(block.body.addon_name))) return [];
    const nodes = stack.ofType('aws_eks_node_group').filter(group => comesAfter(block, group, stack));
    return nodes.map(group => ({
      at: 'depends_on',
      message: `leads to ${group.address}, expected the add-on ${String(block.body.addon_name)} before all nodes; take it out and let the node group depend on the add-on`,
    }));
  }),
  policy({
    id: 'MARTY_AWS_EKS_ZONES', title: 'the control plane stands in two zones', types: ['aws_eks_cluster'],
  }, (block, stack) => zonesProblem(block, 'vpc_config.subnet_ids', stack)),
  policy({
    id: 'MARTY_AWS_SUBNET_GROUP_ZONES', title: 'a database can move to another zone', types: ['aws_db_subnet_group', 'aws_elasticache_subnet_group'],
  }, (block, stack) => zonesProblem(block, 'subnet_ids', stack)),
];

/** Whether an access entry lets somebody administer the whole of its cluster. */
function administers(entry: Block, cluster: Block, stack: SynthesizedStack): boolean {
  if (textsOf(entry.body.kubernetes_groups).includes('system:masters')) return true;
  return ofCluster(cluster, 'aws_eks_access_policy_association', stack).some(given =>
    sameTarget(given.body.principal_arn, entry.body.principal_arn) || targetOf(given.body.principal_arn, 'aws_eks_access_entry', stack) === entry
      ? adminPolicies.some(name => String(given.body.policy_arn).endsWith(`/${name}`)) && blocksIn(given.body, 'access_scope').some(scope => scope.value.type === 'cluster')
      : false);
}

function ofCluster(cluster: Block, type: string, stack: SynthesizedStack): readonly Block[] {
  return stack.ofType(type).filter(block => {
    const name = block.body.cluster_name;
    return targetOf(name, 'aws_eks_cluster', stack) === cluster || (name !== undefined && name === cluster.body.name);
  });
}

function zonesProblem(block: Block, at: string, stack: SynthesizedStack) {
  const ids = valueOf(block.body, at);
  if (!Array.isArray(ids)) return [];
  const zones = textsOf(ids).map(id => zoneOf(id, stack));
  if (zones.includes(undefined)) return [];
  const found = [...new Set(zones)];
  return found.length >= 2 ? [] : [{
    at,
    message: `leads to ${found.length === 1 ? `the zone ${String(found[0])} alone` : 'no zone'}, expected subnets of two zones at least; add a subnet of another zone`,
  }];
}

/** The zone of a subnet that this stack makes; of others nobody knows it here. */
function zoneOf(id: string, stack: SynthesizedStack): string | undefined {
  const subnet = targetOf(id, 'aws_subnet', stack);
  const zone = subnet?.kind === 'resource' ? subnet.body.availability_zone ?? subnet.body.availability_zone_id : undefined;
  return typeof zone === 'string' ? zone : undefined;
}
