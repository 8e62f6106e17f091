import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metadataOf, type KafkaCluster, type KafkaSurroundings } from './cluster';
import { loggingOf } from './logging';
import { adminPropertiesOf, propertiesText, serverPropertiesOf } from './properties';
import type { ConfigMap } from '../imports/kubernetes';

/** The ConfigMap with the program that makes nodes ready, answers their probes and provisions. */
export const toolName = 'kafka-node-tool';

/** The ConfigMap with the files of the nodes of a part. */
export const configNameOf = (part: 'controller' | 'broker') => `kafka-${part}-config`;

/** Everything that nodes read, without what is particular to one of them. */
export function filesOf(cluster: KafkaCluster): ConfigMap[] {
  const combined = cluster.spec.controllers === 'combined';
  const logging = loggingOf(cluster.spec.version);
  const config = (part: 'controller' | 'broker'): ConfigMap => ({
    apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(cluster, configNameOf(part)),
    data: {
      'server.properties': propertiesText(serverPropertiesOf(cluster, combined ? 'combined' : part)),
      'admin.properties': propertiesText(adminPropertiesOf(cluster, combined ? 'combined' : part)),
      [logging.file]: logging.text,
    },
  });
  return [...(combined ? [] : [config('controller')]), config('broker'), toolOf(cluster)];
}

/** The ConfigMap with that program. */
export function toolOf(cluster: KafkaSurroundings): ConfigMap {
  return {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(cluster, toolName),
    binaryData: { 'marty-kafka.jar': readFileSync(join(__dirname, 'node/marty-kafka.jar')).toString('base64') },
  };
}
