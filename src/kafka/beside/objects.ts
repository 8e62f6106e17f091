import { registryObjectsOf } from './registry';
import { uiObjectsOf } from './ui';
import type { KafkaCluster } from '../cluster';

/** The programs beside a cluster whose pods are ours, whoever runs the cluster. */
export const besideObjectsOf = (cluster: KafkaCluster) => [...registryObjectsOf(cluster), ...uiObjectsOf(cluster)];
