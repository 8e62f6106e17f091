import { certificateNameOf, controllersOf, type KafkaCluster } from './cluster';
import { tellsLag } from '../spec/kafka-operator';
import type { Alert } from '../spec/alerts';

/**
 * When somebody should look at a Kafka. Names of metrics are those of the community's rules for Kafka, which the nodes give themselves.
 *
 * @see https://kafka.apache.org/43/operations/monitoring/
 */
export function kafkaAlertsOf(cluster: KafkaCluster): readonly Alert[] {
  const { namespace, platform } = cluster;
  const pods = `namespace="${namespace}",pod=~"kafka-(broker|controller).*"`;
  const sum = (metric: string) => `sum(${metric}{${pods}})`;
  const claims = `namespace="${namespace}",persistentvolumeclaim=~"data(-0)?-kafka-(broker|controller).*"`;
  // Strimzi's reporter counts nanoseconds in which handlers were idle; the nodes of our own tell the share.
  const [idle, unclean] = cluster.spec.operator === 'strimzi'
    ? [`rate(kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent_total{${pods}}[5m]) / 1e9`, 'uncleanleaderelectionspersec_total']
    : [`kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent{${pods}}`, 'uncleanleaderelections_total'];
  const alert = (name: string, expr: string, forSeconds: number, severity: Alert['severity'], summary: string): Alert => ({ name, expr, forSeconds, severity, summary });
  return [
    alert('KafkaOfflinePartitions', `max(kafka_controller_kafkacontroller_offlinepartitionscount{${pods}}) > 0`, 60, 'critical', `partitions of the Kafka of ${platform} have no leader: nobody can write to them or read them`),
    alert('KafkaUnderMinIsr', `${sum('kafka_server_replicamanager_underminisrpartitioncount')} > 0`, 120, 'critical', `partitions of the Kafka of ${platform} have fewer copies than a write needs: producers are refused`),
    alert('KafkaUnderReplicated', `${sum('kafka_server_replicamanager_underreplicatedpartitions')} > 0`, 900, 'warning', `copies of the Kafka of ${platform} do not catch up`),
    alert('KafkaActiveControllers', `${sum('kafka_controller_kafkacontroller_activecontrollercount')} != 1`, 120, 'critical', `the Kafka of ${platform} has no controller in charge, or several`),
    alert('KafkaQuorumWithoutLeader', `max(kafka_server_raft_metrics_current_leader{${pods}}) < 0`, 60, 'critical', `the controllers of the Kafka of ${platform} agree on no leader: nothing can be changed`),
    alert('KafkaVotersMissing', `max(kafka_server_raft_metrics_number_of_voters{${pods}}) < ${controllersOf(cluster).length}`, 900, 'warning', `a controller of the Kafka of ${platform} has no vote`),
    alert('KafkaFencedBrokers', `max(kafka_controller_kafkacontroller_fencedbrokercount{${pods}}) > 0`, 300, 'critical', `brokers of the Kafka of ${platform} are shut out`),
    alert('KafkaMetadataLag', `max by (pod) (kafka_server_broker_metadata_metrics_last_applied_record_lag_ms{${pods}}) > 30000`, 300, 'warning', `a broker of the Kafka of ${platform} does not hear what the controllers decide`),
    alert('KafkaUncleanElections', `increase(kafka_controller_controllerstats_${unclean}{${pods}}[10m]) > 0`, 0, 'critical', `the Kafka of ${platform} chose a leader that had not everything: messages are lost`),
    alert('KafkaHandlersBusy', `min by (pod) (${idle}) < 0.2`, 900, 'warning', `a broker of the Kafka of ${platform} answers too many requests at once`),
    alert('KafkaDiskNearlyFull', `kubelet_volume_stats_available_bytes{${claims}} / kubelet_volume_stats_capacity_bytes{${claims}} < 0.15`, 300, 'critical', `a disk of the Kafka of ${platform} has less than 15 % left; a broker whose disk is full stops`),
    ...(tellsLag(cluster.spec, cluster.facts) ? consumerAlertsOf(cluster) : []),
    ...workerAlertsOf(cluster),
    ...certificateAlertsOf(cluster),
  ];
}

