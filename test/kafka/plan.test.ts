import { kafkaCluster, zoned } from '../support/kafka';
import { refusalOf } from '../support/problems';
import { planOf } from '../../src/kafka/plan/plan';
import { stateOf } from '../../src/kafka/plan/state';

const cluster = (kafka: object = {}) => kafkaCluster({ ...zoned, zones: [...zoned.zones], ...kafka } as never);
const plan = (before: object | undefined, after: object, options: { changed?: string[]; replace?: string; restart?: boolean } = {}) => (
  planOf(cluster(after), { before: before && stateOf(cluster(before)), folder: 'deploy/production/_platform', ...options }));
const titles = (...args: Parameters<typeof plan>) => plan(...args).map(({ title }) => title);
const refused = (before: object, after: object) => refusalOf('KAFKA_PLAN_REFUSED', () => plan(before, after));

test('what is the same needs no step', () => {
  expect(plan({}, {})).toEqual([]);
});

test('a new one is applied, waited for, and said to be formed', () => {
  expect(titles(undefined, { formed: false })).toEqual(['write the manifests and apply them', 'wait for the nodes', 'look at the quorum', 'say formed: true in the description, write and apply it']);
});

test('a release goes to controllers first, one node at a time and each behind its gate, and its features stay off', () => {
  const steps = plan({ version: '3.9.2' }, { metadataVersion: '3.9' });
  expect(steps.map(({ title }) => title)).toEqual([
    'write the manifests and apply them', 'restart the controllers with Kafka 4.3.1', 'restart the brokers with Kafka 4.3.1', 'wait some days',
  ]);
  const words = (index: number) => steps[index].commands.map(command => (/Gate \S+ (\w+ \d+)/.exec(command)?.[1] ?? /(delete pod|create|Ready) .*?(kafka-[\w-]+)/.exec(command)?.slice(1).join(' ') ?? command));
  expect(words(1)).toEqual([0, 1, 2].flatMap(ordinal => [`controller ${100 + ordinal}`, `delete pod kafka-controller-${ordinal}`, `create kafka-controller-${ordinal}`, `Ready kafka-controller-${ordinal}`]));
  expect(words(2)).toEqual(['a', 'b', 'c'].flatMap((zone, index) => [`broker ${index}`, `delete pod kafka-broker-${zone}-0`, `create kafka-broker-${zone}-0`, `Ready kafka-broker-${zone}-0`]));
});

test('and back, as long as they are off', () => {
  expect(titles({ metadataVersion: '3.9' }, { version: '3.9.2' })).toEqual(['write the manifests and apply them', 'restart the controllers with Kafka 3.9.2', 'restart the brokers with Kafka 3.9.2']);
});

test('features are switched on by themselves, after a dry run', () => {
  const steps = plan({ metadataVersion: '3.9' }, {});
  expect(steps.map(({ title }) => title).slice(-1)).toEqual(['switch on the features of 4.3']);
  expect(steps[steps.length - 1].commands[0]).toContain('upgrade --release-version 4.3 --dry-run');
});

test('changed pods are restarted, those of no other set before their gate', () => {
  const steps = plan({}, {}, { changed: ['kafka-broker-a'] });
  expect(steps.map(({ title }) => title)).toEqual(['write the manifests and apply them', 'restart the brokers with what changed']);
  expect(steps[1].commands.filter(command => command.includes('delete pod'))).toEqual([expect.stringContaining('kafka-broker-a-0')]);
});

test('controllers come by themselves, or are made voters where the release does not know how, and leave in the right order', () => {
  expect(titles({}, { controllers: 5 })).toEqual(['write the manifests and apply them', 'wait for kafka-controller-3, kafka-controller-4', 'see that the new controllers vote', 'restart the nodes that do not know them yet']);
  expect(JSON.stringify(plan({ version: '3.9.2' }, { version: '3.9.2', controllers: 5 }))).toContain('martymsf.kafka.Voters');
  expect(JSON.stringify(plan({}, { controllers: 5 }))).not.toContain('martymsf.kafka.Voters');
  expect(titles({ controllers: 5 }, {})).toEqual([
    'write the manifests and apply them', 'take the vote of kafka-controller-4', 'take the vote of kafka-controller-3', 'restart the other nodes', 'remove the disks',
  ]);
});

test('brokers that come are given something to do; those that go are emptied first and forgotten last', () => {
  expect(titles({}, { zones: ['a', 'b', 'c', 'd'] })).toEqual(['write the manifests and apply them', 'wait for kafka-broker-d-0', 'give the new brokers something to do']);
  expect(titles({ zones: ['a', 'b', 'c', 'd'] }, {})).toEqual(['empty kafka-broker-d-0', 'write the manifests and apply them', 'forget the brokers', 'remove the disks']);
});

test('before controllers stop, those that stay are waited for, and the gate is asked', () => {
  const [{ commands }] = plan({ controllers: 5 }, {});
  expect(commands.map(command => /(condition=Ready|Gate|marty synth|kubectl apply)/.exec(command)?.[1])).toEqual(['condition=Ready', 'condition=Ready', 'condition=Ready', 'Gate', 'Gate', 'marty synth', 'kubectl apply']);
});

