import { programResources, tellsLag } from '../../spec/kafka-operator';
import { metadataOf, type KafkaCluster } from '../cluster';
import { resourcesOf } from '../pods';
import { listenersOf } from './listeners';
import { apiVersion, clusterName } from './names';
import { rackVariable } from './node-pools';
import { containerTemplate, podTemplateOf } from './pods';
import { settingsOf } from './settings';
import type { Kafka, KafkaSpecKafkaMetricsConfig } from '../../imports/strimzi';

/** What the names of Secrets begin with that Strimzi makes for users, so that they are nobody else's. */
export const userSecretPrefix = 'kafka-user-';

/** Everything that alerts and dashboards ask for. The reporter, unlike the agent for JMX, needs no rules and calls metrics as our own nodes do. */
export const metricsConfig: KafkaSpecKafkaMetricsConfig = {
  type: 'strimziMetricsReporter',
  values: { allowList: ['kafka_cluster_partition.*', 'kafka_controller.*', 'kafka_log.*', 'kafka_network.*', 'kafka_server.*'] },
};

/** The releases of Kafka's metadata, as Strimzi calls them. */
const metadataVersions = { '3.9': '3.9-IV0', '4.3': '4.3-IV0' } as const;

/**
 * The cluster itself. Whoever has no permission has none; the operator's own programs are known by their certificates.
 *
 * @see https://strimzi.io/docs/operators/latest/configuring#type-KafkaSpec-reference
 */
export function kafkaOf(cluster: KafkaCluster): Kafka {
  const { spec } = cluster;
  const pod = podTemplateOf(cluster);
  const { entityOperator, exporter } = programResources;
  const each = resourcesOf(entityOperator.cpuMillis, entityOperator.memoryMiB);
  return {
    apiVersion, kind: 'Kafka', metadata: metadataOf(cluster, clusterName),
    spec: {
      kafka: {
        version: spec.version,
        metadataVersion: metadataVersions[spec.metadataVersion ?? (spec.version < '4' ? '3.9' : '4.3')],
        listeners: listenersOf(cluster),
        authorization: { type: 'simple' },
        config: settingsOf(cluster),
        ...(spec.zones.length ? { rack: { type: 'environment-variable', envVarName: rackVariable } } : {}),
        metricsConfig,
        template: { podDisruptionBudget: { maxUnavailable: 1 } },
      },
      entityOperator: {
        topicOperator: { resources: each },
        userOperator: { resources: each, secretPrefix: userSecretPrefix },
        template: { pod, topicOperatorContainer: containerTemplate, userOperatorContainer: containerTemplate },
      },
      ...(tellsLag(spec, cluster.facts) ? { kafkaExporter: {
        topicRegex: '.*', groupRegex: '.*', resources: resourcesOf(exporter.cpuMillis, exporter.memoryMiB), template: { pod, container: containerTemplate },
      } } : {}),
    },
  };
}
