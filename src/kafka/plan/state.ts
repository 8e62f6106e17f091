import { stateIn, type KafkaState } from '../../manifests/upgrade/kafka-state';
import { clusterIdOf, identityOf } from '../identity';
import type { KafkaCluster } from '../cluster';

export { stateIn, type KafkaState } from '../../manifests/upgrade/kafka-state';

/** What a description makes of a Kafka. */
export function stateOf(cluster: KafkaCluster): KafkaState {
  const state = stateIn(identityOf(cluster).data ?? {}, cluster.namespace);
  return state ?? { clusterId: clusterIdOf(cluster), version: '', metadataVersion: '', controllers: 3, zones: [], brokers: 0, formed: false, directories: {} };
}
