import { at } from '../_at';
import { groupOf, type Identified } from '../identity';
import { isLasting } from './lasting';

interface Lost { readonly object: Identified; readonly path: string; readonly message: string; readonly remedy: string }

/** Kafkas that go, with nodes of their own or an operator's, and topics that an operator deletes with the objects that stand for them. */
export function lostKafka(removed: readonly Identified[], added: readonly Identified[]): Lost[] {
  // One that moves to another namespace is told by its nodes.
  const moves = added.some(isLasting);
  return removed.flatMap(object => {
    if ((isLasting(object) && !moves) || kindOf(object) === 'kafka.strimzi.io/Kafka') return [{ object, ...gone }];
    return kindOf(object) === 'kafka.strimzi.io/KafkaTopic' && !isLetGo(object) ? [lostTopic(object)] : [];
  });
}

const kindOf = ({ apiVersion, kind }: Identified) => `${groupOf(apiVersion)}/${kind}`;

const gone = {
  path: 'metadata.name', message: 'is of a Kafka that is not described any more: its nodes stop when it is pruned, and no other Kafka takes over their disks',
  remedy: 'take the change back; or move: let another Kafka mirror the topics first, and remove this one when nobody uses it any more',
} as const;

/** @see https://strimzi.io/docs/operators/latest/deploying#proc-converting-managed-topics-str */
const isLetGo = (topic: Identified) => at(topic, 'metadata', 'annotations', 'strimzi.io/managed') === 'false';

function lostTopic(object: Identified): Lost {
  const { name = '', namespace } = object.metadata;
  const topic = at(object, 'spec', 'topicName');
  const command = ['kubectl', ...(namespace === undefined ? [] : ['--namespace', namespace]), 'annotate', 'kafkatopic', name, 'strimzi.io/managed=false'].join(' ');
  return {
    object, path: 'metadata.name', message: `is of the topic ${typeof topic === 'string' ? topic : name}, which the operator deletes with all its messages when the object is pruned`,
    remedy: `keep the topic; or make the operator let go of it, \`${command}\`; or, where its messages may be lost, let them be`,
  };
}
