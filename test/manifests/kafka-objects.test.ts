import { upgradeProblems } from '../../src/manifests/upgrade';
import { guardedPartOf } from '../../src/manifests/upgrade/guarded-part';

const linesOf = (before: object, after: object) => upgradeProblems(before as never, after as never).map(({ path, message, remedy }) => `${path} ${message}; ${remedy}`);

const pool = (spec: object = {}, ids = '[0, 10]') => ({
  apiVersion: 'kafka.strimzi.io/v1', kind: 'KafkaNodePool', metadata: { name: 'broker', namespace: 'bank', annotations: { 'strimzi.io/next-node-ids': ids } },
  spec: { replicas: 3, roles: ['broker'], storage: { type: 'jbod', volumes: [{ id: 0, type: 'persistent-claim', size: '500Gi', class: 'gp3' }] }, ...spec },
});
const disk = (size: string, type = 'gp3') => pool({ storage: { type: 'jbod', volumes: [{ id: 0, type: 'persistent-claim', size, class: type }] } });
const topic = (spec: object) => ({ apiVersion: 'kafka.strimzi.io/v1', kind: 'KafkaTopic', metadata: { name: 'transfers', namespace: 'bank' }, spec: { partitions: 24, replicas: 3, ...spec } });
const provision = (topics: unknown, name = 'kafka-provision') => ({
  apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'bank' }, data: { 'desired.json': typeof topics === 'string' ? topics : JSON.stringify({ topics }) },
});
const transfers = { name: 'transfers', partitions: 24, replication: 3 };

test.each<[string, object, object, string[]]>([
  ['fewer controllers', pool({ roles: ['controller'], replicas: 3 }), pool({ roles: ['controller'], replicas: 5 }),
    ['spec.replicas is 5, was 3: the operator does not change the number of controllers; keep it, or make another Kafka and mirror the topics']],
  ['more brokers', pool(), pool({ replicas: 5 }), []],
  ['a zone put first', pool(), pool({}, '[1, 11]'), ['metadata.annotations["strimzi.io/next-node-ids"] is [1, 11], was [0, 10]: the numbers of brokers follow from the places of their zones; keep the order, and add new zones at the end']],
  ['a smaller disk', pool(), disk('100Gi'), ['spec.storage.volumes[0].size is 100Gi, was 500Gi: a disk never shrinks; keep the size']],
  ['a bigger disk', pool(), disk('1Ti'), []],
  ['another class', pool(), disk('500Gi', 'gp2'), ['spec.storage.volumes[0].class is gp2, was gp3: a disk stays in its storage class; keep the class, or make another Kafka and mirror the topics']],
  ['fewer partitions', topic({}), topic({ partitions: 12 }), ['spec.partitions is 12, was 24: a topic never gets fewer partitions, which hold messages; keep the number, or describe a topic of another name']],
  ['more partitions', topic({}), topic({ partitions: 48 }), []],
  ['more copies', topic({}), topic({ replicas: 5 }), ['spec.replicas is 5, was 3: nobody moves the copies of a topic that is there; keep the number, or move its copies with kafka-reassign-partitions first']],
  ['fewer partitions by the Job', provision([transfers]), provision([{ ...transfers, partitions: 12 }]),
    ['data["desired.json"] transfers.partitions is 12, was 24: a topic never gets fewer partitions, which hold messages; keep the number, or describe a topic of another name']],
  ['fewer copies by the Job', provision([transfers]), provision([{ ...transfers, replication: 2 }]),
    ['data["desired.json"] transfers.replication is 2, was 3: nobody moves the copies of a topic that is there; keep the number, or move its copies with kafka-reassign-partitions first']],
  ['more partitions, and another topic, by the Job', provision([transfers]), provision([{ ...transfers, partitions: 48 }, { name: 'new', partitions: 1 }]), []],
  ['a topic that says nothing of copies', provision([transfers]), provision([{ name: 'transfers', partitions: 24 }]), []],
  ['a ConfigMap of somebody else', provision([transfers], 'other'), provision([{ ...transfers, partitions: 1 }], 'other'), []],
  ['what is no JSON', provision('{'), provision([transfers]), []],
])('%s', (_, before, after, expected) => {
  expect(linesOf(before, after)).toEqual(expected);
});

test('objects without a spec break nothing', () => {
  for (const object of [pool(), topic({}), provision([transfers])]) {
    const broken = { ...object, spec: undefined, data: null };
    expect(() => [linesOf(broken, object), linesOf(object, broken)]).not.toThrow();
  }
});

test('other layouts keep as much as is judged', () => {
  expect(linesOf(guardedPartOf(pool() as never) ?? {}, guardedPartOf(disk('1Gi') as never) ?? {})).toHaveLength(1);
  expect(linesOf(guardedPartOf(topic({}) as never) ?? {}, guardedPartOf(topic({ partitions: 1 }) as never) ?? {})).toHaveLength(1);
});
