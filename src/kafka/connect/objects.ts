import { connectObjectsOf } from './connect';
import { mirrorObjectsOf } from './mirror';
import type { KafkaCluster } from '../cluster';

/** Workers of Connect, and those that copy another Kafka, where no operator runs them. */
export const workerObjectsOf = (cluster: KafkaCluster) => [...connectObjectsOf(cluster), ...mirrorObjectsOf(cluster)];
