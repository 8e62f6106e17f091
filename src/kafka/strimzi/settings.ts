import { keeping } from '../properties';
import type { Problem } from '../../errors';
import type { KafkaCluster } from '../cluster';
import type { KafkaConfig } from '../config-keys';

/** What the keys of server.properties begin with that Strimzi 1.2 writes itself; it passes over what anybody else says of them. */
const owned = [
  'advertised.', 'authorizer.', 'broker.', 'client.quota.callback.static.excluded.principal.name.list', 'client.quota.callback.static.fetch',
  'client.quota.callback.static.kafka.admin.', 'client.quota.callback.static.produce', 'client.quota.callback.static.storage.per.volume.limit.min.available.',
  'controller.', 'cordoned.log.dirs', 'cruise.control.metrics.reporter.bootstrap.servers', 'cruise.control.metrics.topic', 'host.name', 'inter.broker.listener.name',
  'listener.', 'listeners', 'log.dir', 'metadata.log.dir', 'node.id', 'password.', 'port', 'process.roles', 'prometheus.metrics.reporter.', 'sasl.', 'security.', 'ssl.', 'super.user',
] as const;

/** Keys that begin so and may be said nevertheless. */
const free: readonly string[] = [
  'broker.heartbeat.interval.ms', 'broker.session.timeout.ms', 'controller.quorum.election.backoff.max.ms', 'controller.quorum.election.timeout.ms',
  'controller.quorum.fetch.timeout.ms', 'controller.socket.timeout.ms', 'sasl.server.max.receive.size', 'ssl.cipher.suites', 'ssl.enabled.protocols',
  'ssl.protocol', 'ssl.secure.random.implementation',
];

const isOwned = (key: string) => !free.includes(key) && owned.some(prefix => key.startsWith(prefix));

/** The settings of all nodes that Strimzi lets be said: the same as without it. */
export function settingsOf(cluster: KafkaCluster): KafkaConfig {
  const all = { ...keeping(cluster, 'broker'), ...cluster.spec.config };
  return Object.fromEntries(Object.entries(all).filter(([key]) => !isOwned(key)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a description says that Strimzi would pass over without a word. */
export function settingProblems({ spec: { operator, config } }: Pick<KafkaCluster, 'spec'>, at: string): Problem[] {
  if (operator !== 'strimzi') return [];
  return Object.keys(config).filter(isOwned).map(key => ({ path: `${at}.config["${key}"]`, message: 'is set by Strimzi itself; remove it' }));
}
