import type { Construct } from 'constructs';
import { AwsStack, type AwsStackProps } from './aws-stack';
import { Buckets, bucketsOf, type BucketsInput, type BucketsProps } from './buckets';
import { EksCluster, type EksClusterProps } from './eks-cluster';
import { eksPropsOf } from './eks-spec';
import type { DatabasesInput } from './database-choice';
import { Databases } from './databases';
import { Dns, type DnsInput } from './dns';
import { Messaging, messagingEndpoints, type MessagingInput } from './messaging';
import { Network, type AwsNetwork } from './network';
import { endpointsWith, type NetworkProps } from './network-props';
import type { ClusterSpec } from '../cluster/cluster';
import type { MicroserviceSpec } from '../../spec/microservice';
import { ServiceIdentities } from './service-identities';
import { ServiceSecrets, type ServiceSecretsInput } from './service-secrets';
import { TerraformOutput } from '../engine';
import { MartyError, didYouMean } from '../../errors';

export interface EksStackProps extends AwsStackProps {
  readonly cluster: ClusterSpec;
  /** Services whose stores are made here: each PostgreSQL and each bucket; they get the roles that they need. @default [] */
  readonly services?: readonly MicroserviceSpec[];
  /** What else its cluster's construct takes: keys that exist, zones of names. @default {} */
  readonly eks?: Partial<Pick<EksClusterProps, 'dnsZoneIds' | 'secretPrefixes' | 'secretsKeyArn' | 'diskKeyArn' | 'logKeyArn' | 'createServiceLinkedRole'>>;
  /** How databases of services are made. @default {} */
  readonly databases?: DatabasesInput;
  /** How buckets of services are made; it is needed where some declare one. @default - none is declared */
  readonly buckets?: BucketsInput;
  /** How topics of services are made, in SNS and SQS. @default - they are not: messages go through a Kafka */
  readonly topics?: MessagingInput;
  /** Zones of names, which external-dns may then write in, and certificates for load balancers. @default {} */
  readonly dns?: DnsInput;
  /** How secrets that services declare are made and kept fresh; variables of Terraform give their values. @default - they are there already */
  readonly secrets?: ServiceSecretsInput;
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
    cluster, network, services = [], databases = {}, buckets, eks = {}, dns, secrets, topics, ...props
  }: EksStackProps) {
    super(scope, id, props);
    checkEnvironment(this.node.path, props.environment, services);
    this.network = 'vpcId' in network ? network : new Network(this, 'network', { ...network, ...topics && { endpoints: endpointsWith(network, messagingEndpoints) }, name: cluster.name, clusters: [cluster.name] });
    const names = dns && new Dns(this, 'dns', { ...dns, name: cluster.name, network: this.network });
    const dnsZoneIds = [...eks.dnsZoneIds ?? [], ...Object.values(names?.zones ?? {}).map(({ zoneId }) => zoneId)];
    const kept = secrets && new ServiceSecrets(this, 'secrets', { ...secrets, name: cluster.name, services });
    const prefixes = eks.secretPrefixes ?? prefixesOf(services);
    const secretPrefixes = [...prefixes, ...(kept?.names ?? []).filter(secret => !prefixes.some(prefix => secret.startsWith(prefix)))];
    this.cluster = new EksCluster(this, 'cluster', { ...eksPropsOf(cluster), ...eks, secretPrefixes, dnsZoneIds, network: this.network });
    const databasesMade = services.length ? new Databases(this, 'stores', {
      ...databases, name: cluster.name, environment: props.environment, services, network: this.network,
      clients: { nodes: this.cluster.nodeSecurityGroupId },
    }).made : {};
    this.messaging = topics && new Messaging(this, 'topics', { ...topics, name: cluster.name, environment: props.environment, services });
    const bucketsMade = this.bucketsFor({ services, name: cluster.name, environment: props.environment }, buckets);
    const permissions = [bucketsMade?.permissions ?? {}, this.messaging?.permissions ?? {}];
    new ServiceIdentities(this, 'identities', { name: cluster.name, clusterName: this.cluster.resource.name, environment: props.environment, services, permissions });
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
        disks: { provisioner: cluster.autoscaling === 'managed' ? 'ebs.csi.eks.amazonaws.com' : 'ebs.csi.aws.com', key: this.cluster.diskKeyArn },
        controllers: this.cluster.addons.controllers,
        ...karpenter && { karpenter: { queue: karpenter.queueName, instanceProfile: karpenter.instanceProfile } },
        stores: { ...databasesMade, ...bucketsMade?.made },
        ...this.messaging && { topics: { ...this.messaging.place, cidrs: this.network.rangesOf(...messagingEndpoints) } },
        ...names && { dns: names.made },
      },
    });
    new TerraformOutput(this, 'kubeconfig_command', {
      description: 'Lets kubectl speak to the cluster', staticId: true, value: `aws eks update-kubeconfig --region ${this.region} --name ${this.cluster.name}`,
    });
  }

  private bucketsFor(what: Pick<BucketsProps, 'services' | 'name' | 'environment'>, buckets: BucketsInput | undefined): Buckets | undefined {
    if (buckets) return new Buckets(this, 'buckets', { ...buckets, ...what });
    const declared = bucketsOf(what.services);
    const { environment } = what;
    if (declared.length === 0) return undefined;
    throw new MartyError('PROPS_INVALID', `${this.node.path}: not every store can be made${environment ? ` in ${environment}` : ''}:`, {
      problems: declared.map(({ service, alias }) => ({ path: `${service.name}.stores.${alias}`, message: 'is a bucket, but the property buckets does not say where its accesses are logged and where its copy is; add it' })),
    });
  }
}

/** @throws PROPS_INVALID where services never run in the environment that a stack is for. */
function checkEnvironment(path: string, environment: string | undefined, services: readonly MicroserviceSpec[]): void {
  const strange = environment === undefined ? undefined : services.find(({ platform }) => !Object.hasOwn(platform.environments, environment));
  if (environment === undefined || !strange) return;
  const { name, environments } = strange.platform;
  const known = Object.keys(environments);
  const message = `is "${environment}", which the platform ${name} of ${strange.name} does not have, expected one of ${known.join(', ')}${didYouMean(environment, known)}`;
  throw new MartyError('PROPS_INVALID', `${path}: services cannot be prepared for:`, { problems: [{ path: 'environment', message }] });
}

/** The secrets of a platform have names that begin with its own. */
const prefixesOf = (services: readonly MicroserviceSpec[]) => [...new Set(services.map(({ platform }) => `${platform.name}/`))];
