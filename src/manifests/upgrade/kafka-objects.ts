import { at } from '../_at';
import { canonicalQuantity } from '../_quantity';
import { isRecord } from '../_walk';

interface KafkaProblem { readonly path: string; readonly message: string; readonly remedy: string }

/** The kinds of objects that say what is on the disks of a Kafka, by which it is run or provisioned. */
export const kafkaKinds = ['kafka.strimzi.io/Kafka', 'kafka.strimzi.io/KafkaNodePool', 'kafka.strimzi.io/KafkaTopic'] as const;

const idsOfPool = 'strimzi.io/next-node-ids';

/** Changes of nodes and topics that a Kafka, or the operator that runs it, does not follow. */
export function kafkaObjectProblems(kind: string, before: unknown, after: unknown): KafkaProblem[] {
  switch (kind) {
    case 'kafka.strimzi.io/KafkaNodePool': return poolProblems(before, after);
    case 'kafka.strimzi.io/KafkaTopic': return topicProblems('spec', topicOf(at(before, 'spec')), topicOf(at(after, 'spec')));
    case '/ConfigMap': return provisionedProblems(before, after);
    default: return [];
  }
}

function poolProblems(before: unknown, after: unknown): KafkaProblem[] {
  const said = (...path: readonly string[]) => [at(before, ...path), at(after, ...path)] as const;
  const [nodes, ids] = [said('spec', 'replicas'), said('metadata', 'annotations', idsOfPool)];
  const roles = at(before, 'spec', 'roles');
  return [
    ...(Array.isArray(roles) && roles.includes('controller') && differ(nodes) ? [{
      path: 'spec.replicas', message: `is ${text(nodes[1])}, was ${text(nodes[0])}: the operator does not change the number of controllers`,
      remedy: 'keep it, or make another Kafka and mirror the topics',
    }] : []),
    ...(differ(ids) ? [{
      path: `metadata.annotations["${idsOfPool}"]`,
      message: `is ${text(ids[1])}, was ${text(ids[0])}: the numbers of brokers follow from the places of their zones`, remedy: 'keep the order, and add new zones at the end',
    }] : []),
    ...diskProblems(before, after),
  ];
}

function diskProblems(before: unknown, after: unknown): KafkaProblem[] {
  const [was, is] = [before, after].map(pool => at(pool, 'spec', 'storage', 'volumes')).map(list => (Array.isArray(list) ? list as readonly unknown[] : []));
  return was.flatMap((volume, index): KafkaProblem[] => {
    const [size, fresh] = [at(volume, 'size'), at(is[index], 'size')];
    const [type, other] = [at(volume, 'class'), at(is[index], 'class')];
    const path = `spec.storage.volumes[${index}]`;
    return [
      ...(fresh !== undefined && amount(fresh) < amount(size)
        ? [{ path: `${path}.size`, message: `is ${text(fresh)}, was ${text(size)}: a disk never shrinks`, remedy: 'keep the size' }] : []),
      ...(is[index] !== undefined && other !== type
        ? [{ path: `${path}.class`, message: `is ${text(other)}, was ${text(type)}: a disk stays in its storage class`, remedy: 'keep the class, or make another Kafka and mirror the topics' }] : []),
    ];
  });
}

interface Topic { readonly partitions?: number; readonly replicas?: number }

function topicOf(topic: unknown): Topic {
  const [partitions, replicas] = [at(topic, 'partitions'), at(topic, 'replicas') ?? at(topic, 'replication')];
  return { ...(typeof partitions === 'number' ? { partitions } : {}), ...(typeof replicas === 'number' ? { replicas } : {}) };
}

function topicProblems(path: string, before: Topic, after: Topic, field = 'replicas'): KafkaProblem[] {
  return [
    ...(before.partitions !== undefined && after.partitions !== undefined && after.partitions < before.partitions ? [{
      path: `${path}.partitions`, message: `is ${after.partitions}, was ${before.partitions}: a topic never gets fewer partitions, which hold messages`,
      remedy: 'keep the number, or describe a topic of another name',
    }] : []),
    ...(before.replicas !== undefined && after.replicas !== undefined && after.replicas !== before.replicas ? [{
      path: `${path}.${field}`, message: `is ${after.replicas}, was ${before.replicas}: nobody moves the copies of a topic that is there`,
      remedy: 'keep the number, or move its copies with kafka-reassign-partitions first',
    }] : []),
  ];
}

/** What the Job that provisions is told of topics. */
function provisionedProblems(before: unknown, after: unknown): KafkaProblem[] {
  const [was, is] = [topicsIn(before), topicsIn(after)];
  return [...was].flatMap(([name, topic]) => {
    const fresh = is.get(name);
    return fresh ? topicProblems(`data["desired.json"] ${name}`, topic, fresh, 'replication') : [];
  });
}

function topicsIn(object: unknown): Map<string, Topic> {
  const json = at(object, 'metadata', 'name') === 'kafka-provision' ? at(object, 'data', 'desired.json') : undefined;
  const topics = typeof json === 'string' ? at(parsed(json), 'topics') : undefined;
  const all = Array.isArray(topics) ? (topics as readonly unknown[]).filter(isRecord) : [];
  return new Map(all.map(topic => [String(topic.name), topicOf(topic)]));
}

/** A file that somebody wrote by hand is no JSON, and says nothing. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const differ = ([before, after]: readonly [unknown, unknown]) => before !== undefined && after !== undefined && before !== after;
const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : 'unset');
const amount = (size: unknown) => (typeof size === 'string' || typeof size === 'number' ? Number(canonicalQuantity(size)) : Number.NaN);
