import { createHash } from 'node:crypto';
import { desiredOf } from '../desired';
import { apiVersion, memberOf } from './names';
import type { KafkaCluster } from '../cluster';
import type { KafkaTopic } from '../../imports/strimzi';

/** @see https://strimzi.io/docs/operators/latest/deploying#assembly-using-the-topic-operator-str */
export function topicsOf(cluster: KafkaCluster): KafkaTopic[] {
  return desiredOf(cluster).topics.map(({ name, partitions, replication, configs }): KafkaTopic => ({
    apiVersion, kind: 'KafkaTopic', metadata: memberOf(cluster, objectNameOf(name)),
    spec: { topicName: name, partitions, replicas: replication, config: configs },
  }));
}

const isObjectName = (name: string) => name.length <= 253 && name.split('.').every(part => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(part));

/** Topics may be called what objects may not: those get a name that tells them apart. */
function objectNameOf(topic: string): string {
  if (isObjectName(topic)) return topic;
  const like = topic.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 200);
  return [...(like ? [like] : []), createHash('sha256').update(topic).digest('hex').slice(0, 8)].join('-').replace(/--+/g, '-');
}
