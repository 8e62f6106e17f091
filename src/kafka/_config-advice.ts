import type { KafkaServerKey, KafkaTopicKey } from '../imports/kafka-config';

const withoutZooKeeper = 'remove it: the controllers keep what ZooKeeper kept';

/**
 * What to do instead of a key that Kafka dropped or will drop; for the others, to remove it.
 *
 * @see https://kafka.apache.org/40/getting-started/upgrade
 * @see https://kafka.apache.org/43/getting-started/upgrade/
 */
const advice: Readonly<Partial<Record<KafkaServerKey | KafkaTopicKey, string>>> = {
  'auto.include.jmx.reporter': 'name org.apache.kafka.common.metrics.JmxReporter in metric.reporters',
  'broker.id.generation.enable': 'remove it: every node is given its node.id',
  'control.plane.listener.name': 'remove it: controllers have listeners of their own, controller.listener.names',
  'delegation.token.master.key': 'use delegation.token.secret.key',
  'eligible.leader.replicas.enable': 'set the feature eligible.leader.replicas.version with kafka-features',
  'group.coordinator.new.enable': 'remove it: there is one group coordinator',
  'group.coordinator.rebalance.protocols': 'remove it, and set the features group.version, streams.version and share.version with kafka-features',
  'group.share.enable': 'set the feature share.version with kafka-features',
  'inter.broker.protocol.version': 'set the feature metadata.version with kafka-features',
  'internal.metadata.max.fetch.size.in.bytes': 'use controller.quorum.fetch.max.bytes',
  'log.cleaner.enable': 'remove it: without the cleaner, compacted topics grow without end',
  'log.message.downconversion.enable': 'remove it: clients that need it are no longer served',
  'log.message.format.version': 'remove it: messages have one format',
  'log.message.timestamp.difference.max.ms': 'use log.message.timestamp.before.max.ms and log.message.timestamp.after.max.ms',
  'message.downconversion.enable': 'remove it: clients that need it are no longer served',
  'message.format.version': 'remove it: messages have one format',
  'message.timestamp.difference.max.ms': 'use message.timestamp.before.max.ms and message.timestamp.after.max.ms',
  'metadata.log.segment.min.bytes': 'use metadata.log.segment.bytes',
  'reserved.broker.max.id': 'remove it: every node is given its node.id',
};

/** Keys that were taken out of use by another one, from the line on that has it. */
const successors: Readonly<Partial<Record<KafkaServerKey, KafkaServerKey>>> = {
  'remote.log.manager.thread.pool.size': 'remote.log.manager.follower.thread.pool.size',
};

/** What to do about a key that is gone or going. @param exists whether the line has a key */
export function adviceFor(key: string, exists: (key: string) => boolean): string {
  const successor = (successors as Readonly<Record<string, string | undefined>>)[key];
  if (successor !== undefined && exists(successor)) return `use ${successor}`;
  if (/^(zookeeper|password\.encoder)\./.test(key)) return withoutZooKeeper;
  return (advice as Readonly<Record<string, string | undefined>>)[key] ?? 'remove it';
}

/**
 * Keys that 3.9 still has and reads only where ZooKeeper is in use.
 *
 * @see https://kafka.apache.org/39/operations/kraft
 */
const ofZooKeeper: readonly KafkaServerKey[] = [
  'broker.id.generation.enable', 'control.plane.listener.name', 'controlled.shutdown.max.retries', 'controlled.shutdown.retry.backoff.ms',
  'inter.broker.protocol.version', 'leader.imbalance.per.broker.percentage', 'reserved.broker.max.id',
];

/** Whether a key means something only to a cluster that has ZooKeeper. */
export function needsZooKeeper(key: string): boolean {
  return /^(zookeeper|password\.encoder)\./.test(key) || ofZooKeeper.some(name => name === key);
}
