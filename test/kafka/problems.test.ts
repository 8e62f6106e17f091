import { App } from 'cdk8s';
import { kafkaPlatform, kafkaCluster, zoned } from '../support/kafka';
import { PlatformChart } from '../../src/charts';
import { MartyError } from '../../src/errors';
import { kafkaProblems } from '../../src/kafka/problems';

const production = { ...zoned, zones: [...zoned.zones] };
const combined = { version: '4.3.1', controllers: 'combined' } as const;

/** What is said of a Kafka, by whoever says it first. */
function problemsOf(kafka: object, facts: object = {}, topic: object = {}): string[] {
  try {
    return kafkaProblems(kafkaCluster(kafka as never, facts, topic)).map(({ path, message }) => `${path}: ${message}`);
  } catch (error) {
    if (!(error instanceof MartyError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

test('what is right is not refused', () => {
  expect([production, combined, { version: '3.9.2' }].flatMap(kafka => problemsOf(kafka))).toEqual([]);
});

/** Each wrong in one way, with where it is told and what is said. */
const faults: [string, object, string, object?, object?][] = [
  ['an even number of controllers', { ...production, controllers: 4 }, 'controllers'],
  ['one controller', { ...production, controllers: 1 }, 'controllers'],
  ['a misspelt field', { ...production, controlers: 3 }, 'did you mean controllers?'],
  ['a release that is not known', { ...production, version: '4.3' }, 'version'],
  ['ZooKeeper', { ...production, zookeeper: true }, 'zookeeper'],
  ['features of a later release', { version: '3.9.2', metadataVersion: '4.3' }, 'metadataVersion: is "4.3", which is later than Kafka 3.9.2 knows; expected at most 3.9'],
  ['a zone twice', { ...production, zones: ['a', 'a', 'b'] }, 'names a zone twice'],
  ['eleven zones', { ...production, zones: Array.from('abcdefghijk') }, 'zones'],
  ['a zone that is no label', { ...production, zones: ['A', 'b', 'c'] }, 'zones[0]'],
  ['two brokers', { version: '4.3.1', brokersPerZone: 2 }, 'brokersPerZone: makes 2 brokers, expected at least 3'],
  ['two zones with a broker each', { version: '4.3.1', zones: ['a', 'b'] }, 'zones: make 2 brokers, expected at least 3'],
  ['no broker', { ...production, brokersPerZone: 0 }, 'brokersPerZone'],
  ['more brokers than numbers', { ...production, brokersPerZone: 11 }, 'brokersPerZone'],
  ['zones of one node', { ...combined, zones: ['a', 'b', 'c'] }, 'zones: has no meaning'],
  ['brokers of one node', { ...combined, brokersPerZone: 3 }, 'brokersPerZone: is 3, which is for brokers of their own'],
  ['one node for clients outside', { ...combined, external: { kind: 'load-balancer', domain: 'k.example' } }, 'which is for brokers of their own; name 3 or 5 controllers'],
  ['more copies than brokers', { ...production, topics: { replication: 4 } }, 'topics.replication: is 4, which is more than the 3 brokers that there are'],
  ['copies on one node', { ...combined, topics: { replication: 3 } }, 'topics.replication: is 3, which is more than the 1 broker that there is'],
  ['as many writes as copies', { ...production, topics: { minInsync: 3 } }, 'topics.minInsync: is 3, which is not fewer than the 3 copies'],
  ['more writes than copies', { ...production, topics: { replication: 2, minInsync: 3 } }, 'topics.minInsync: is 3, which is not fewer than the 2 copies'],
  ['nothing kept', { ...production, topics: { retentionMs: 0 } }, 'topics.retentionMs: keeps nothing; expected milliseconds'],
  ['a retention with a unit', { ...production, topics: { retentionMs: '7d' } }, 'topics.retentionMs'],
  ['a size with a unit', { ...production, storage: { brokerGiB: '100Gi' } }, 'storage.brokerGiB'],
  ['no storage', { ...production, storage: { brokerGiB: 0 } }, 'storage.brokerGiB'],
  ['too little memory', { ...production, broker: { memoryMiB: 512 } }, 'broker.memoryMiB'],
  ['too little memory for controllers', { ...production, controller: { memoryMiB: 128 } }, 'controller.memoryMiB'],
  ['no core', { ...production, broker: { cpuMillis: 0 } }, 'broker.cpuMillis'],
  ['a word for whether lag is told', { ...production, beside: { lag: 'on' } }, 'beside.lag'],
  ['no bytes', { ...production, quotas: { producerBytesPerSecond: 0 } }, 'quotas.producerBytesPerSecond'],
  ['an id that begins like an option', { ...production, clusterId: '-kU3OEVBNTcwNTJENDM2Qg' }, 'not beginning with "-"'],
  ['an id that is too short', { ...production, clusterId: 'MkU3OEVBNTcwNTJENDM2' }, 'clusterId'],
  ['an image with a version', { ...production, image: 'apache/kafka:4.3.1' }, 'image: names a version'],
  ['an unknown way in', { ...production, external: { kind: 'ingress', domain: 'k.example' } }, 'external'],
  ['a domain with a scheme', { ...production, external: { kind: 'load-balancer', domain: 'https://k.example' } }, 'external.domain'],
  ['a domain inside', { ...production, external: { kind: 'load-balancer', domain: 'k.svc.cluster.local' } }, 'external.domain: is in cluster.local, which nobody outside of the cluster can look up'],
  ['a port that no node has', { ...production, external: { kind: 'node-port', domain: 'k.example', port: 9092 } }, 'external.port'],
  ['a route without a Gateway', { ...production, external: { kind: 'tls-route', domain: 'k.example' } }, 'names no Gateway'],
  ['a route on an old server', { ...production, external: { kind: 'tls-route', domain: 'k.example' } }, 'whose definition Kubernetes 1.28 does not take', { kubernetes: '1.28', gateway: { name: 'g', namespace: 'g' } }],
  ['Strimzi on an old server', { version: '4.3.1', operator: 'strimzi' }, 'needs Kubernetes 1.30', { kubernetes: '1.28' }],
  ['an operator that is not known', { ...production, operator: 'banzai' }, 'operator'],
  ['a misspelt key', { ...production, config: { 'num.io.thread': 8 } }, 'config["num.io.thread"]: is no key of Kafka 4.3 for a node; did you mean num.io.threads?'],
  ['a key of another kind', { ...production, config: { 'num.io.threads': 'many' } }, 'config["num.io.threads"]'],
  ['a key out of its range', { ...production, config: { 'num.io.threads': 0 } }, 'config["num.io.threads"]'],
  ['a key of topics', { ...production, config: { 'retention.ms': 5 } }, 'is a key of topics, not of brokers'],
  ['a key that was removed', { ...production, config: { 'log.message.format.version': '3.0' } }, 'was removed in Kafka'],
  ['a key of ZooKeeper', { ...production, config: { 'zookeeper.connect': 'z:2181' } }, 'config["zookeeper.connect"]'],
  ['a key of a later release', { version: '3.9.2', config: { 'controller.quorum.auto.join.enable': true } }, 'config["controller.quorum.auto.join.enable"]'],
  ['a key that is ours', { ...production, config: { 'advertised.listeners': 'CLIENT://x:9092' } }, 'is set by the cluster itself; remove it'],
  ['a key by which nodes are known', { ...production, config: { 'node.id': 7 } }, 'is set by the cluster itself'],
  ['a deprecated key', { ...production, config: { 'log.cleaner.enable': true } }, 'is deprecated in Kafka 4.3'],
  ['more copies of a topic than brokers', production, 'topic transfers.replication: is 4, but there are 3 brokers', {}, { replication: 4 }],
  ['as many writes as copies of a topic', production, 'topic transfers.minInsync: is 2 of 2 copies', {}, { replication: 2, minInsync: 2 }],
  ['secrets by the CSI driver', production, 'is the CSI driver', { secretStore: { kind: 'csi' } }],
  ['a limit of CPU in the quota', production, 'quota.cpuLimit: is 10, but Kafka runs without a limit of CPU', { quota: { cpuLimit: 10 } }],
  ['a default limit of CPU', production, 'containerDefaults.cpuLimitMillis: is 500', { containerDefaults: { cpuLimitMillis: 500 } }],
];

test.each(faults)('refuses %s, where it is', (_, kafka, told, facts = {}, topic = {}) => {
  const found = problemsOf(kafka, facts, topic);
  expect(found.join('\n')).toContain(told);
  expect(found.length).toBeLessThanOrEqual(2);
});

/** What is said of a fault, word for word. */
const words: [string, object, string[], object?][] = [
  ['no broker', { brokersPerZone: 0 }, ['kafka.brokersPerZone: is 0, expected a number of at least 1']],
  ['fewer brokers than none', { brokersPerZone: -1 }, ['kafka.brokersPerZone: is -1, expected a number of at least 1']],
  ['two brokers', { brokersPerZone: 2 }, ['kafka.brokersPerZone: makes 2 brokers, expected at least 3, so that one may be lost while another is restarted; say 3, or nothing']],
  ['two zones', { zones: ['a', 'b'] }, ['kafka.zones: make 2 brokers, expected at least 3, so that one may be lost while another is restarted; say brokersPerZone: 2']],
  ['one zone', { zones: ['a'] }, ['kafka.zones: make 1 broker, expected at least 3, so that one may be lost while another is restarted; say brokersPerZone: 3']],
  ['two controllers', { controllers: 2 }, ['kafka.controllers: is 2, expected 3 or 5 or "combined"']],
  ['a number in quotes', { controllers: '3' }, ['kafka.controllers: is "3", expected 3 or 5 or "combined"']],
  ['an image with a tag', { image: 'apache/kafka:latest' }, ['kafka.image: names a version, expected the repository alone; the field version beside it is the tag']],
  ['a way in without its domain', { external: 'load-balancer' }, ['kafka.external: is "load-balancer", expected an object such as { kind: \'load-balancer\', domain: \'kafka.acme.example\' }, of kind load-balancer, node-port or tls-route']],
  ['a way in that has no kind', { external: {} }, ['kafka.external.kind: is missing, expected "load-balancer" or "node-port" or "tls-route"']],
  ['a load balancer without a domain', { external: { kind: 'load-balancer' } }, ['kafka.external.domain: is missing, expected a domain such as kafka.acme.example']],
  ['a port without a host name', { external: { kind: 'node-port' } }, ['kafka.external.domain: is missing, expected a host name such as nodes.acme.example']],
  ['another word for a quota', { quotas: { produce: 5 } }, ['kafka.quotas.produce: is not a field that exists here; expected producerBytesPerSecond or consumerBytesPerSecond']],
  ['a misspelt quota', { quotas: { producerBytesPerSec: 5 } }, ['kafka.quotas.producerBytesPerSec: is not a field that exists here; expected producerBytesPerSecond or consumerBytesPerSecond']],
  ['hours', { topics: { retentionHours: 5 } }, ['kafka.topics.retentionHours: is not a field that exists here; expected replication, minInsync or retentionMs']],
  ['another word for a size', { storage: { size: 5 } }, ['kafka.storage.size: is not a field that exists here; expected brokerGiB, controllerGiB or class']],
  ['days', { topics: { retentionMs: 7 } }, ['kafka.topics.retentionMs: is 7, which is too few milliseconds to keep anything, expected at least 60000, or -1 for ever; a day is 86400000']],
  ['one copy', { topics: { replication: 1 } }, ['kafka.topics.replication: keeps every message on one disk, to be lost with it, and its broker could never be restarted unnoticed; expected at least 2']],
  ['days of a topic', {}, ['topic transfers.retentionMs: is 7, which is too few milliseconds to keep anything, expected at least 60000, or -1 for ever; a day is 86400000'], { retentionMs: 7 }],
  ['one copy of a topic', {}, ['topic transfers.replication: is 1, which keeps every message on one disk, to be lost with it, and its broker could never be restarted unnoticed; expected at least 2'], { replication: 1 }],
  ['a topic sent here and elsewhere', {}, ['ledger.produces.transfers: sends transfers, which says producedElsewhere: true; leave that out, since the topic is made here'], { producedElsewhere: true }],
  ['what fields say, as keys', { config: { 'default.replication.factor': 1, 'min.insync.replicas': 3, 'log.retention.hours': 24, 'log.retention.ms': -1 } }, [
    'kafka.config["default.replication.factor"]: is what topics.replication says, by which the topics are made; say topics: { replication: 1 } instead',
    'kafka.config["min.insync.replicas"]: is what topics.minInsync says, by which the topics are made; say topics: { minInsync: 3 } instead',
    'kafka.config["log.retention.ms"]: is what topics.retentionMs says, by which the topics are made; say topics.retentionMs instead',
    'kafka.config["log.retention.hours"]: is what topics.retentionMs says, by which the topics are made; say topics: { retentionMs: 86400000 } instead',
  ]],
  ['more copies of own topics than brokers', { config: { 'offsets.topic.replication.factor': 9 } }, ['kafka.config["offsets.topic.replication.factor"]: is 9, but there are 3 brokers, so that Kafka never makes the topic; expected at most 3']],
  ['one copy of own topics', { config: { 'offsets.topic.replication.factor': '1' } }, ['kafka.config["offsets.topic.replication.factor"]: is 1, which is lost with a disk, and its broker could never be restarted unnoticed; expected at least 2']],
  ['as many writes as copies of own topics', { config: { 'transaction.state.log.min.isr': 3 } }, ['kafka.config["transaction.state.log.min.isr"]: is 3 of 3 copies, so that writing stops while a broker is restarted; expected 2']],
  ['fewer copies of own topics than writes', { config: { 'share.coordinator.state.topic.replication.factor': 2 } }, ['kafka.config["share.coordinator.state.topic.min.isr"]: is 2 of 2 copies, so that writing stops while a broker is restarted; expected 1']],
  ['no bytes of a message', { config: { 'message.max.bytes': 0 } }, ['kafka.config["message.max.bytes"]: is 0 bytes, in which no message has room; expected at least 1024']],
];

test.each(words)('says of %s what it is and what to do', (_, kafka, told, topic = {}) => {
  expect(problemsOf({ version: '4.3.1', ...kafka }, {}, topic).map(text => text.replace(/^environments\.production\./, ''))).toEqual(told);
});

test('what was meant is not refused', () => {
  const fitting = { 'offsets.topic.replication.factor': 5, 'transaction.state.log.replication.factor': 3, 'transaction.state.log.min.isr': 1, 'message.max.bytes': 1024 };
  expect(problemsOf({ version: '4.3.1', brokersPerZone: 5, config: fitting })).toEqual([]);
  expect(problemsOf({ ...combined, config: { 'offsets.topic.replication.factor': 1, 'transaction.state.log.min.isr': 1 } }, {}, { replication: 1, retentionMs: -1 })).toEqual([]);
});

test('there are as many faults as anybody makes in a year', () => {
  expect(faults.length).toBeGreaterThanOrEqual(50);
});

test('two wrong fields are told at once', () => {
  expect(problemsOf({ ...production, controllers: 2, storage: { brokerGiB: 0 } }).map(text => text.split(':')[0])).toEqual([
    'environments.production.kafka.controllers', 'environments.production.kafka.storage.brokerGiB',
  ]);
});

describe('services and their Kafka', () => {
  const { platform, services } = kafkaPlatform(production);
  const render = (all: readonly object[], props: object = {}) => new PlatformChart(new App(), 'production', { environment: 'production', services: all as typeof services, releases: { ledger: '1', fraud: '1', web: '1', 'kafka-ui': '1' }, ...props });

  test('a topic that nobody sends is refused, unless somebody else does', () => {
    expect(() => render(services.filter(({ name }) => name !== 'ledger'), { releases: { fraud: '1', web: '1' } })).toThrow(/fraud\.consumes\.transfers: receives transfers, which no service sends/);
    const elsewhere = kafkaPlatform(production, {}, { producedElsewhere: true }).services.filter(({ name }) => name === 'fraud');
    expect(() => render(elsewhere, { releases: { fraud: '1' } })).not.toThrow();
  });

  test('a service that is called like the Kafka is refused', () => {
    const named = platform.microservice({ name: 'kafka-ui', team: 'money', image: 'ghcr.io/bank/any' });
    expect(() => render([...services, named])).toThrow(/kafka-ui\.name: begins like the objects of the Kafka/);
  });

  test('services that are rendered elsewhere cannot use it', () => {
    expect(() => render(services, { ownsPlatform: false })).toThrow(/ledger: sends or receives messages by the Kafka of production, which only knows the services that are rendered with it/);
  });
});
