import type { Case } from './cases';

const namespace = 'bank';
const always = (value: number) => `${value}x120`;
type Series = Case['series'];

/** What one pod of a Kafka tells. */
const node = (pod: string, metric: string, values: string): Series => ({ [`kafka_${metric}{namespace="${namespace}",pod="${pod}"}`]: values });
const controllers = (metric: string, ...values: readonly number[]): Series => (
  Object.assign({}, ...values.map((value, index) => node(`kafka-controller-${index}`, metric, always(value)))) as Series);
const broker = (metric: string, values: string): Series => node('kafka-broker-0', metric, values);
const disk = (claim: string, available: number): Series => ({
  [`kubelet_volume_stats_available_bytes{namespace="${namespace}",persistentvolumeclaim="${claim}"}`]: always(available),
  [`kubelet_volume_stats_capacity_bytes{namespace="${namespace}",persistentvolumeclaim="${claim}"}`]: always(100),
});
/** A group in one partition, as the pod of that name tells it. */
const group = (lag: string, offset: string, pod = 'kafka-lag-a', partition = 0): Series => {
  const labels = `{namespace="${namespace}",pod="${pod}",consumergroup="fraud",topic="transfers",partition="${partition}"}`;
  return { [`kafka_consumergroup_lag${labels}`]: lag, [`kafka_consumergroup_current_offset${labels}`]: offset };
};
/** What a worker tells of a connector. */
const connector = (name: string, worker: number, failed: string): Series => (
  { [`kafka_connect_connect_worker_metrics_connector_failed_task_count{namespace="${namespace}",pod="kafka-connect-${worker}",connector="${name}"}`]: failed });
const stuck = { namespace, consumergroup: 'fraud', topic: 'transfers' };

/** What cert-manager tells of the certificate of brokers, asked in its own namespace. */
const certificate = (what: string, at: number, label = 'exported_namespace'): Series => (
  { [`certmanager_certificate_${what}_timestamp_seconds{${label}="${namespace}",name="kafka-broker-tls"}`]: always(at) });
const started = (at: number): Series => ({ [`process_start_time_seconds{namespace="${namespace}",pod="kafka-broker-0"}`]: always(at) });

type Told = readonly [name: string, series: Series, minute: number, fires?: string, labels?: Case['labels']];

/** For each alert of a Kafka what makes it fire, and the nearest thing that does not. */
export function kafkaCases(operator: 'plain' | 'strimzi'): readonly Case[] {
  const told = [...common, ...(operator === 'plain' ? plain : strimzi)];
  // Somebody tells how far consumers are behind, but where that is the case.
  const lagIsTold = { [`kafka_brokers{namespace="${namespace}"}`]: always(3) };
  return [
    ...told.map(([name, series, minute, fires, labels = {}]): Case => ({ name, series: { ...series, ...lagIsTold }, minute, labels, fires: fires === undefined ? [] : [['kafka', fires]] })),
    { name: 'nobody tells of consumers', series: {}, minute: 20, labels: { namespace }, fires: [['kafka', 'KafkaLagUnknown']] },
    { name: 'nobody tells of consumers for a moment', series: {}, minute: 10, fires: [] },
  ];
}

const offline = 'controller_kafkacontroller_offlinepartitionscount';
const leader = 'server_raft_metrics_current_leader';
const metadataLag = 'server_broker_metadata_metrics_last_applied_record_lag_ms';

const common: readonly Told[] = [
  ['partitions have no leader', controllers(offline, 0, 2, 0), 5, 'KafkaOfflinePartitions'],
  ['all partitions have a leader', controllers(offline, 0, 0, 0), 5],
  ['partitions of another Kafka have no leader', { [`kafka_${offline}{namespace="elsewhere",pod="kafka-controller-0"}`]: always(2) }, 5],
  ['too few copies for a write', broker('server_replicamanager_underminisrpartitioncount', always(1)), 5, 'KafkaUnderMinIsr'],
  ['enough copies for a write', broker('server_replicamanager_underminisrpartitioncount', always(0)), 5],
  ['copies do not catch up', broker('server_replicamanager_underreplicatedpartitions', always(1)), 20, 'KafkaUnderReplicated'],
  ['copies are behind while a broker restarts', broker('server_replicamanager_underreplicatedpartitions', '0x10 7x10 0x90'), 30],
  ['no controller is in charge', controllers('controller_kafkacontroller_activecontrollercount', 0, 0, 0), 5, 'KafkaActiveControllers'],
  ['two controllers are in charge', controllers('controller_kafkacontroller_activecontrollercount', 1, 0, 1), 5, 'KafkaActiveControllers'],
  ['one controller is in charge', controllers('controller_kafkacontroller_activecontrollercount', 0, 1, 0), 5],
  ['nobody knows a leader', controllers(leader, -1, -1, -1), 5, 'KafkaQuorumWithoutLeader'],
  ['one does not know the leader', controllers(leader, 101, -1, 101), 5],
  ['a controller has no vote', controllers('server_raft_metrics_number_of_voters', 2, 2), 20, 'KafkaVotersMissing'],
  ['a controller joins', controllers('server_raft_metrics_number_of_voters', 2, 2), 10],
  ['all controllers vote', controllers('server_raft_metrics_number_of_voters', 3, 3, 3), 20],
  ['a broker is shut out', controllers('controller_kafkacontroller_fencedbrokercount', 0, 1, 0), 10, 'KafkaFencedBrokers'],
  ['a broker restarts', controllers('controller_kafkacontroller_fencedbrokercount', 0, 1, 0), 4],
  ['a broker does not hear the controllers', broker(metadataLag, always(31_000)), 10, 'KafkaMetadataLag', { pod: 'kafka-broker-0' }],
  ['a broker hears the controllers', broker(metadataLag, always(500)), 10],
  ['a disk is nearly full', disk('data-kafka-broker-a-0', 14), 10, 'KafkaDiskNearlyFull', { namespace, persistentvolumeclaim: 'data-kafka-broker-a-0' }],
  ['the disk of a controller is nearly full', disk('data-kafka-controller-0', 5), 10, 'KafkaDiskNearlyFull', { namespace, persistentvolumeclaim: 'data-kafka-controller-0' }],
  ['a disk has room', disk('data-kafka-broker-a-0', 16), 10],
  ['a disk of somebody else is full', disk('data-postgres-0', 1), 10],

  ['a group stands still', group(always(5), always(100)), 20, 'KafkaConsumerStuck', stuck],
  ['a group stands still and falls behind, in one of two partitions', { ...group('0+3x120', always(100)), ...group(always(0), always(7), 'kafka-lag-a', 1) }, 20, 'KafkaConsumerStuck', stuck],
  ['a group stands still, as another pod goes on to tell after a while', { ...group('5x8 stale', '100x8 stale'), ...group('_x12 5x120', '_x12 100x120', 'kafka-lag-b') }, 20, 'KafkaConsumerStuck', stuck],
  ['a group has not stood still for long', group(always(5), '80+2x10 100x120'), 20],
  ['a group is behind and comes on', group(always(5000), '100+1x120'), 20],
  ['a group has come to the end, where nothing follows', group(always(0), always(100)), 40],
  ['a group came to the end meanwhile', group('5x12 0x2 5x120', always(100)), 20],
  ['a group begins behind', group('_x12 5x120', '_x12 100x120'), 20],
];

