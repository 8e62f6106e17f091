import { registryPort } from '../../spec/kafka';
import { bootstrapOf, pageOf } from '../beside/program';
import { selectorOf, type KafkaCluster } from '../cluster';
import { programNames } from '../programs';
import { loginOf, prefixed, storageOf, workersOf } from './workers';
import type { KafkaConfig } from '../config-keys';
import type { Volume } from '../../imports/kubernetes';

const name = programNames.connect;

/** Where the plugins of connectors are in an image that has some. */
const plugins = '/opt/kafka/plugins';

/** The Secret with what connectors need to know and nobody may see. Somebody else makes it, or nobody. */
const secrets: Volume = { name: 'secrets', secret: { secretName: 'kafka-connect-secrets', optional: true, defaultMode: 0o440 } };

/**
 * Workers of Kafka Connect, which share out the connectors among themselves.
 *
 * @see https://kafka.apache.org/43/kafka-connect/user-guide/
 */
export function connectObjectsOf(cluster: KafkaCluster) {
  const { spec } = cluster;
  if (!spec.connect) return [];
  const { image, ...size } = spec.connect;
  return workersOf(cluster, {
    part: 'connect',
    image: image ? { image: image.repository, version: image.version } : { image: spec.image, version: spec.version },
    size,
    main: 'org.apache.kafka.connect.cli.ConnectDistributed',
    settings: settingsOf(cluster, spec.connect),
    readiness: pageOf('rest', '/health', {}),
    mounts: { '/etc/kafka/secrets': secrets },
    egress: spec.beside.schemaRegistry ? [{ to: [{ podSelector: { matchLabels: selectorOf('registry') } }], ports: [{ port: registryPort, protocol: 'TCP' }] }] : [],
  });
}

/** @see https://kafka.apache.org/43/configuration/kafka-connect-configs/ */
function settingsOf(cluster: KafkaCluster, { image, config }: NonNullable<KafkaCluster['spec']['connect']>): KafkaConfig {
  const json = 'org.apache.kafka.connect.json.JsonConverter';
  // Connectors send and receive by clients of their own, which know nothing of how the workers log in.
  const logins = ['producer', 'consumer', 'admin'].map(client => prefixed(client, loginOf(name)));
  return {
    'bootstrap.servers': bootstrapOf(cluster), ...loginOf(name), ...Object.assign({}, ...logins) as KafkaConfig, ...storageOf(name),
    // Plugins of others may not say which they are: those are looked for class by class.
    ...(image ? { 'plugin.path': plugins } : { 'plugin.discovery': 'service_load' }),
    'key.converter': json, 'value.converter': json, ...config,
  };
}
