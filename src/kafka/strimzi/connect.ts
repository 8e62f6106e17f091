import { imageOf, registryImageOf } from '../../spec/releases';
import { metadataOf, type KafkaCluster } from '../cluster';
import { programNames } from '../programs';
import { apiVersion } from './names';
import { clientOf, storageOf, workersOf } from './workers';
import type { KafkaConnect } from '../../imports/strimzi';

/** Workers of Kafka Connect; what they run are KafkaConnector objects, which the annotation has the operator look at. */
export function connectOf(cluster: KafkaCluster): KafkaConnect[] {
  const { spec: { connect }, facts } = cluster;
  if (!connect) return [];
  const name = programNames.connect;
  return [{
    apiVersion, kind: 'KafkaConnect',
    metadata: { ...metadataOf(cluster, name), annotations: { 'strimzi.io/use-connector-resources': 'true' } },
    spec: {
      ...workersOf(cluster, connect, name),
      ...(connect.image ? { image: imageOf(registryImageOf(connect.image.repository, facts.registry), connect.image.version) } : {}),
      ...clientOf(cluster, name), ...storageOf(name),
      config: Object.fromEntries(Object.entries({ ...copies, ...connect.config }).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  }];
}

/** As many copies as the topics have that are there. */
export const copies = { 'config.storage.replication.factor': -1, 'offset.storage.replication.factor': -1, 'status.storage.replication.factor': -1 } as const;
