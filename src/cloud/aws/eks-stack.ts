import type { Construct } from 'constructs';
import { AwsStack, type AwsStackProps } from './aws-stack';
import { EksCluster, type EksClusterProps } from './eks-cluster';
import { eksPropsOf } from './eks-spec';
import { Databases, type DatabasesInput } from './databases';
import { Network, type AwsNetwork } from './network';
import type { NetworkProps } from './network-props';
import type { ClusterSpec } from '../cluster/cluster';
import type { MicroserviceSpec } from '../../spec/microservice';
import { TerraformOutput } from '../engine';

export interface EksStackProps extends AwsStackProps {
  readonly cluster: ClusterSpec;
  /** Services whose stores are made here: each PostgreSQL a database of its own. @default [] */
  readonly services?: readonly MicroserviceSpec[];
  /** What else its cluster's construct takes: keys that exist, zones of names. @default {} */
  readonly eks?: Partial<Pick<EksClusterProps, 'dnsZoneIds' | 'secretPrefixes' | 'secretsKeyArn' | 'diskKeyArn' | 'logKeyArn' | 'createServiceLinkedRole'>>;
  /** How databases of services are made. @default {} */
  readonly databases?: DatabasesInput;
  /** What the network is made from; its name is that of the cluster. Or one that exists, from {@link Network.fromIds}. */
  readonly network: Omit<NetworkProps, 'name' | 'clusters'> | AwsNetwork;
}

/** A cluster with everything under it, in one stack: network, keys, nodes, add-ons and access. */
export class EksStack extends AwsStack {
  readonly network: AwsNetwork;
  readonly cluster: EksCluster;

  /** @throws PROPS_INVALID with everything that is wrong with the properties. */
  constructor(scope: Construct, id: string, { cluster, network, services = [], databases = {}, eks = {}, ...props }: EksStackProps) {
    super(scope, id, props);
    this.network = 'vpcId' in network ? network : new Network(this, 'network', { ...network, name: cluster.name, clusters: [cluster.name] });
    this.cluster = new EksCluster(this, 'cluster', { ...eksPropsOf(cluster), secretPrefixes: prefixesOf(services), ...eks, network: this.network });
    const stores = services.length ? new Databases(this, 'stores', {
      ...databases, name: cluster.name, environment: props.environment, services, network: this.network,
      clients: { nodes: this.cluster.nodeSecurityGroupId },
    }).made : {};
    const { karpenter } = this.cluster;
    new TerraformOutput(this, 'infrastructure', {
      description: 'What `marty infra config` reads',
      staticId: true,
      value: {
        format: 1, cloud: 'aws', ...props.environment && { environment: props.environment }, region: this.region, account: this.account,
        cluster: {
          name: this.cluster.name, kubernetes: cluster.kubernetes,
          endpoint: this.cluster.endpoint, certificateAuthority: this.cluster.certificateAuthority,
          zones: Object.keys(this.network.subnetsOf('private')).length,
        },
        network: { id: this.network.vpcId, cidr: this.network.cidr, data: this.network.dataRanges },
        ...karpenter && { karpenter: { queue: karpenter.queueName, instanceProfile: karpenter.instanceProfile } },
        stores,
      },
    });
    new TerraformOutput(this, 'kubeconfig_command', {
      description: 'Lets kubectl speak to the cluster', staticId: true, value: `aws eks update-kubeconfig --region ${this.region} --name ${this.cluster.name}`,
    });
  }
}

/** The secrets of a platform have names that begin with its own. */
const prefixesOf = (services: readonly MicroserviceSpec[]) => [...new Set(services.map(({ platform }) => `${platform.name}/`))];
