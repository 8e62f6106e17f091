import { nodeSetsOf, type KafkaNodeSet } from '../../spec/kafka';
import { selectorOf, type KafkaCluster } from '../cluster';
import { collectorFlags, heapMiBOf, partOf, placeOf, resourcesOf } from '../pods';
import { apiVersion, idsOf, memberOf, poolNameOf } from './names';
import { containerTemplate, podTemplateOf } from './pods';
import type { KafkaNodePool, KafkaSpecKafkaJvmOptions } from '../../imports/strimzi';

/** The variable in which a broker finds the zone that it is in. */
export const rackVariable = 'RACK';

/**
 * The nodes of a cluster, a pool for each StatefulSet of our own. Node ids are those that the nodes would have without the operator.
 *
 * @see https://strimzi.io/docs/operators/latest/deploying#assembly-node-pools-str
 */
export function nodePoolsOf(cluster: KafkaCluster): KafkaNodePool[] {
  const { spec } = cluster;
  return nodeSetsOf(spec).map((set): KafkaNodePool => {
    const { role, replicas, zone } = set;
    const part = partOf(set);
    const { memoryMiB, cpuMillis } = spec[part];
    const metadata = memberOf(cluster, poolNameOf(set));
    return {
      apiVersion, kind: 'KafkaNodePool',
      metadata: { ...metadata, labels: { ...metadata.labels, ...selectorOf(part) }, annotations: { 'strimzi.io/next-node-ids': `[${idsOf(set).join(', ')}]` } },
      spec: {
        replicas,
        roles: role === 'combined' ? ['controller', 'broker'] : [role],
        storage: storageOf(cluster, part),
        jvmOptions: jvmOptionsOf(spec, role),
        resources: resourcesOf(cpuMillis, memoryMiB),
        template: {
          pod: {
            ...podTemplateOf(cluster, selectorOf(part)), ...placeOf(cluster, set),
            terminationGracePeriodSeconds: role === 'controller' ? 120 : 300,
          },
          kafkaContainer: { ...containerTemplate, ...(zone ? { env: [{ name: rackVariable, value: zone }] } : {}) },
          initContainer: containerTemplate,
        },
      },
    };
  });
}

/** One disk for each node, which stays when its claim's owner goes. */
function storageOf({ spec: { storage } }: KafkaCluster, part: 'controller' | 'broker'): KafkaNodePool['spec']['storage'] {
  return {
    type: 'jbod',
    volumes: [{
      id: 0, type: 'persistent-claim', kraftMetadata: 'shared', deleteClaim: false,
      size: `${part === 'controller' ? storage.controllerGiB : storage.brokerGiB}Gi`,
      ...(storage.class ? { class: storage.class } : {}),
    }],
  };
}

function jvmOptionsOf(spec: KafkaCluster['spec'], role: KafkaNodeSet['role']): KafkaSpecKafkaJvmOptions {
  const heap = `${heapMiBOf(spec, role)}m`;
  return { '-Xms': heap, '-Xmx': heap, '-XX': Object.fromEntries(collectorFlags.map(flagOf)) };
}

/** A flag as Strimzi wants it: `-XX:+UseG1GC` is a name that is true. */
function flagOf(flag: string): [name: string, value: string] {
  const [name, value] = flag.slice('-XX:'.length).split('=');
  return value === undefined ? [name.slice(1), String(name.startsWith('+'))] : [name, value];
}