const plain: readonly Told[] = [
  ['no leader that had not everything', controllers('controller_controllerstats_uncleanleaderelections_total', 0, 3), 15],
  ['a leader that had not everything', node('kafka-controller-0', 'controller_controllerstats_uncleanleaderelections_total', '0x10 1x90'), 15, 'KafkaUncleanElections', { namespace, pod: 'kafka-controller-0' }],
  ['a leader that had not everything, long ago', node('kafka-controller-0', 'controller_controllerstats_uncleanleaderelections_total', '0x10 1x90'), 40],
  ['handlers are busy', broker('server_kafkarequesthandlerpool_requesthandleravgidle_percent', always(0.1)), 20, 'KafkaHandlersBusy', { pod: 'kafka-broker-0' }],
  ['handlers are busy for a moment', broker('server_kafkarequesthandlerpool_requesthandleravgidle_percent', always(0.1)), 10],
  ['handlers have time', broker('server_kafkarequesthandlerpool_requesthandleravgidle_percent', always(0.5)), 20],
  ['a task of a connector has failed', { ...connector('orders', 0, always(0)), ...connector('orders', 1, always(1)) }, 10, 'KafkaConnectorFailed', { namespace, connector: 'orders' }],
  ['a task of a connector fails and is started again', connector('orders', 0, '0x4 1x3 0x90'), 10],
  ['a certificate is not renewed', certificate('expiration', 1_000_000), 20, 'KafkaCertificateExpires', { name: 'kafka-broker-tls' }],
  ['a certificate is not renewed, as it is told where labels are kept', certificate('expiration', 1_000_000, 'namespace'), 20, 'KafkaCertificateExpires', { name: 'kafka-broker-tls' }],
  ['a certificate ends in a month', certificate('expiration', 2_592_000), 20],
  ['a certificate of somebody else ends', { 'certmanager_certificate_expiration_timestamp_seconds{namespace="elsewhere",name="kafka-broker-tls"}': always(1) }, 20],
  ['a node has not read its certificate', { ...certificate('not_before', -1_300_000), ...started(-2_000_000) }, 20, 'KafkaCertificateNotRead', { namespace, pod: 'kafka-broker-0' }],
  ['a node has read its certificate', { ...certificate('not_before', -1_300_000), ...started(-1_200_000) }, 20],
  ['a certificate was renewed some days ago', { ...certificate('not_before', -600_000), ...started(-2_000_000) }, 20],
  ['all tasks of a connector run', connector('orders', 0, always(0)), 10],
];

/** Its reporter counts nanoseconds: six seconds of a minute are a tenth. */
const strimzi: readonly Told[] = [
  ['a leader that had not everything', node('kafka-controller-0', 'controller_controllerstats_uncleanleaderelectionspersec_total', '0x10 1x90'), 15, 'KafkaUncleanElections', { namespace, pod: 'kafka-controller-0' }],
  ['a leader that had not everything, long ago', node('kafka-controller-0', 'controller_controllerstats_uncleanleaderelectionspersec_total', '0x10 1x90'), 40],
  ['handlers are busy', broker('server_kafkarequesthandlerpool_requesthandleravgidlepercent_total', '0+6000000000x120'), 20, 'KafkaHandlersBusy', { pod: 'kafka-broker-0' }],
  ['handlers have time', broker('server_kafkarequesthandlerpool_requesthandleravgidlepercent_total', '0+30000000000x120'), 20],
];
