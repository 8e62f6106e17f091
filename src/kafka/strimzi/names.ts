import { kafkaNames, nodeIdsOf, type KafkaNodeSet } from '../../spec/kafka';
import { metadataOf, type KafkaCluster } from '../cluster';

/** What Strimzi calls the cluster; the names of everything that it makes begin so. */
export const clusterName = kafkaNames.bootstrap;

export const apiVersion = 'kafka.strimzi.io/v1';

/** The metadata of an object that says which cluster it belongs to. */
export const memberOf = (cluster: KafkaCluster, name: string) => metadataOf(cluster, name, { 'strimzi.io/cluster': clusterName });

/** The name of a pool, which Strimzi puts behind the name of the cluster: pods are called as those of our own, with the node id at the end. */
export const poolNameOf = ({ name }: Pick<KafkaNodeSet, 'name'>) => name.slice(clusterName.length + 1);

/** Every id that a pool may ever give, so that none depends on how many nodes there were before. */
export function idsOf({ role, base, step }: Pick<KafkaNodeSet, 'role' | 'base' | 'step'>): number[] {
  const most = role === 'controller' ? 5 : role === 'combined' ? 1 : nodeIdsOf('broker', 0).step;
  return Array.from({ length: most }, (_, index) => base + index * step);
}

/** The components of a cluster that are no nodes, as their pods' label `strimzi.io/name` calls them. */
export const componentNames = { nodes: `${clusterName}-kafka`, entityOperator: `${clusterName}-entity-operator`, exporter: `${clusterName}-kafka-exporter` } as const;
