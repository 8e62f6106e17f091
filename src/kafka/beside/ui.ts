import { registryPort } from '../../spec/kafka';
import { programResources } from '../../spec/kafka-operator';
import { hostOf, selectorOf, type KafkaCluster } from '../cluster';
import { programNames } from '../programs';
import { bootstrapOf, clientSettings, jaasOf, pageOf, places, programOf, type BesideProgram } from './program';

const name = programNames.ui;

/**
 * A page that shows topics, messages and consumers and changes nothing. It asks nobody who he is, so that nobody in the cluster reaches it:
 * `kubectl port-forward service/kafka-ui 8080` does, for whoever the cluster lets do so.
 *
 * @see https://ui.docs.kafbat.io/configuration/configuration-file
 */
export function uiObjectsOf(cluster: KafkaCluster) {
  const { beside } = cluster.spec;
  if (!beside.ui) return [];
  return programOf(cluster, {
    part: 'ui', image: 'ghcr.io/kafbat/kafka-ui', version: 'v1.5.0', user: 10_001, replicas: 1, ...programResources.ui,
    env: [{ name: 'SPRING_CONFIG_ADDITIONAL_LOCATION', value: `file:${places.settings}/` }],
    ports: [{ name: 'http', port: 8080 }],
    probes,
    settings: { 'application.yml': `${JSON.stringify(settingsOf(cluster), null, 2)}\n` },
    ingress: [],
    egress: beside.schemaRegistry ? [{ to: [{ podSelector: { matchLabels: selectorOf('registry') } }], ports: [{ port: registryPort, protocol: 'TCP' }] }] : [],
  });
}

const probes: BesideProgram['probes'] = {
  startupProbe: pageOf('http', '/actuator/health/liveness', { periodSeconds: 5, failureThreshold: 36 }),
  readinessProbe: pageOf('http', '/actuator/health/readiness', { periodSeconds: 10, failureThreshold: 3 }),
  livenessProbe: pageOf('http', '/actuator/health/liveness', { periodSeconds: 10, failureThreshold: 6 }),
};

/** JSON is YAML, too. The password is a setting that Spring reads from a file of that name. */
function settingsOf(cluster: KafkaCluster) {
  return {
    'spring.config.import': `configtree:${places.user}/`,
    'management.endpoint.health.probes.enabled': true,
    'dynamic.config.enabled': false,
    'kafka': {
      clusters: [{
        name: cluster.platform,
        readOnly: true,
        bootstrapServers: bootstrapOf(cluster),
        ...(cluster.spec.beside.schemaRegistry ? { schemaRegistry: `http://${hostOf(cluster, programNames.registry)}:${registryPort}/apis/ccompat/v7` } : {}),
        properties: { ...clientSettings, 'sasl.jaas.config': jaasOf(name, `\${${name}}`) },
      }],
    },
  };
}
