import type { Problem } from '../../errors';
import type { KafkaCluster } from '../cluster';

/** What the settings of workers begin with that are written for them, whoever runs them; Strimzi passes over what anybody else says of them. */
const owned = [
  'bootstrap.servers', 'config.storage.topic', 'consumer.interceptor.classes', 'group.id', 'listeners', 'offset.storage.topic', 'plugin.path',
  'producer.interceptor.classes', 'prometheus.metrics.reporter.', 'rest.', 'sasl.', 'security.', 'ssl.', 'status.storage.topic',
] as const;

/** How the clients of connectors log in, and where workers find secrets. */
const ownedByPlain = ['config.providers', ...['admin', 'consumer', 'producer'].flatMap(client => ['bootstrap.servers', 'sasl.', 'security.', 'ssl.'].map(key => `${client}.${key}`))];

/** What a description says of its workers that is said already. */
export function workerSettingProblems({ spec: { operator, connect } }: Pick<KafkaCluster, 'spec'>, at: string): Problem[] {
  const [prefixes, by] = operator === 'strimzi' ? [owned, 'Strimzi itself'] : [[...owned, ...ownedByPlain], 'the workers themselves'];
  return Object.keys(connect?.config ?? {}).filter(key => prefixes.some(prefix => key.startsWith(prefix)))
    .map(key => ({ path: `${at}.connect.config["${key}"]`, message: `is set by ${by}; remove it` }));
}
