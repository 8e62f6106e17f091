import { replicationOf, type KafkaClusterSpec } from '../spec/kafka';
import type { KafkaCluster } from './cluster';
import { programsOf } from './programs';
import type { ConfigValue } from './config-keys';
import type { SettledService, SettledTopic } from '../spec/settle';

/** A topic as it has to be. */
export interface DesiredTopic {
  readonly name: string;
  readonly partitions: number;
  /** As many as the brokers say, where it is left out. */
  readonly replication?: number;
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
      .map(topic => [topic.topic, topicOf(topic, replicationOf(spec), topic)] as const),
    ...programs.flatMap(program => program.topics).map(topic => [topic.name, topic] as const),
  ]);
  const names = [...users.map(({ name }) => name), ...programs.map(({ name }) => name)];
  return {
    topics: inOrder(topics),
    users: [
      ...users.map(service => ({ name: service.name, secret: secretOf(service) })),
      ...programs.map(({ name }) => ({ name, secret: `${platform}/${name}/topics` })),
    ],
    acls: [...users.flatMap(service => accessOf(service)), ...programs.flatMap(({ name, access }) => access.map(each => ({ principal: `User:${name}`, ...each })))],
    quotas: quotasOf(spec.quotas, names),
  };
}

/** Where the secret store keeps what a service logs in with. */
export const secretOf = ({ topics }: SettledService) => (topics?.at === 'kafka' ? topics.secret : '');

export const inOrder = (topics: ReadonlyMap<string, DesiredTopic>): DesiredTopic[] => [...topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

/** The same limits for every user. */
export function quotasOf({ producerBytesPerSecond, consumerBytesPerSecond }: KafkaClusterSpec['quotas'], users: readonly string[]): DesiredQuota[] {
  const limits = {
    ...(producerBytesPerSecond === undefined ? {} : { producerByteRate: producerBytesPerSecond }),
    ...(consumerBytesPerSecond === undefined ? {} : { consumerByteRate: consumerBytesPerSecond }),
  };
  return Object.keys(limits).length ? users.map(user => ({ user, ...limits })) : [];
}

/** How many copies topics have that say nothing themselves, and how many are written, as far as it is known here. */
interface Copies { readonly replication?: number; readonly minInsync?: number }

/** A topic that says nothing of copies has as many as are usual. @param kept what is to become of its messages */
export function topicOf({ topic, partitions, replication, minInsync }: SettledTopic, usual: Copies, { retentionMs, cleanup }: Partial<Pick<SettledTopic, 'retentionMs' | 'cleanup'>>): DesiredTopic {
  const copies = replication ?? usual.replication;
  const written = minInsync ?? (replication === undefined ? usual.minInsync : Math.max(1, replication - 1));
  return {
    name: topic, partitions, ...(copies === undefined ? {} : { replication: copies }),
    configs: {
      ...(cleanup === undefined ? {} : { 'cleanup.policy': { 'delete': 'delete', 'compact': 'compact', 'compact-and-delete': 'compact,delete' }[cleanup] }),
      ...(written === undefined ? {} : { 'min.insync.replicas': written }),
      ...(retentionMs === undefined ? {} : { 'retention.ms': retentionMs }),
    },
  };
}

/** Names of groups and transactions begin with that of the service and a dot, which no service has in its name, or are that name. */
export function accessOf({ name, topics }: SettledService, user = name): DesiredAccess[] {
  const principal = `User:${user}`;
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
