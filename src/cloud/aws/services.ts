import type { AwsCluster } from './aws-cluster';
import type { AwsStack } from './aws-stack';
import { Buckets, bucketsOf, type BucketsInput, type BucketsProps } from './buckets';
import type { DatabasesInput } from './database-choice';
import { Databases } from './databases';
import type { Dns, DnsInput } from './dns';
import { Messaging, messagingEndpoints, type MessagingInput } from './messaging';
import type { AwsNetwork } from './aws-network';
import type { Parts } from './parts';
import { ServiceIdentities } from './service-identities';
import type { ServiceSecretsInput } from './service-secrets';
import { TerraformOutput } from '../engine';
import { MartyError, didYouMean, type Problem } from '../../errors';
import type { Infrastructure } from '../../spec/infrastructure';
import type { MicroserviceSpec } from '../../spec/microservice';

/** Services, and how what they declare is made. */
export interface ServicesInput {
  /** Services whose stores are made here: each PostgreSQL and each bucket; they get the roles that they need. @default [] */
  readonly services?: readonly MicroserviceSpec[];
  /** How databases of services are made. @default {} */
  readonly databases?: DatabasesInput;
  /** How buckets of services are made; it is needed where some declare one. @default - none is declared */
  readonly buckets?: BucketsInput;
  /** How topics of services are made, in SNS and SQS. @default - they are not: messages go through a Kafka */
  readonly topics?: MessagingInput;
  /** Zones of names, which the external-dns of a cluster that is made with them may write in, and certificates for load balancers. @default {} */
  readonly dns?: DnsInput;
  /** How secrets that services declare are made and kept fresh; variables of Terraform give their values. @default - they are there already */
  readonly secrets?: ServiceSecretsInput;
}

/** What is told besides of names, and of a cluster that is made with them. */
interface OfCluster extends Pick<Infrastructure, 'disks' | 'karpenter'> {
  readonly dns?: Dns;
  readonly controllers?: readonly string[];
}

/** Where services run. */
interface Place {
  /** The prefix of the names of what is made. */
  readonly name: string;
  readonly environment: string | undefined;
  readonly cluster: AwsCluster;
  readonly network: AwsNetwork;
}

interface Made {
  /** Databases, where there are some. */
  readonly databases: Databases | undefined;
  readonly stores: Infrastructure['stores'];
  /** The topics and queues of services, where they are asked for. */
  readonly messaging: Messaging | undefined;
}

/** Makes what services declare, and lets their pods use it. */
export function addServices(stack: AwsStack, parts: Parts, place: Place, { services = [], databases = {}, buckets, topics }: ServicesInput): Made {
  const { name, environment, cluster, network } = place;
  const whose = { name, environment, services };
  const clients = { nodes: cluster.nodeSecurityGroupId };
  const made = services.length
    ? parts.make<Databases | undefined>('databases', () => new Databases(stack, 'stores', { ...databases, ...whose, network, clients }), undefined) : undefined;
  const messaging = topics && parts.make<Messaging | undefined>('topics', () => {
    if (!network.internet && network.rangesOf(...messagingEndpoints) === 'internet') throw noWay(stack);
    return new Messaging(stack, 'topics', { ...topics, ...whose });
  }, undefined);
  const bucketsMade = parts.make('buckets', () => bucketsFor(stack, whose, buckets), undefined);
  const permissions = [bucketsMade?.permissions ?? {}, messaging?.permissions ?? {}];
  parts.make('', () => void new ServiceIdentities(stack, 'identities', { ...whose, clusterName: cluster.name, permissions }), undefined);
  return { databases: made, stores: { ...made?.made, ...bucketsMade?.made }, messaging };
}

const noWay = ({ node }: AwsStack) => new MartyError('PROPS_INVALID', `${node.path}: topics cannot be reached:`, {
  problems: [{ path: '', message: `are reached by nobody: the network has neither the internet nor endpoints of ${messagingEndpoints.join(' and ')}; add these to its endpoints` }],
});

function bucketsFor(stack: AwsStack, whose: Pick<BucketsProps, 'services' | 'name' | 'environment'>, buckets: BucketsInput | undefined): Buckets | undefined {
  if (buckets) return new Buckets(stack, 'buckets', { ...buckets, ...whose });
  const declared = bucketsOf(whose.services);
  const { environment } = whose;
  if (declared.length === 0) return undefined;
  throw new MartyError('PROPS_INVALID', `${stack.node.path}: not every store can be made${environment ? ` in ${environment}` : ''}:`, {
    problems: declared.map(({ service, alias }) => ({ path: `${service.name}.stores.${alias}`, message: 'is a bucket, but the property buckets does not say where its accesses are logged and where its copy is; add it' })),
  });
}

/** Tells descriptions and `marty infra` what was made. */
export function tellInfrastructure(
  stack: AwsStack, { environment, cluster, network }: Place, { stores, messaging }: Made, { dns, ...more }: OfCluster,
): void {
  const { name, version: kubernetes, endpoint, certificateAuthority } = cluster;
  new TerraformOutput(stack, 'infrastructure', {
    description: 'What `marty infra config` reads',
    staticId: true,
    value: {
      format: 1, cloud: 'aws', ...environment && { environment }, region: stack.region, account: stack.account,
      cluster: { name, kubernetes, endpoint, certificateAuthority, zones: Object.keys(network.subnetsOf('private')).length },
      network: { id: network.vpcId, cidr: network.cidr, data: network.dataRanges, internet: network.internet !== undefined },
      ...more,
      stores,
      ...messaging && { topics: { ...messaging.place, cidrs: network.rangesOf(...messagingEndpoints) } },
      ...dns && { dns: dns.made },
    },
  });
}

/** Services that are given twice, or never run in the environment that a stack is for. */
export function serviceProblems(environment: string | undefined, services: readonly MicroserviceSpec[]): Problem[] {
  const names = services.map(({ name }) => name);
  const twice = names.flatMap((name, index) => (names.indexOf(name) < index ? [{ path: `services[${index}]`, message: `is ${name}, which is given before; give each once` }] : []));
  const strange = environment === undefined ? undefined : services.find(({ platform }) => !Object.hasOwn(platform.environments, environment));
  if (environment === undefined || !strange) return twice;
  const { name, environments } = strange.platform;
  const known = Object.keys(environments);
  const message = `is "${environment}", which the platform ${name} of ${strange.name} does not have, expected one of ${known.join(', ')}${didYouMean(environment, known)}`;
  return [...twice, { path: 'environment', message }];
}
