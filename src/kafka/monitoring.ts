import { kafkaAlertsOf } from './alerts';
import { metadataOf, selectorOf, type KafkaCluster } from './cluster';
import { tellsLag } from '../spec/kafka-operator';
import type { PodMonitor, PrometheusRule } from '../imports/monitoring';

/** What Prometheus scrapes, and when it calls somebody; nothing where there is no Prometheus operator. */
export function monitoringOf(cluster: KafkaCluster): (PodMonitor | PrometheusRule)[] {
  const { monitoring } = cluster.facts;
  if (monitoring === 'none') return [];
  const parts = [
    ...(cluster.spec.controllers === 'combined' ? ['broker'] as const : ['controller', 'broker'] as const),
    ...(tellsLag(cluster.spec, cluster.facts) ? ['lag'] as const : []),
    ...(['connect', 'mirror'] as const).filter(part => cluster.spec[part]),
  ];
  return [
    ...parts.map((part): PodMonitor => ({
      apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: metadataOf(cluster, `kafka-${part}`, { ...selectorOf(part), ...monitoring.labels }),
      spec: {
        jobLabel: 'app.kubernetes.io/component',
        selector: { matchLabels: selectorOf(part) },
        podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }],
      },
    })),
    rulesOf(cluster, monitoring.labels),
  ];
}

/** When Prometheus calls somebody. */
export function rulesOf(cluster: KafkaCluster, labels: Readonly<Record<string, string>>): PrometheusRule {
  return {
    apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: metadataOf(cluster, 'kafka', labels),
    spec: {
      groups: [{
        name: 'kafka',
        rules: kafkaAlertsOf(cluster).map(({ name, expr, forSeconds, severity, summary }) => (
          { alert: name, expr, for: `${forSeconds}s`, labels: { severity }, annotations: { summary } })),
      }],
    },
  };
}
