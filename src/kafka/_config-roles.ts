import type { ConfigValue } from './_config-value';
import type { KafkaServerKey } from '../imports/kafka-config';
import { textOfValue } from '../spec/problems';

/** Which nodes do something with a key; `controllers decide` where both read it, and what topics get comes from the controllers. */
export type ConfigReaders = 'brokers' | 'controllers' | 'both' | 'controllers decide';

/**
 * What topics are created with, and who may lead them: a controller goes by its own configuration, whatever brokers say.
 *
 * @see https://cwiki.apache.org/confluence/display/KAFKA/KIP-1211:+Align+the+behavior+of+num.partitions+and+default.replication.factor+for+topic+creation
 * @see https://cwiki.apache.org/confluence/display/KAFKA/KIP-966%3A+Eligible+Leader+Replicas min.insync.replicas
 */
const decidedByControllers: readonly KafkaServerKey[] = [
  'default.replication.factor', 'min.insync.replicas', 'num.partitions', 'unclean.leader.election.enable',
];

/** @see https://kafka.apache.org/43/operations/kraft/ */
const readByControllers: readonly KafkaServerKey[] = [
  'alter.config.policy.class.name', 'auto.leader.rebalance.enable', 'controller.performance.always.log.threshold.ms',
  'controller.performance.sample.period.ms', 'create.topic.policy.class.name', 'delegation.token.expiry.check.interval.ms',
  'delete.topic.enable', 'leader.imbalance.check.interval.seconds', 'metadata.max.idle.interval.ms', 'unclean.leader.election.interval.ms',
];

/**
 * Keys, and beginnings of keys, about the data that brokers hold and the clients they serve.
 *
 * @see https://kafka.apache.org/43/configuration/broker-configs/
 */
export const readByBrokers: readonly string[] = [
  'add.partitions.to.txn.', 'alter.log.dirs.', 'broker.rack', 'compression.', 'controlled.shutdown.enable', 'delete.records.purgatory.', 'fetch.',
  'follower.fetch.', 'group.coordinator.', 'group.initial.rebalance.delay.ms', 'initial.broker.registration.timeout.ms', 'inter.broker.listener.name',
  'log.cleaner.', 'log.cleanup.policy', 'log.dir.failure.timeout.ms', 'log.flush.', 'log.index.', 'log.initial.task.delay.ms', 'log.local.retention.',
  'log.message.timestamp.', 'log.preallocate', 'log.retention.', 'log.roll.', 'log.segment.', 'max.incremental.fetch.session.cache.slots',
  'max.request.partition.size.limit', 'message.max.bytes', 'num.recovery.threads.per.data.dir', 'num.replica.', 'offset.metadata.max.bytes', 'offsets.',
  'producer.id.expiration.', 'producer.purgatory.', 'remote.fetch.', 'remote.list.offsets.', 'remote.log.index.', 'remote.log.manager.', 'remote.log.metadata.',
  'remote.log.reader.', 'remote.log.storage.manager.', 'replica.', 'share.coordinator.', 'share.fetch.', 'telemetry.max.bytes', 'transaction.', 'transactional.id.',
];

/** Which nodes do something with a key, so that a configuration for all of them can be dealt out. */
export function readersOf(key: string): ConfigReaders {
  if (decidedByControllers.some(name => name === key)) return 'controllers decide';
  if (readByControllers.some(name => name === key)) return 'controllers';
  return readByBrokers.some(name => (name.endsWith('.') ? key.startsWith(name) : key === name)) ? 'brokers' : 'both';
}

type Config = Readonly<Record<string, ConfigValue>>;

/** What is wrong with a key that stands where nobody, or somebody else, reads it. @param controllers what the controllers of a broker are given */
export function placeProblem(key: string, config: Config, role: 'broker' | 'controller', controllers: Config): string | undefined {
  const readers = readersOf(key);
  if (role === 'controller') return readers === 'brokers' ? 'is read by brokers alone; say it for the brokers' : listenerProblem(key, config, role);
  if (readers === 'controllers') return 'is read by controllers alone; say it for the controllers';
  if (readers !== 'controllers decide') return listenerProblem(key, config, role);
  if (!Object.hasOwn(controllers, key)) return 'is decided by the controllers, which are not told it; say the same for the controllers';
  return String(controllers[key]) === String(config[key]) ? undefined
    : `is ${textOfValue(config[key])} for brokers and ${textOfValue(controllers[key])} for controllers, which decide it; say the same for both`;
}

/** A node has either listeners for controllers or listeners for clients and brokers. */
function listenerProblem(key: string, config: Config, role: 'broker' | 'controller'): string | undefined {
  const own = config['controller.listener.names'];
  if ((key !== 'listeners' && key !== 'advertised.listeners') || own === undefined) return undefined;
  const listeners = elementsOf(config[key]).map(text => text.replace(/:\/\/.*/, ''));
  const stray = listeners.find(name => elementsOf(own).includes(name) !== (role === 'controller'));
  return stray === undefined ? undefined
    : `names ${stray}, which is ${role === 'controller' ? 'not ' : ''}in controller.listener.names; a ${role} has ${role === 'controller' ? 'only' : 'none of'} those`;
}

const elementsOf = (value: ConfigValue) => String(value).split(',').map(element => element.trim()).filter(Boolean);
