import { createHash } from 'node:crypto';
import { nodeSetsOf } from '../spec/kafka';
import { instanceLabel } from '../spec/names';
import { metadataOf, selectorOf, type KafkaCluster } from './cluster';
import { filesOf, configNameOf } from './files';
import { partOf, podTemplateOf } from './pods';
import type { PodDisruptionBudget, StatefulSet } from '../imports/kubernetes';

/**
 * The nodes of a cluster. A changed StatefulSet restarts nobody by itself: brokers that restart faster than they catch up lose messages, and
 * sets of different zones know nothing of each other, so that whoever rolls them goes node by node and asks the gate before each.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
 */
export function nodeSetManifestsOf(cluster: KafkaCluster): StatefulSet[] {
  const { storage } = cluster.spec;
  const checksums = new Map(filesOf(cluster).map(({ metadata, data = {} }) => [metadata?.name, checksumOf(data)]));
  return nodeSetsOf(cluster.spec).map(set => {
    const part = partOf(set);
    const selector = { ...selectorOf(part), [instanceLabel]: set.name };
    return {
      apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: metadataOf(cluster, set.name, selector),
      spec: {
        serviceName: set.service,
        replicas: set.replicas,
        revisionHistoryLimit: 5,
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'OnDelete' },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        selector: { matchLabels: selector },
        template: podTemplateOf(cluster, set, checksums.get(configNameOf(part)) ?? ''),
        volumeClaimTemplates: [{
          metadata: { name: 'data', labels: selector },
          spec: {
            accessModes: ['ReadWriteOncePod'],
            resources: { requests: { storage: `${part === 'controller' ? storage.controllerGiB : storage.brokerGiB}Gi` } },
            ...(storage.class ? { storageClassName: storage.class } : {}),
          },
        }],
      },
    };
  });
}

/** Of what a node reads when it starts; how tools in its pod find the others is read whenever one of them runs. */
function checksumOf({ 'admin.properties': _admin, ...read }: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(read)).digest('hex').slice(0, 16);
}

/** Of each part only one node at a time may be taken away on purpose. */
export function disruptionsOf(cluster: KafkaCluster): PodDisruptionBudget[] {
  const parts = cluster.spec.controllers === 'combined' ? ['broker'] as const : ['controller', 'broker'] as const;
  return parts.map(part => ({
    apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: metadataOf(cluster, `kafka-${part}`, selectorOf(part)),
    // A node that is not ready may be the one that the others need.
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'IfHealthyBudget', selector: { matchLabels: selectorOf(part) } },
  }));
}