test('every node is restarted without a change, each behind its gate', () => {
  const steps = plan({}, {}, { restart: true });
  expect(steps.map(({ title }) => title)).toEqual(['restart the controllers with what they read when they start', 'restart the brokers with what they read when they start']);
  expect(steps.flatMap(({ commands }) => commands).filter(command => command.includes('kafka.Gate'))).toHaveLength(6);
  expect(() => plan({ version: '3.9.2' }, { metadataVersion: '3.9' }, { restart: true })).toThrow(/says more than what is written/);
  expect(() => plan(undefined, {}, { restart: true })).toThrow(/nothing is written in deploy/);
});

test('another namespace is another Kafka', () => {
  const before = { ...stateOf(cluster({})), namespace: 'elsewhere' };
  expect(refusalOf('KAFKA_PLAN_REFUSED', () => planOf(cluster({}), { before, folder: 'deploy' }))).toEqual([expect.stringContaining('namespace: is bank, was elsewhere')]);
});

test('a disk is given up when others have what it had, asked from another pod, and with no other change', () => {
  for (const [lost, from] of [['kafka-broker-a-0', 'kafka-broker-b-0'], ['kafka-controller-0', 'kafka-controller-1']]) {
    const [{ commands: [gate, claim] }] = plan({}, {}, { replace: lost });
    expect(gate).toContain(`exec ${from} `);
    expect(gate).toContain('martymsf.kafka.Gate');
    expect(claim).toContain(`delete persistentvolumeclaim data-${lost}`);
  }
  expect(() => plan({ brokersPerZone: 2 }, {}, { replace: 'kafka-broker-b-0' })).toThrow(/says more than what is written/);
  const combined = { zones: [], controllers: 'combined' };
  expect(() => plan(combined, combined, { replace: 'kafka-broker-0' })).toThrow(/it is everything/);
});

test('a lost disk is replaced, that of a controller only once all have been together', () => {
  expect(titles({}, {}, { replace: 'kafka-broker-b-0' })).toEqual(['give kafka-broker-b-0 a new disk', 'wait until it has caught up']);
  expect(titles({}, {}, { replace: 'kafka-controller-1' })).toEqual(['give kafka-controller-1 a new disk', 'see that it votes']);
  expect(titles({ version: '3.9.2' }, { version: '3.9.2' }, { replace: 'kafka-controller-1' })).toEqual(['give kafka-controller-1 a new disk', 'take the vote of the lost disk', 'give the new one a vote']);
  expect(() => plan({ formed: false }, { formed: false }, { replace: 'kafka-controller-1' })).toThrow(/formed is false/);
  expect(() => plan({}, {}, { replace: 'kafka-broker-9' })).toThrow(/expected one of kafka-controller-0/);
});

test.each<[string, object, object, string]>([
  ['features back', {}, { metadataVersion: '3.9' }, 'metadataVersion: is 3.9, was 4.3'],
  ['a release back after its features', {}, { version: '3.9.2' }, 'version: is 3.9.2, was 4.3.1: it does not know the features of 4.3'],
  ['a release and its features at once', { version: '3.9.2' }, {}, "metadataVersion: rises together with version; keep metadataVersion: '3.9'"],
  ['another id', {}, { clusterId: 'MkU3OEVBNTcwNTJENDM2Qg' }, 'clusterId: is MkU3OEVBNTcwNTJENDM2Qg'],
  ['one node made many', { controllers: 'combined', zones: [] }, {}, 'controllers: is 3, was combined: it changes between one node'],
  ['controllers before they were together', { formed: false }, { controllers: 5, formed: false }, 'formed: is false, but controllers come or go; keep controllers: 3, say formed: true, write and apply that, and plan again then'],
  ['controllers together with their being together', { formed: false }, { controllers: 5 }, 'formed: was false when it was written last, but controllers come or go; keep controllers: 3 until formed: true alone is written and applied, and plan again then'],
  ['a zone from the middle', { zones: ['a', 'b', 'c', 'd'] }, { zones: ['a', 'c', 'd'] }, 'zones: is a,c,d, was a,b,c,d'],
  ['a zone put first', {}, { zones: ['d', 'a', 'b', 'c'] }, 'zones: is d,a,b,c, was a,b,c: the numbers of brokers follow from the places of their zones'],
  ['zones where there were none', { zones: [] }, {}, 'zones: is a,b,c, was none: brokers that belong to a zone have other names and numbers'],
  ['formed back', {}, { formed: false }, 'formed: is false, was true'],
  ['a release and more nodes at once', { version: '3.9.2' }, { metadataVersion: '3.9', brokersPerZone: 2 }, 'version: changes together with the number of nodes'],
  ['fewer brokers and other controllers', { brokersPerZone: 2 }, { controllers: 5 }, 'controllers: changes together with the brokers'],
])('refuses %s', (_, before, after, message) => {
  expect(refused(before, after).join('\n')).toContain(message);
});
