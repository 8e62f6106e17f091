import { MartyError } from '../errors';
import { factsOf, type PlatformSpec } from '../spec/environments';
import { isOwnKafka, kafkaNames, nodesOf, type KafkaClusterSpec, type KafkaNode } from '../spec/kafka';
import { platformLabelsOf } from '../spec/names';
import type { Environment } from '../spec/environment';
import type { SettledService } from '../spec/settle';

/** Where objects for a Kafka are made, and for whom. */
export interface KafkaSurroundings {
  readonly facts: Environment;
  readonly platform: string;
  readonly environment: string;
  readonly namespace: string;
  /** The services of the platform; those that send or receive messages become its users. */
  readonly services: readonly SettledService[];
}

/** A Kafka in one environment, with everything that its objects are made of. */
export interface KafkaCluster extends KafkaSurroundings {
  readonly spec: KafkaClusterSpec;
}

/** An environment with its services in a stable order. */
export function surroundingsOf(platform: PlatformSpec, environment: string, services: readonly SettledService[]): KafkaSurroundings {
  const facts = factsOf(platform, environment);
  const byName = [...services].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { facts, platform: platform.name, environment, namespace: facts.namespace ?? platform.name, services: byName };
}

/**
 * The Kafka that an environment describes, with its users.
 *
 * @throws PLATFORM_INVALID when it describes none of its own.
 */
export function kafkaClusterOf(platform: PlatformSpec, environment: string, services: readonly SettledService[]): KafkaCluster {
  const surroundings = surroundingsOf(platform, environment, services);
  const { kafka } = surroundings.facts;
  if (!kafka || !isOwnKafka(kafka)) {
    throw new MartyError('PLATFORM_INVALID', `environments.${environment}.kafka: is ${kafka ? 'one that exists' : 'not named'}, expected one to make: { version: '4.3.1' }`);
  }
  return { spec: kafka, ...surroundings };
}

/** The labels of every object of a cluster. */
export function labelsOf({ platform }: Pick<KafkaSurroundings, 'platform'>): Record<string, string> {
  return { 'app.kubernetes.io/name': kafkaNames.bootstrap, ...platformLabelsOf(platform) };
}

export function metadataOf(cluster: Pick<KafkaSurroundings, 'platform' | 'namespace'>, name: string, labels: Readonly<Record<string, string>> = {}) {
  return { name, namespace: cluster.namespace, labels: { ...labelsOf(cluster), ...labels } };
}

/** The DNS name of one of the cluster's Services. */
export function hostOf({ namespace, facts }: KafkaCluster, service: string): string {
  return `${service}.${namespace}.svc.${facts.clusterDomain}`;
}

export const nodes = ({ spec, namespace, facts }: KafkaCluster): KafkaNode[] => nodesOf(spec, namespace, facts.clusterDomain);

/** The nodes that vote. */
export const controllersOf = (cluster: KafkaCluster) => nodes(cluster).filter(({ role }) => role !== 'broker');

/** The nodes that keep messages. */
export const brokersOf = (cluster: KafkaCluster) => nodes(cluster).filter(({ role }) => role !== 'controller');

export { kafkaSelectorOf as selectorOf, type KafkaPart } from '../spec/kafka';

/** Where everything of a node is in its container. */
export const paths = {
  libs: '/opt/kafka/libs', tool: '/etc/kafka/node', config: '/etc/kafka/config', identity: '/etc/kafka/identity', certificates: '/etc/kafka/certs',
  data: '/var/lib/kafka', run: '/run/kafka', desired: '/etc/kafka/desired', users: '/etc/kafka/users', admin: '/etc/kafka/admin',
} as const;

/** The Secret with the certificate of a part. */
export const certificateNameOf = (part: 'controller' | 'broker' | 'admin' | 'clients' | 'lag') => `kafka-${part}-tls`;

/** Whom a certificate makes its holder. */
export const principals = { controller: 'kafka-controller', broker: 'kafka-broker', admin: 'kafka-admin' } as const;
