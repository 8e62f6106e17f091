import type { AwsNetwork } from './aws-network';
import type { Problem } from '../../errors';

/** Where pods have their addresses from, and the groups that hold for them. */
export interface PodNetwork {
  readonly subnets: ReturnType<AwsNetwork['subnetsOf']>;
  readonly securityGroupIds: readonly string[];
}

/** What is said to the CNI, in the words of its add-on. */
export interface CniValues {
  readonly env: Readonly<Record<string, string>>;
  readonly eniConfig: {
    readonly create: true;
    readonly region: string;
    /** By the names of zones. */
    readonly subnets: Readonly<Record<string, { readonly id: string; readonly securityGroups: readonly string[] }>>;
  };
}

/**
 * Has the CNI give pods addresses of subnets of their own, by the zone of their node.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html
 */
export function cniValuesOf(region: string, { subnets, securityGroupIds }: PodNetwork): CniValues {
  return {
    env: { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true', ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone' },
    eniConfig: {
      create: true, region,
      subnets: Object.fromEntries(Object.entries(subnets).map(([zone, id]) => [`${region}${zone}`, { id, securityGroups: securityGroupIds }])),
    },
  };
}

/** What keeps pods from having addresses of their own in a network. */
export function podNetworkProblems(network: AwsNetwork, autoMode: boolean): Problem[] {
  const [pods, nodes] = [network.subnetsOf('pods'), Object.keys(network.subnetsOf('private'))];
  if (Object.keys(pods).length === 0) return [];
  if (autoMode) return [{ path: 'network', message: 'has subnets of pods, which Auto Mode takes by a NodeClass in the cluster alone; leave out pods, or take karpenter' }];
  const without = nodes.filter(zone => !(zone in pods));
  return without.length > 0 ? [{ path: 'network', message: `has subnets of pods in ${Object.keys(pods).join(', ')}, but nodes in ${without.join(', ')} too; add the missing ones` }] : [];
}
