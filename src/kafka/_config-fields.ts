import { brokersOf, type KafkaClusterSpec } from '../spec/kafka';
import type { ConfigValue } from './_config-value';
import type { Problem } from '../errors';

const hour = 3_600_000;

/** Keys that a field of the description says, and how many of the field's unit one of the key's is. */
const fields: Readonly<Record<string, { readonly field: string; readonly unit: number }>> = {
  'default.replication.factor': { field: 'replication', unit: 1 },
  'min.insync.replicas': { field: 'minInsync', unit: 1 },
  'log.retention.ms': { field: 'retentionMs', unit: 1 },
  'log.retention.minutes': { field: 'retentionMs', unit: hour / 60 },
  'log.retention.hours': { field: 'retentionMs', unit: hour },
};

/** The topics that Kafka keeps for itself: how many copies they have, and how many of them have to be written. */
const ownTopics = [
  { factor: 'offsets.topic.replication.factor' },
  { factor: 'transaction.state.log.replication.factor', written: 'transaction.state.log.min.isr' },
  { factor: 'share.coordinator.state.topic.replication.factor', written: 'share.coordinator.state.topic.min.isr' },
] as const;

/** Settings that a field of the description says, that no such Kafka could follow, or by which it would take nothing. */
export function fieldProblems(spec: Pick<KafkaClusterSpec, 'config' | 'controllers' | 'zones' | 'brokersPerZone'>): Problem[] {
  const { config } = spec;
  return [
    ...Object.entries(fields).filter(([path]) => Object.hasOwn(config, path))
      .map(([path, { field, unit }]) => ({ path, message: saidBy(field, config[path], unit) })),
    ...ownTopicProblems(config, brokersOf(spec)),
    ...(numberIn(config, 'message.max.bytes', 1024) < 1024
      ? [{ path: 'message.max.bytes', message: `is ${config['message.max.bytes']} bytes, in which no message has room; expected at least 1024` }] : []),
  ];
}

function saidBy(field: string, value: ConfigValue, unit: number): string {
  const number = Number(value);
  const said = Number.isSafeInteger(number) && number > 0 ? `topics: { ${field}: ${number * unit} }` : `topics.${field}`;
  return `is what topics.${field} says, by which the topics are made; say ${said} instead`;
}

function ownTopicProblems(config: KafkaClusterSpec['config'], brokers: number): Problem[] {
  return ownTopics.flatMap((topic): Problem[] => {
    const copies = numberIn(config, topic.factor, Math.min(3, brokers));
    if (copies > brokers) {
      const there = brokers === 1 ? 'is 1 broker' : `are ${brokers} brokers`;
      return [{ path: topic.factor, message: `is ${copies}, but there ${there}, so that Kafka never makes the topic; expected at most ${brokers}` }];
    }
    if (copies === 1 && brokers > 1) return [{ path: topic.factor, message: 'is 1, which is lost with a disk, and its broker could never be restarted unnoticed; expected at least 2' }];
    if (!('written' in topic)) return [];
    const written = numberIn(config, topic.written, Math.max(1, Math.min(3, brokers) - 1));
    const expected = Math.max(1, copies - 1);
    if (written <= expected) return [];
    return [{ path: topic.written, message: `is ${written} of ${copies} copies, so that writing stops while a broker is restarted; expected ${expected}` }];
  });
}

/** What is said, as far as it is a number; what is none is told as that. */
function numberIn(config: KafkaClusterSpec['config'], key: string, otherwise: number): number {
  const number = Object.hasOwn(config, key) ? Number(config[key]) : otherwise;
  return Number.isNaN(number) ? otherwise : number;
}
