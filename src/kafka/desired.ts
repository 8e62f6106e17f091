import { replicationOf } from '../spec/kafka';
import type { KafkaCluster } from './cluster';
import { programsOf } from './programs';
import type { ConfigValue } from './config-keys';
import type { SettledService, SettledTopic } from '../spec/settle';

/** A topic as it has to be. */
export interface DesiredTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly configs: Readonly<Record<string, ConfigValue>>;
}

/** What one user may do with what has a name, or a name that begins so. */
export interface DesiredAccess {
  readonly principal: string;
  readonly resourceType: 'TOPIC' | 'GROUP' | 'TRANSACTIONAL_ID' | 'CLUSTER';
  readonly name: string;
  readonly pattern: 'LITERAL' | 'PREFIXED';
  readonly operations: readonly ('READ' | 'WRITE' | 'DESCRIBE' | 'DESCRIBE_CONFIGS' | 'CREATE' | 'ALTER' | 'ALTER_CONFIGS')[];
}

export interface DesiredUser { readonly name: string; readonly secret: string }
export interface DesiredQuota { readonly user: string; readonly producerByteRate?: number; readonly consumerByteRate?: number }

/** Everything that a cluster has to hold for its services. */
export interface Desired {
  readonly topics: readonly DesiredTopic[];
  readonly users: readonly DesiredUser[];
  readonly acls: readonly DesiredAccess[];
  readonly quotas: readonly DesiredQuota[];
}

/** What a cluster has to hold, as it follows from who sends and who receives what: exactly that is allowed, and nothing else. */
export function desiredOf({ spec, platform, services }: Pick<KafkaCluster, 'spec' | 'platform' | 'services'>): Desired {
  const users = services.filter(({ topics }) => topics);
  const programs = programsOf(spec);
  const topics = new Map([
    ...users.flatMap(({ topics: used }) => [...Object.values(used?.produces ?? {}), ...Object.values(used?.consumes ?? {})])
      .map(topic => [topic.topic, topicOf(topic, spec)] as const),
    ...programs.flatMap(program => program.topics).map(topic => [topic.name, topic] as const),
  ]);
  const names = [...users.map(({ name }) => name), ...programs.map(({ name }) => name)];
  const { producerBytesPerSecond, consumerBytesPerSecond } = spec.quotas;
  const limits = {
    ...(producerBytesPerSecond === undefined ? {} : { producerByteRate: producerBytesPerSecond }),
    ...(consumerBytesPerSecond === undefined ? {} : { consumerByteRate: consumerBytesPerSecond }),
  };
  return {
    topics: [...topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    users: [
      ...users.map(({ name, topics: used }) => ({ name, secret: used?.secret ?? '' })),
      ...programs.map(({ name }) => ({ name, secret: `${platform}/${name}/topics` })),
    ],
    acls: [...users.flatMap(accessOf), ...programs.flatMap(({ name, access }) => access.map(each => ({ principal: `User:${name}`, ...each })))],
    quotas: Object.keys(limits).length ? names.map(user => ({ user, ...limits })) : [],
  };
}

/** A topic that says nothing of copies has as many as the cluster gives it. */
function topicOf({ topic, partitions, retentionMs, cleanup, replication, minInsync }: SettledTopic, spec: KafkaCluster['spec']): DesiredTopic {
  const usual = replicationOf(spec);
  const copies = replication ?? usual.replication;
  return {
    name: topic, partitions, replication: copies,
    configs: {
      'cleanup.policy': { 'delete': 'delete', 'compact': 'compact', 'compact-and-delete': 'compact,delete' }[cleanup],
      'min.insync.replicas': minInsync ?? (replication === undefined ? usual.minInsync : Math.max(1, replication - 1)),
      'retention.ms': retentionMs,
    },
  };
}

/** Names of groups and transactions begin with that of the service and a dot, which no service has in its name, or are that name. */
function accessOf({ name, topics }: SettledService): DesiredAccess[] {
  const principal = `User:${name}`;
  const of = (used: Readonly<Record<string, SettledTopic>> = {}) => [...new Set(Object.values(used).map(({ topic }) => topic))].sort();
  const [produced, consumed] = [of(topics?.produces), of(topics?.consumes)];
  const topicAccess = [...new Set([...produced, ...consumed])].sort().map((topic): DesiredAccess => ({
    principal, resourceType: 'TOPIC', name: topic, pattern: 'LITERAL',
    operations: ['DESCRIBE', ...(consumed.includes(topic) ? ['READ'] as const : []), ...(produced.includes(topic) ? ['WRITE'] as const : [])],
  }));
  const named = (resourceType: DesiredAccess['resourceType'], operations: DesiredAccess['operations']): DesiredAccess[] => [
    { principal, resourceType, name, pattern: 'LITERAL', operations }, { principal, resourceType, name: `${name}.`, pattern: 'PREFIXED', operations },
  ];
  return [
    ...topicAccess,
    ...(consumed.length ? named('GROUP', ['DESCRIBE', 'READ']) : []),
    ...(produced.length ? named('TRANSACTIONAL_ID', ['DESCRIBE', 'WRITE']) : []),
  ];
}
