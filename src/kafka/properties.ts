import { joinsByItself, kafkaNames, kafkaPorts, replicationOf } from '../spec/kafka';
import { brokersOf, controllersOf, hostOf, paths, principals, type KafkaCluster } from './cluster';
import { readersOf, type KafkaConfig } from './config-keys';
import { externalAddressOf } from './external';

type Role = 'controller' | 'broker' | 'combined';

/**
 * The whole server.properties of the nodes of a role. Where a node differs from its like stands `{pod}`, `{id}` or `{rack}`, which
 * each puts in before it starts.
 *
 * @see https://kafka.apache.org/43/configuration/broker-configs/
 */
export function serverPropertiesOf(cluster: KafkaCluster, role: Role): KafkaConfig {
  return {
    ...quorumOf(cluster, role), ...listenersOf(cluster, role), ...certificateProperties, ...authorization, ...keeping(cluster, role),
    ...ownOf(cluster, role),
  };
}

function quorumOf(cluster: KafkaCluster, role: Role): KafkaConfig {
  const { spec } = cluster;
  return {
    'process.roles': role === 'combined' ? 'broker,controller' : role,
    'node.id': '{id}',
    'controller.quorum.bootstrap.servers': controllersOf(cluster).map(({ host }) => `${host}:${kafkaPorts.controller}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': `${paths.data}/data`,
    // A controller with an empty disk takes the place of the one that it was by itself.
    ...(role !== 'broker' && joinsByItself(spec) ? { 'controller.quorum.auto.join.enable': spec.controllers !== 'combined' } : {}),
  };
}

function listenersOf(cluster: KafkaCluster, role: Role): KafkaConfig {
  const service = role === 'controller' ? kafkaNames.controller : kafkaNames.broker;
  const external = externalAddressOf(cluster.spec);
  const listeners = [
    ...(role === 'controller' ? [] : [['CLIENT', kafkaPorts.client], ['REPLICATION', kafkaPorts.replication]] as const),
    ...(role === 'broker' ? [] : [['CONTROLLER', kafkaPorts.controller]] as const),
  ];
  const outside = role === 'broker' && external ? [`EXTERNAL://:${kafkaPorts.external}`] : [];
  const advertised = listeners.map(([name, port]) => `${name}://${hostOf(cluster, `{pod}.${service}`)}:${port}`);
  const client = (name: string): KafkaConfig => ({
    [`listener.name.${name}.ssl.client.auth`]: 'none',
    [`listener.name.${name}.sasl.enabled.mechanisms`]: 'SCRAM-SHA-512',
    [`listener.name.${name}.scram-sha-512.sasl.jaas.config`]: 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  });
  return {
    'listeners': [...listeners.map(([name, port]) => `${name}://:${port}`), ...outside].join(','),
    'advertised.listeners': [...advertised, ...(outside.length ? [`EXTERNAL://${external}`] : [])].join(','),
    'listener.security.protocol.map': role === 'controller' ? 'CONTROLLER:SSL'
      : `CONTROLLER:SSL,REPLICATION:SSL,CLIENT:SASL_SSL${outside.length ? ',EXTERNAL:SASL_SSL' : ''}`,
    ...(role === 'broker' ? {} : { 'listener.name.controller.ssl.client.auth': 'required' }),
    ...(role === 'controller' ? {} : {
      'inter.broker.listener.name': 'REPLICATION',
      'listener.name.replication.ssl.client.auth': 'required',
      ...client('client'),
      ...(outside.length ? client('external') : {}),
    }),
  };
}

/** The certificate of a node and whom it trusts, from the files of a Secret as cert-manager makes it. */
export const certificateProperties: KafkaConfig = {
  'config.providers': 'dir',
  'config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
  'config.providers.dir.param.allowed.paths': paths.certificates,
  'ssl.keystore.type': 'PEM',
  'ssl.keystore.certificate.chain': `\${dir:${paths.certificates}:tls.crt}`,
  'ssl.keystore.key': `\${dir:${paths.certificates}:tls.key}`,
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.certificates': `\${dir:${paths.certificates}:ca.crt}`,
};

/** Whoever has no permission has none. The nodes, and whoever provisions, are known by the names in their certificates. */
const authorization: KafkaConfig = {
  'ssl.endpoint.identification.algorithm': 'https',
  'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/,DEFAULT',
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'allow.everyone.if.no.acl.found': false,
  'super.users': Object.values(principals).map(name => `User:${name}`).join(';'),
};

/** How topics are kept. Controllers are told, too, since it is they who make topics: what only brokers say is passed over. */
export function keeping(cluster: KafkaCluster, role: Role): KafkaConfig {
  const { spec } = cluster;
  const { replication, minInsync } = replicationOf(spec);
  const common: KafkaConfig = {
    'num.partitions': 3,
    'default.replication.factor': replication,
    'min.insync.replicas': minInsync,
    'unclean.leader.election.enable': false,
  };
  if (role === 'controller') return common;
  // Kafka's own topics are kept like those of the platform.
  const own = Math.min(3, brokersOf(cluster).length);
  const ownInsync = Math.max(1, own - 1);
  return {
    ...common,
    'auto.create.topics.enable': spec.controllers === 'combined',
    'log.retention.ms': spec.topics.retentionMs,
    'offsets.topic.replication.factor': own,
    'transaction.state.log.replication.factor': own,
    'transaction.state.log.min.isr': ownInsync,
    ...(spec.version >= '4' ? { 'share.coordinator.state.topic.replication.factor': own, 'share.coordinator.state.topic.min.isr': ownInsync } : {}),
    ...(spec.zones.length ? { 'broker.rack': '{rack}', 'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector' } : {}),
  };
}

/** What the description says besides, as far as nodes of the role read it. */
function ownOf({ spec }: KafkaCluster, role: Role): KafkaConfig {
  const unread = { controller: 'brokers', broker: 'controllers', combined: undefined }[role];
  return Object.fromEntries(Object.entries(spec.config).filter(([key]) => readersOf(key) !== unread).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The file of a client with the certificate of its pod. */
export function adminPropertiesOf(cluster: KafkaCluster, role: Role): KafkaConfig {
  const servers: KafkaConfig = role !== 'controller'
    ? { 'bootstrap.servers': brokersOf(cluster).map(({ host }) => `${host}:${kafkaPorts.replication}`).join(',') }
    : { 'bootstrap.controllers': controllersOf(cluster).map(({ host }) => `${host}:${kafkaPorts.controller}`).join(',') };
  return { ...servers, 'security.protocol': 'SSL', ...certificateProperties };
}

/** The file of a client that logs in by name and password, which are not in it. */
export function clientPropertiesOf(cluster: KafkaCluster): KafkaConfig {
  const { 'ssl.keystore.type': _type, 'ssl.keystore.certificate.chain': _chain, 'ssl.keystore.key': _key, ...trust } = certificateProperties;
  return {
    'bootstrap.servers': brokersOf(cluster).map(({ host }) => `${host}:${kafkaPorts.client}`).join(','),
    'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', ...trust,
  };
}

/** Properties as the text of a file. @see https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Properties.html */
export function propertiesText(config: KafkaConfig): string {
  return Object.entries(config).map(([key, value]) => `${key}=${String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`).join('');
}