/** Over what was told in a quarter of an hour, by whichever pod, so that neither a scrape that failed nor a new pod begins it anew. */
function consumerAlertsOf({ namespace, platform }: KafkaCluster): Alert[] {
  const by = 'namespace, consumergroup, topic';
  const over = (share: 'min' | 'max', metric: 'current_offset' | 'lag') => (
    `${share} by (${by}, partition) (${share}_over_time(kafka_consumergroup_${metric}{namespace="${namespace}"}[15m]))`);
  const known = `max by (${by}, partition) (last_over_time(kafka_consumergroup_current_offset{namespace="${namespace}"}[5m] offset 15m))`;
  return [
    {
      name: 'KafkaConsumerStuck', forSeconds: 0, severity: 'warning', summary: `a group of consumers of the Kafka of ${platform} is behind in a topic, and has come no further for 15 minutes`,
      expr: `max by (${by}) (${over('min', 'lag')} > 0 and ${over('min', 'current_offset')} == ${over('max', 'current_offset')} and ${known})`,
    },
    {
      name: 'KafkaLagUnknown', forSeconds: 900, severity: 'warning', summary: `nobody tells how far consumers of the Kafka of ${platform} are behind`,
      expr: `absent(kafka_brokers{namespace="${namespace}"})`,
    },
  ];
}

/** What workers of our own tell of the connectors that they run. */
function workerAlertsOf({ namespace, platform, spec: { operator, connect, mirror } }: KafkaCluster): Alert[] {
  if (operator !== 'plain' || !(connect ?? mirror)) return [];
  const failed = `kafka_connect_connect_worker_metrics_connector_failed_task_count{namespace="${namespace}",pod=~"kafka-(connect|mirror)-.*"}`;
  return [{
    name: 'KafkaConnectorFailed', forSeconds: 300, severity: 'warning', summary: `tasks of a connector beside the Kafka of ${platform} have failed, and nobody starts them again`,
    expr: `sum by (namespace, connector) (${failed}) > 0`,
  }];
}

const fortnight = 14 * 24 * 3600;

/**
 * What cert-manager tells of certificates, where Prometheus asks it: one that is not renewed, and, from cert-manager 1.18 on, one that was
 * and that a node has not read, since nodes read theirs when they start. Strimzi sees to its own.
 *
 * @see https://cert-manager.io/docs/devops-tips/prometheus-metrics/
 */
function certificateAlertsOf({ namespace, platform, spec: { operator, controllers } }: KafkaCluster): Alert[] {
  if (operator !== 'plain') return [];
  // Of two labels of a name, that of whoever is asked wins, unless it is told otherwise.
  const told = (what: string, name: string) => ['namespace', 'exported_namespace']
    .map(label => `certmanager_certificate_${what}_timestamp_seconds{${label}="${namespace}",name=~"${name}"}`).join(' or ');
  const unread = (part: 'controller' | 'broker') => (
    `process_start_time_seconds{namespace="${namespace}",pod=~"kafka-${part}-.*"}`
    + ` < on () group_left () (max(${told('not_before', certificateNameOf(part))}) < time() - ${fortnight})`);
  const parts = controllers === 'combined' ? ['broker'] as const : ['controller', 'broker'] as const;
  return [
    {
      name: 'KafkaCertificateExpires', forSeconds: 900, severity: 'critical', summary: `a certificate of the Kafka of ${platform} ends within 14 days and is not renewed`,
      expr: `min by (name) (${told('expiration', 'kafka-(ca|.+-tls)')}) - time() < ${fortnight}`,
    },
    {
      name: 'KafkaCertificateNotRead', forSeconds: 900, severity: 'warning',
      summary: `a node of the Kafka of ${platform} still has the certificate from before its renewal 14 days ago, which ends soon: restart it`,
      expr: `max by (namespace, pod) (${parts.map(unread).join(' or ')})`,
    },
  ];
}
