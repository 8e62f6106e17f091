import type { Construct } from 'constructs';
import { AwsStack, type AwsStackProps } from './aws-stack';
import { Dns } from './dns';
import { EksCluster, type EksClusterProps } from './eks-cluster';
import { eksPropsOf } from './eks-spec';
import { messagingEndpoints, type Messaging } from './messaging';
import type { AwsNetwork } from './aws-network';
import { Network } from './network';
import { endpointsWith, type NetworkProps } from './network-props';
import { Parts, someCluster, someNetwork } from './parts';
import type { ClusterSpec } from '../cluster/cluster';
import type { MicroserviceSpec } from '../../spec/microservice';
import { ServiceSecrets } from './service-secrets';
import { addServices, checkServices, tellInfrastructure, type ServicesInput } from './services';
import { TerraformOutput } from '../engine';

export interface EksStackProps extends AwsStackProps, ServicesInput {
  readonly cluster: ClusterSpec;
  /** What else its cluster's construct takes: keys that exist, zones of names. @default {} */
  readonly eks?: Partial<Pick<EksClusterProps, 'dnsZoneIds' | 'secretPrefixes' | 'secretsKeyArn' | 'diskKeyArn' | 'logKeyArn' | 'queueKeyArn' | 'createServiceLinkedRole'>>;
  /** What the network is made from; its name is that of the cluster. Or one that exists, from {@link Network.fromIds}. */
  readonly network: Omit<NetworkProps, 'name' | 'clusters'> | AwsNetwork;
}

/** A cluster with everything under it, in one stack: network, keys, nodes, add-ons and access. */
export class EksStack extends AwsStack {
  readonly network: AwsNetwork;
  readonly cluster: EksCluster;
  /** The topics and queues of services, where they are asked for. */
  readonly messaging: Messaging | undefined;

  /** @throws PROPS_INVALID with everything that is wrong with the properties. */
  constructor(scope: Construct, id: string, {
    cluster, network, services = [], databases, buckets, eks = {}, dns, secrets, topics, ...props
  }: EksStackProps) {
    super(scope, id, props);
    const { environment } = props;
    const { name } = cluster;
    checkServices(this.node.path, environment, services);
    const parts = new Parts(this.node.path, services.map(service => service.name));
    this.network = 'vpcId' in network ? network : parts.make<AwsNetwork>('network', () => {
      const endpoints = topics && { endpoints: endpointsWith(network, messagingEndpoints) };
      return new Network(this, 'network', { ...network, ...endpoints, name, clusters: [name] });
    }, someNetwork(network));
    const names = dns && parts.make<Dns | undefined>('dns', () => new Dns(this, 'dns', { ...dns, name, network: this.network }), undefined);
    const dnsZoneIds = [...eks.dnsZoneIds ?? [], ...Object.values(names?.zones ?? {}).map(({ zoneId }) => zoneId)];
    const kept = secrets && parts.make<ServiceSecrets | undefined>('secrets', () => new ServiceSecrets(this, 'secrets', { ...secrets, name, services }), undefined);
    const prefixes = eks.secretPrefixes ?? prefixesOf(services);
    const secretPrefixes = [...prefixes, ...(kept?.names ?? []).filter(secret => !prefixes.some(prefix => secret.startsWith(prefix)))];
    const eksCluster = parts.make<EksCluster | undefined>(path => (Object.hasOwn(eks, path.split(/[.[]/, 1)[0]) ? 'eks' : 'cluster'), () => (
      new EksCluster(this, 'cluster', { ...eksPropsOf(cluster), ...eks, secretPrefixes, dnsZoneIds, network: this.network })), undefined);
    const place = { name, environment, cluster: eksCluster ?? someCluster, network: this.network };
    const made = addServices(this, parts, place, { services, databases, buckets, topics });
    parts.check();
    this.cluster = eksCluster as EksCluster;
    this.messaging = made.messaging;
    const { karpenter, addons, diskKeyArn } = this.cluster;
    tellInfrastructure(this, place, made, {
      dns: names,
      disks: { provisioner: cluster.autoscaling === 'managed' ? 'ebs.csi.eks.amazonaws.com' : 'ebs.csi.aws.com', key: diskKeyArn },
      controllers: addons.controllers,
      ...karpenter && { karpenter: { queue: karpenter.queueName, instanceProfile: karpenter.instanceProfile } },
    });
    new TerraformOutput(this, 'kubeconfig_command', {
      description: 'Lets kubectl speak to the cluster', staticId: true, value: `aws eks update-kubeconfig --region ${this.region} --name ${this.cluster.name}`,
    });
  }
}

/** The secrets of a platform have names that begin with its own. */
const prefixesOf = (services: readonly MicroserviceSpec[]) => [...new Set(services.map(({ platform }) => `${platform.name}/`))];
