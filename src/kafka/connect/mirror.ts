import { kafkaNames } from '../../spec/kafka';
import { bootstrapOf, clientSettings, jaasOf } from '../beside/program';
import { programNames } from '../programs';
import { copyingOf, excluded, sourceRulesOf, sourceSecret, sourceSecretOf, sourceServersOf } from './source';
import { loginOf, prefixed, storageOf, workersOf } from './workers';
import type { KafkaCluster } from '../cluster';
import type { KafkaConfig } from '../config-keys';

type Mirror = NonNullable<KafkaCluster['spec']['mirror']>;

const name = programNames.mirror;
const folder = '/etc/kafka/source';
const target = kafkaNames.bootstrap;

/**
 * A copy of another Kafka's topics, by workers that do nothing else.
 *
 * @see https://kafka.apache.org/43/operations/geo-replication-cross-cluster-data-mirroring/
 */
export function mirrorObjectsOf(cluster: KafkaCluster) {
  const { mirror, image, version } = cluster.spec;
  if (!mirror) return [];
  return [
    ...sourceSecretOf(cluster),
    ...workersOf(cluster, {
      part: 'mirror',
      image: { image, version },
      size: mirror,
      main: 'org.apache.kafka.connect.mirror.MirrorMaker',
      settings: settingsOf(cluster, mirror),
      // Its pages are for the workers alone, and ask who calls.
      readiness: { tcpSocket: { port: 'rest' } },
      mounts: { [folder]: { name: 'source', secret: { secretName: sourceSecret, defaultMode: 0o440 } } },
      egress: sourceRulesOf(cluster, mirror),
    }),
  ];
}

/** @see https://kafka.apache.org/43/configuration/mirrormaker-configs/ */
function settingsOf(cluster: KafkaCluster, mirror: Mirror): KafkaConfig {
  const { source: { alias, user }, topics, groups, tasks } = mirror;
  const copying = copyingOf(mirror);
  return {
    'clusters': `${alias},${target}`,
    ...prefixed(alias, {
      'bootstrap.servers': sourceServersOf(cluster, mirror), ...clientSettings, 'ssl.truststore.location': `${folder}/ca.crt`,
      'sasl.jaas.config': jaasOf(user.replace(/["\\]/g, '\\$&'), `\${dir:${folder}:password}`),
    }),
    ...prefixed(target, { 'bootstrap.servers': bootstrapOf(cluster), ...loginOf(name), ...storageOf(name), 'plugin.discovery': 'service_load' }),
    [`${alias}->${target}.enabled`]: true,
    [`${alias}->${target}.topics`]: topics,
    [`${alias}->${target}.topics.exclude`]: excluded.join(','),
    [`${alias}->${target}.groups`]: groups,
    // Whoever sends signs of life writes into the other Kafka, too.
    'emit.heartbeats.enabled': false,
    'tasks.max': tasks,
    ...copying.topics, ...copying.places,
    // Without it only the worker in charge hears of new topics.
    'dedicated.mode.enable.internal.rest': true,
  };
}
