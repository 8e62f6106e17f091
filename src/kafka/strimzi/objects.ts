import { accessOf } from './access';
import { connectOf } from './connect';
import { kafkaOf } from './kafka';
import { mirrorOf } from './mirror';
import { monitoringOf } from './monitoring';
import { nodePoolsOf } from './node-pools';
import { topicsOf } from './topics';
import { usersOf } from './users';
import type { KafkaCluster } from '../cluster';

/** Everything that a Kafka consists of where the Strimzi operator makes the rest. */
export const strimziObjectsOf = (cluster: KafkaCluster) => [
  kafkaOf(cluster), ...nodePoolsOf(cluster), ...accessOf(cluster), ...topicsOf(cluster), ...usersOf(cluster),
  ...connectOf(cluster), ...mirrorOf(cluster), ...monitoringOf(cluster),
];
