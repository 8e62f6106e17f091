import { metadataOf, type KafkaCluster } from '../cluster';
import { rulesOf } from '../monitoring';
import { programNames, strimziLabelsOf } from '../programs';
import { clusterName, componentNames } from './names';
import type { PodMonitor, PrometheusRule } from '../../imports/monitoring';

/** The ports at which Strimzi's programs show metrics. */
const reporter = ['tcp-prometheus'];
const operators = ['healthcheck-to', 'healthcheck-uo'];

/** What Prometheus scrapes of the pods that Strimzi makes: nodes and the exporter of lag, who looks after topics and users, and the workers. */
export function monitoringOf(cluster: KafkaCluster): (PodMonitor | PrometheusRule)[] {
  const { facts: { monitoring }, spec: { connect, mirror } } = cluster;
  if (monitoring === 'none') return [];
  const monitor = (name: string, matchLabels: Readonly<Record<string, string>>, ports: readonly string[]): PodMonitor => ({
    apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: metadataOf(cluster, name, monitoring.labels),
    spec: {
      jobLabel: 'strimzi.io/name',
      selector: { matchLabels },
      podMetricsEndpoints: ports.map(port => ({ port, path: '/metrics', interval: '30s' })),
    },
  });
  return [
    monitor(clusterName, strimziLabelsOf('Kafka', clusterName), reporter),
    monitor(componentNames.entityOperator, { 'strimzi.io/name': componentNames.entityOperator }, operators),
    ...(connect ? [monitor(programNames.connect, strimziLabelsOf('KafkaConnect', programNames.connect), reporter)] : []),
    ...(mirror ? [monitor(programNames.mirror, strimziLabelsOf('KafkaMirrorMaker2', programNames.mirror), reporter)] : []),
    rulesOf(cluster, monitoring.labels),
  ];
}
