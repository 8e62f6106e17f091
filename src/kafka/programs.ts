import { kafkaSelectorOf, replicationOf, type KafkaClusterSpec } from '../spec/kafka';
import type { DesiredAccess, DesiredTopic } from './desired';

/** A program that runs beside a cluster and is a user of it, with its own topics and exactly the permissions that it needs. */
export interface Program {
  /** Its user in Kafka, and the name of its objects. */
  readonly name: string;
  /** The labels that select its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly topics: readonly DesiredTopic[];
  readonly access: readonly Omit<DesiredAccess, 'principal'>[];
}

type Access = Program['access'][number];

/** The names of the programs beside a cluster, which are those of their users too. */
export const programNames = { registry: 'kafka-registry', ui: 'kafka-ui', connect: 'kafka-connect', mirror: 'kafka-mirror' } as const;

/** The programs that a description asks for. */
export function programsOf(spec: KafkaClusterSpec): Program[] {
  const { beside, connect, mirror } = spec;
  return [
    ...(beside.schemaRegistry ? [registryOf(spec)] : []),
    ...(beside.ui ? [ui] : []),
    ...(connect ? [connectOf(spec, connect)] : []),
    ...(mirror ? [mirrorOf(spec, mirror)] : []),
  ];
}

/** The labels of workers' pods, which are Strimzi's where that makes them. */
const workerLabelsOf = ({ operator }: KafkaClusterSpec, part: 'connect' | 'mirror') => (
  operator === 'strimzi' ? strimziLabelsOf(part === 'connect' ? 'KafkaConnect' : 'KafkaMirrorMaker2', programNames[part]) : kafkaSelectorOf(part));

/** The labels that Strimzi gives to the pods of what it runs. */
export const strimziLabelsOf = (kind: 'Kafka' | 'KafkaConnect' | 'KafkaMirrorMaker2', name: string) => ({ 'strimzi.io/cluster': name, 'strimzi.io/kind': kind });

const topic = (name: string, pattern: Access['pattern'], ...operations: Access['operations']): Access => ({ resourceType: 'TOPIC', name, pattern, operations });
const group = (name: string, pattern: Access['pattern'], ...operations: Access['operations']): Access => ({ resourceType: 'GROUP', name, pattern, operations });

/** A program's topic, with as many copies as the platform's have. */
function topicOf(spec: KafkaClusterSpec, name: string, partitions: number, configs: DesiredTopic['configs']): DesiredTopic {
  const { replication, minInsync } = replicationOf(spec);
  return { name, partitions, replication, configs: { ...configs, 'min.insync.replicas': minInsync } };
}

/** The topics of the registry. It refuses to start with any that forget. */
export const registryTopics = { journal: 'kafka-registry.journal', snapshots: 'kafka-registry.snapshots', events: 'kafka-registry.events' } as const;

function registryOf(spec: KafkaClusterSpec): Program {
  const kept = { 'cleanup.policy': 'delete', 'retention.bytes': -1, 'retention.ms': -1 };
  return {
    name: programNames.registry, labels: kafkaSelectorOf('registry'),
    topics: Object.values(registryTopics).map(name => topicOf(spec, name, 1, kept)),
    access: [
      topic('kafka-registry.', 'PREFIXED', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'READ', 'WRITE'),
      // Each start is a group of its own, since every replica reads everything.
      group('kafka-registry.', 'PREFIXED', 'DESCRIBE', 'READ'),
    ],
  };
}

const ui: Program = {
  name: programNames.ui, labels: kafkaSelectorOf('ui'), topics: [],
  access: [
    { resourceType: 'CLUSTER', name: 'kafka-cluster', pattern: 'LITERAL', operations: ['DESCRIBE', 'DESCRIBE_CONFIGS'] },
    topic('*', 'LITERAL', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'READ'),
    group('*', 'LITERAL', 'DESCRIBE'),
  ],
};

/** The topics in which the workers of Connect keep what they know. */
const workerTopicsOf = (spec: KafkaClusterSpec, name: string): DesiredTopic[] => [['configs', 1], ['offsets', 25], ['status', 5]]
  .map(([end, partitions]) => topicOf(spec, `${name}.${end}`, Number(partitions), { 'cleanup.policy': 'compact', 'retention.ms': -1 }));

const workerAccess = (name: string): Access[] => [
  topic(`${name}.`, 'PREFIXED', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'READ', 'WRITE'), group(name, 'LITERAL', 'DESCRIBE', 'READ'),
];

function connectOf(spec: KafkaClusterSpec, { reads, writes }: NonNullable<KafkaClusterSpec['connect']>): Program {
  const name = programNames.connect;
  return {
    name, labels: workerLabelsOf(spec, 'connect'), topics: workerTopicsOf(spec, name),
    access: [
      ...workerAccess(name),
      ...[...new Set([...reads, ...writes])].sort().map(each => (
        topic(each, 'LITERAL', 'DESCRIBE', ...(reads.includes(each) ? ['READ'] as const : []), ...(writes.includes(each) ? ['WRITE'] as const : [])))),
      // The groups of connectors that take messages are called so by Connect.
      ...(reads.length ? [group('connect-', 'PREFIXED', 'DESCRIBE', 'READ')] : []),
    ],
  };
}

/** @see https://kafka.apache.org/43/operations/geo-replication-cross-cluster-data-mirroring/ */
function mirrorOf(spec: KafkaClusterSpec, { source: { alias }, keepNames }: NonNullable<KafkaClusterSpec['mirror']>): Program {
  const name = programNames.mirror;
  const copying = ['ALTER', 'ALTER_CONFIGS', 'CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'READ', 'WRITE'] as const;
  return {
    name, labels: workerLabelsOf(spec, 'mirror'), topics: workerTopicsOf(spec, name),
    access: [
      ...workerAccess(name),
      { resourceType: 'CLUSTER', name: 'kafka-cluster', pattern: 'LITERAL', operations: ['DESCRIBE'] },
      ...(keepNames ? [topic('*', 'LITERAL', ...copying)] : [topic(`${alias}.`, 'PREFIXED', ...copying), topic(`mm2-offset-syncs.${alias}.internal`, 'LITERAL', ...copying)]),
      group('*', 'LITERAL', 'DESCRIBE', 'READ'),
    ],
  };
}
