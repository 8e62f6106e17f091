import { createHash } from 'node:crypto';
import { kafkaNames, kafkaPorts, metadataVersionOf } from '../spec/kafka';
import { lastingLabel } from '../spec/names';
import { brokersOf, controllersOf, metadataOf, type KafkaCluster } from './cluster';
import type { ConfigMap } from '../imports/kubernetes';

/**
 * The id of a cluster. It is made from names, so that no render ever changes it; `clusterId` names another.
 *
 * @see https://kafka.apache.org/43/operations/kraft/#provisioning-nodes
 */
export function clusterIdOf({ spec, platform, environment }: KafkaCluster): string {
  return spec.clusterId ?? uuidOf('cluster', platform, environment);
}

/** The id of the disk that a controller begins with. */
export function directoryIdOf(cluster: KafkaCluster, node: number): string {
  return uuidOf('directory', clusterIdOf(cluster), String(node));
}

/** A random-looking id as Kafka writes it. One that begins with "-" would be taken for an option by Kafka's own tools. */
function uuidOf(...names: readonly string[]): string {
  for (let attempt = 0; ; attempt++) {
    const bytes = createHash('sha256').update([...names, String(attempt)].join('\u0000')).digest().subarray(0, 16);
    bytes[6] = bytes[6] % 16 + 64;
    bytes[8] = bytes[8] % 64 + 128;
    const text = bytes.toString('base64url');
    if (!text.startsWith('-')) return text;
  }
}

/** What nodes are at their first start, and what never changes, or only forwards. */
export function identityOf(cluster: KafkaCluster): ConfigMap {
  const { spec } = cluster;
  const controllers = controllersOf(cluster);
  const initial = controllers.map(({ id, host }) => `${id}@${host}:${kafkaPorts.controller}:${directoryIdOf(cluster, id)}`);
  return {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(cluster, kafkaNames.identity, { [lastingLabel]: 'kafka' }),
    data: {
      'cluster.id': clusterIdOf(cluster),
      'initial-controllers': initial.join(','),
      'formed': String(spec.formed),
      ...Object.fromEntries(controllers.map(({ id }) => [`directory.${id}`, directoryIdOf(cluster, id)])),
      'version': spec.version,
      'metadata.version': metadataVersionOf(spec),
      'controllers': String(spec.controllers),
      'zones': spec.zones.join(','),
      'brokers': String(brokersOf(cluster).length),
    },
  };
}
