import { kafkaNames, kafkaPorts } from '../spec/kafka';
import { metadataOf, selectorOf, type KafkaCluster } from './cluster';
import type { Service } from '../imports/kubernetes';

const portOf = (name: keyof typeof kafkaPorts) => ({ name, port: kafkaPorts[name], targetPort: name, protocol: 'TCP' as const });

/**
 * The Services of a cluster: headless ones that give each node its name, also while it is not ready, since nodes find each other before
 * they are; and one where clients begin, which knows ready brokers only.
 */
export function addressesOf(cluster: KafkaCluster): Service[] {
  const combined = cluster.spec.controllers === 'combined';
  const headless = (part: 'controller' | 'broker', ports: readonly (keyof typeof kafkaPorts)[]): Service => ({
    apiVersion: 'v1', kind: 'Service', metadata: metadataOf(cluster, kafkaNames[part]),
    spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: selectorOf(part), ports: ports.map(portOf) },
  });
  return [
    ...(combined ? [] : [headless('controller', ['controller', 'metrics'])]),
    headless('broker', ['client', 'replication', ...(combined ? ['controller'] as const : []), 'metrics']),
    {
      apiVersion: 'v1', kind: 'Service', metadata: metadataOf(cluster, kafkaNames.bootstrap),
      spec: { type: 'ClusterIP', selector: selectorOf('broker'), ports: [portOf('client')] },
    },
  ];
}
