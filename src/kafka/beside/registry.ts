import { registryPort } from '../../spec/kafka';
import { programResources, registriesOf } from '../../spec/kafka-operator';
import { clientsOf } from '../access';
import { propertiesText } from '../properties';
import { programNames, programsOf, registryTopics } from '../programs';
import { bootstrapOf, clientSettings, jaasOf, pageOf, places, programOf, type BesideProgram } from './program';
import type { KafkaCluster } from '../cluster';

const name = programNames.registry;

/**
 * A registry of message schemas that keeps them in the Kafka itself. Every replica has all of them in memory and reads what the others
 * write, so that there is neither a database nor one replica that alone may write.
 *
 * @see https://www.apicur.io/registry/docs/apicurio-registry/3.3.x/getting-started/assembly-configuring-kafka-security.html
 */
export function registryObjectsOf(cluster: KafkaCluster) {
  if (!cluster.spec.beside.schemaRegistry) return [];
  return programOf(cluster, {
    part: 'registry', image: 'apicurio/apicurio-registry', version: '3.3.1', user: 1001,
    replicas: registriesOf(cluster.spec), ...programResources.registry,
    env: [{ name: 'QUARKUS_CONFIG_LOCATIONS', value: `file:${places.settings}/application.properties` }],
    ports: [{ name: 'http', port: registryPort }, { name: 'management', port: 9000 }],
    probes,
    settings: { 'application.properties': propertiesText(settingsOf(cluster)) },
    ingress: ingressOf(cluster),
    egress: [],
  });
}

/** It is ready when it has read all that is in its journal, which takes the longer the more there is. */
const probes: BesideProgram['probes'] = {
  startupProbe: pageOf('management', '/health/started', { periodSeconds: 5, failureThreshold: 60 }),
  readinessProbe: pageOf('management', '/health/ready', { periodSeconds: 10, failureThreshold: 3 }),
  livenessProbe: pageOf('management', '/health/live', { periodSeconds: 10, failureThreshold: 6 }),
};

/** Whoever sends or receives messages by schemas, and the page that shows them. */
function ingressOf(cluster: KafkaCluster): BesideProgram['ingress'] {
  const readers: readonly string[] = [programNames.ui, programNames.connect];
  const from = clientsOf(cluster, programsOf(cluster.spec).filter(program => readers.includes(program.name)));
  return from.length ? [{ from, ports: [{ port: registryPort, protocol: 'TCP' }] }] : [];
}

function settingsOf(cluster: KafkaCluster): Record<string, string | boolean> {
  const client = {
    ...clientSettings,
    // Kafka's own client reads the password from the file; the backslash keeps Quarkus from looking for a setting of that name.
    'sasl.jaas.config': jaasOf(name, `\\\${dir:${places.user}:${name}}`),
    'config.providers': 'dir',
    'config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
    'config.providers.dir.param.allowed.paths': places.user,
  };
  return {
    'apicurio.storage.kind': 'kafkasql',
    'apicurio.kafkasql.bootstrap.servers': bootstrapOf(cluster),
    'apicurio.kafkasql.topic': registryTopics.journal,
    'apicurio.kafkasql.topic.auto-create': false,
    'apicurio.kafkasql.snapshots.topic': registryTopics.snapshots,
    'apicurio.events.kafka.topic': registryTopics.events,
    'apicurio.kafkasql.consumer.group-prefix': `${name}.`,
    ...Object.fromEntries(Object.entries(client).map(([key, value]) => [`apicurio.kafka.common.${key}`, value])),
  };
}
