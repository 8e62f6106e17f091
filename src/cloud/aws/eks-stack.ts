import type { Construct } from 'constructs';
import { pathIn, propsOf } from './_props';
import { endpointsUsedBy } from './addon-catalogue';
import { AwsStack, type AwsStackProps } from './aws-stack';
import { Dns } from './dns';
import { EksCluster } from './eks-cluster';
import { besidesSchema } from './eks-cluster-props';
import { describedAt, eksPropsOf } from './eks-spec';
import { messagingEndpoints, type Messaging } from './messaging';
import type { AwsNetwork } from './aws-network';
import { Network } from './network';
import { endpointsWith, type NetworkProps } from './network-props';
import { Parts, someCluster, someNetwork } from './parts';
import { clusterSchema, type ClusterSpec } from '../cluster/cluster';
import type { MicroserviceSpec } from '../../spec/microservice';
import { ServiceSecrets } from './service-secrets';
import { addServices, serviceProblems, tellInfrastructure, type ServicesInput } from './services';
import { ownPropsOf, partSchema, servicesShape } from './stack-props';
import { TerraformOutput } from '../engine';
import type { InputOf } from '../../spec/input';

export interface EksStackProps extends AwsStackProps, ServicesInput {
  readonly cluster: ClusterSpec;
  /** What else its cluster's construct takes: keys that exist, zones of names. @default {} */
  readonly eks?: InputOf<typeof besidesSchema>;
  /** What the network is made from; its name is that of the cluster. Or one that exists, from {@link Network.fromIds}. */
  readonly network: Omit<NetworkProps, 'name' | 'clusters'> | AwsNetwork;
}

const eksShape = {
  ...servicesShape,
  cluster: clusterSchema,
  eks: partSchema('an object').optional(),
  network: partSchema('what it is made from, or a network of Network.fromIds'),
};

/** A cluster with everything under it, in one stack: network, keys, nodes, add-ons and access. */
export class EksStack extends AwsStack {
  readonly network: AwsNetwork;
  readonly cluster: EksCluster;
  /** The topics and queues of services, where they are asked for. */
  readonly messaging: Messaging | undefined;

  /** @throws PROPS_INVALID with everything that is wrong with the properties. */
  constructor(scope: Construct, id: string, props: EksStackProps) {
    const own = ownPropsOf(eksShape, props, pathIn(scope, id));
    super(scope, id, own.props);
    const { network, services = [], databases, buckets, dns, secrets, topics } = props;
    const cluster = clusterSchema.parse(props.cluster);
    const [{ environment }, { name }] = [own.props, cluster];
    const parts = new Parts(this.node.path, services.map(service => service.name), own.problems);
    parts.need(serviceProblems(environment, services));
    const eks = parts.make('eks', () => besidesOf(props, this.node.path), {});
    this.network = isMade(network) ? network : parts.make<AwsNetwork>('network', () => {
      const used = [...topics ? messagingEndpoints : [], ...network.internet ? [] : endpointsUsedBy(cluster)];
      return new Network(this, 'network', { ...network, ...used.length > 0 && { endpoints: endpointsWith(network, used) }, name, clusters: [name] });
    }, someNetwork(network));
    const names = dns && parts.make<Dns | undefined>('dns', () => new Dns(this, 'dns', { ...dns, name, network: this.network }), undefined);
    const dnsZoneIds = [...eks.dnsZoneIds ?? [], ...Object.values(names?.zones ?? {}).map(({ zoneId }) => zoneId)];
    const kept = secrets && parts.make<ServiceSecrets | undefined>('secrets', () => new ServiceSecrets(this, 'secrets', { ...secrets, name, services }), undefined);
    const prefixes = eks.secretPrefixes ?? prefixesOf(services);
    const secretPrefixes = [...prefixes, ...(kept?.names ?? []).filter(secret => !prefixes.some(prefix => secret.startsWith(prefix)))];
    const eksCluster = parts.make<EksCluster | undefined>(path => (Object.hasOwn(eks, path.split(/[.[]/, 1)[0]) ? `eks.${path}` : `cluster.${describedAt(path)}`), () => (
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
      ...karpenter && {
        // Subnets of a network that exists carry no tag by which they are found.
        karpenter: { queue: karpenter.queueName, instanceProfile: karpenter.instanceProfile, ...isMade(network) && { subnets: Object.values(network.subnetsOf('private')) } },
      },
    });
    new TerraformOutput(this, 'kubeconfig_command', {
      description: 'Lets kubectl speak to the cluster', staticId: true, value: `aws eks update-kubeconfig --region ${this.region} --name ${this.cluster.name}`,
    });
  }
}

function besidesOf({ eks = {} }: EksStackProps, path: string): NonNullable<EksStackProps['eks']> {
  propsOf(besidesSchema, eks, path);
  return eks;
}

const isMade = (network: EksStackProps['network']): network is AwsNetwork => 'subnetsOf' in network;

/** The secrets of a platform have names that begin with its own. */
const prefixesOf = (services: readonly MicroserviceSpec[]) => [...new Set(services.map(({ platform }) => `${platform.name}/`))];
