import { resolve } from 'node:path';
import { kafkaReleases, readKafkaKeys } from '../../projenrc/imports/kafka';
import { didYouMean } from '../../src/errors';
import { configFile } from '../../src/kafka/_config-lookup';
import { readByBrokers } from '../../src/kafka/_config-roles';
import {
  configProblems, isOwned, ownedKeys, ownedProblems, readersOf, type KafkaConfig, type KafkaConfigRole, type KafkaConfigTarget,
} from '../../src/kafka/config-keys';
import { linesOf } from '../support/problems';

const root = resolve(__dirname, '../..');
const [first, last] = ['3.9.2', '4.3.1'] as const;
const current = readKafkaKeys(root, last);

const check = (config: KafkaConfig, role: KafkaConfigRole = 'combined', version: string = last, more: Partial<KafkaConfigTarget> = {}) => (
  linesOf(configProblems(config, { version, role, ...more })));

/** One rule: the same configuration but for one thing, once accepted and once refused with exactly one problem. */
type Rule = readonly [rule: string, accepted: readonly string[], refused: readonly string[], problem: string];
const testRules = (rules: readonly Rule[]) => test.each(rules)('%s', (_, accepted, refused, problem) => {
  expect([accepted, refused]).toEqual([[], [problem]]);
});

describe('names', () => {
  testRules([
    ['a key is spelt as Kafka spells it', check({ 'log.retention.ms': 1 }), check({ 'log.retension.ms': 1 }),
      'log.retension.ms: is no key of Kafka 4.3 for a node; did you mean log.retention.ms?'],
    ['a key is written in the case that Kafka writes', check({ 'log.retention.ms': 1 }), check({ 'log.retention.MS': 1 }),
      'log.retention.MS: is no key of Kafka 4.3 for a node; did you mean log.retention.ms?'],
    ['a key exists', check({}), check({ 'fancy.feature': true }), 'fancy.feature: is no key of Kafka 4.3 for a node'],
    ['a key is not that of an object', check({}), check({ constructor: 'x' }), 'constructor: is no key of Kafka 4.3 for a node'],
    ['ZooKeeper is gone', check({ 'controller.quorum.bootstrap.servers': 'a:9093' }), check({ 'zookeeper.connect': 'zk:2181' }),
      'zookeeper.connect: was removed in Kafka 4.0; remove it: the controllers keep what ZooKeeper kept'],
    ['ZooKeeper is not there in 3.9 either', check({ 'request.timeout.ms': 1 }, 'combined', first), check({ 'zookeeper.connect': 'zk:2181' }, 'combined', first),
      'zookeeper.connect: has no effect in a cluster of controllers; remove it: the controllers keep what ZooKeeper kept'],
    ['the protocol between brokers is a feature', check({}), check({ 'inter.broker.protocol.version': '3.9' }),
      'inter.broker.protocol.version: was removed in Kafka 4.0; set the feature metadata.version with kafka-features'],
    ['a key is gone that had another name', check({ 'delegation.token.secret.key': 'k' }), check({ 'delegation.token.master.key': 'k' }),
      'delegation.token.master.key: was removed in Kafka 4.0; use delegation.token.secret.key'],
    ['a key went after 4.0', check({ 'group.coordinator.new.enable': true }, 'combined', '4.0.2'), check({ 'group.coordinator.new.enable': true }, 'combined', '4.1.2'),
      'group.coordinator.new.enable: was removed in Kafka 4.1; remove it: there is one group coordinator'],
    ['a key comes later', check({ 'controller.quorum.auto.join.enable': true }, 'combined', '4.2.1'), check({ 'controller.quorum.auto.join.enable': true }, 'combined', first),
      'controller.quorum.auto.join.enable: came with Kafka 4.2, and the version here is 3.9.2; remove it, or use a later version'],
    ['a deprecated key is going', check({ 'delegation.token.secret.key': 'k' }, 'combined', first), check({ 'delegation.token.master.key': 'k' }, 'combined', first),
      'delegation.token.master.key: is deprecated in Kafka 3.9; use delegation.token.secret.key'],
    ['a deprecated key has a successor', check({ 'remote.log.manager.follower.thread.pool.size': 2 }), check({ 'remote.log.manager.thread.pool.size': 2 }),
      'remote.log.manager.thread.pool.size: is deprecated in Kafka 4.3; use remote.log.manager.follower.thread.pool.size'],
    ['the successor of a deprecated key has to exist', [], check({ 'remote.log.manager.thread.pool.size': 2 }, 'combined', first),
      'remote.log.manager.thread.pool.size: is deprecated in Kafka 3.9; remove it'],
    ['a limit of replication is set while the cluster runs', check({ 'replica.fetch.max.bytes': 1 }), check({ 'leader.replication.throttled.rate': 1 }),
      'leader.replication.throttled.rate: is read from the cluster and from no file; set it with kafka-configs while the cluster runs'],
    ['a version is one that is known', check({}, 'combined', '4.3'), check({}, 'combined', '5.0.0'),
      'version: is 5.0.0, expected a version of Kafka 3.9 to 4.3, such as 4.3.1'],
    ['a version is a version', check({}, 'combined', '4.3.0'), check({}, 'combined', '4.3.1-rc1'),
      'version: is 4.3.1-rc1, expected a version of Kafka 3.9 to 4.3, such as 4.3.1'],
  ]);
});

describe('values', () => {
  testRules([
    ['an INT is not below its bound', check({ 'num.io.threads': 1 }), check({ 'num.io.threads': 0 }), 'num.io.threads: is 0, expected an integer of at least 1'],
    ['an INT has 32 bits', check({ 'socket.request.max.bytes': 2147483647 }), check({ 'socket.request.max.bytes': 2147483648 }),
      'socket.request.max.bytes: is 2147483648, expected an integer of at least 1'],
    ['an INT without bounds has 32 bits', check({ 'max.connections.per.ip': '2147483647', 'replica.socket.receive.buffer.bytes': -2147483648 }), check({ 'controller.socket.timeout.ms': '2147483648' }),
      'controller.socket.timeout.ms: is "2147483648", expected an integer from -2147483648 to 2147483647'],
    ['an INT is whole', check({ 'num.io.threads': '8' }), check({ 'num.io.threads': 8.5 }), 'num.io.threads: is 8.5, expected an integer of at least 1'],
    ['an INT is a number', check({ 'num.io.threads': ' +8 ' }), check({ 'num.io.threads': '8 threads' }), 'num.io.threads: is "8 threads", expected an integer of at least 1'],
    ['an INT is not empty', check({ 'num.io.threads': '8' }), check({ 'num.io.threads': '' }), 'num.io.threads: is "", expected an integer of at least 1'],
    ['an INT is no BOOLEAN', check({ 'num.io.threads': 8 }), check({ 'num.io.threads': true }), 'num.io.threads: is true, expected an integer of at least 1'],
    ['a number is between two bounds', check({ 'compression.lz4.level': 17 }), check({ 'compression.lz4.level': 18 }),
      'compression.lz4.level: is 18, expected an integer from 1 to 17'],
    ['a number besides the bounds is named', check({ 'compression.gzip.level': -1 }), check({ 'compression.gzip.level': 0 }),
      'compression.gzip.level: is 0, expected an integer from 1 to 9, or -1'],
    ['a LONG has 64 bits', check({ 'log.flush.interval.messages': '9223372036854775807' }), check({ 'log.flush.interval.messages': '9223372036854775808' }),
      'log.flush.interval.messages: is "9223372036854775808", expected an integer of at least 1'],
    ['a LONG that JavaScript rounds is a text', check({ 'log.retention.bytes': Number.MAX_SAFE_INTEGER }), check({ 'log.retention.bytes': 2 ** 53 }),
      'log.retention.bytes: is 9007199254740992, expected a number that JavaScript does not round; write it as a text'],
    ['a SHORT has 16 bits', check({ 'offsets.topic.replication.factor': 32767 }), check({ 'offsets.topic.replication.factor': 32768 }),
      'offsets.topic.replication.factor: is 32768, expected an integer of at least 1'],
    ['a DOUBLE is between its bounds', check({ 'log.cleaner.min.cleanable.ratio': '5e-1' }), check({ 'log.cleaner.min.cleanable.ratio': 1.01 }),
      'log.cleaner.min.cleanable.ratio: is 1.01, expected a number from 0 to 1'],
    ['a DOUBLE is a number', check({ 'sasl.login.refresh.window.factor': 0.5 }), check({ 'sasl.login.refresh.window.factor': 'half' }),
      'sasl.login.refresh.window.factor: is "half", expected a number'],
    ['a BOOLEAN is true or false', check({ 'auto.create.topics.enable': 'FALSE' }), check({ 'auto.create.topics.enable': 'no' }),
      'auto.create.topics.enable: is "no", expected true or false'],
    ['a BOOLEAN is no number', check({ 'auto.create.topics.enable': false }), check({ 'auto.create.topics.enable': 0 }),
      'auto.create.topics.enable: is 0, expected true or false'],
    ['a STRING is a text', check({ 'broker.rack': '1' }), check({ 'broker.rack': 1 }), 'broker.rack: is 1, expected a text'],
    ['a STRING is one of its values', check({ 'compression.type': 'zstd' }), check({ 'compression.type': 'zst' }),
      'compression.type: is "zst", expected uncompressed, zstd, lz4, snappy, gzip or producer; did you mean zstd?'],
    ['a STRING is in the case of its values', check({ 'ssl.client.auth': 'required' }), check({ 'ssl.client.auth': 'REQUIRED' }),
      'ssl.client.auth: is "REQUIRED", expected required, requested or none; did you mean required?'],
    ['some values have no case', check({ 'group.consumer.migration.policy': 'Upgrade' }), check({ 'group.consumer.migration.policy': 'on' }),
      'group.consumer.migration.policy: is "on", expected DISABLED, DOWNGRADE, UPGRADE or BIDIRECTIONAL'],
    ['a STRING may have to be filled', check({ 'remote.log.metadata.manager.impl.prefix': 'x.' }), check({ 'remote.log.metadata.manager.impl.prefix': ' ' }),
      'remote.log.metadata.manager.impl.prefix: is "", expected a text that is not empty'],
    ['a LIST has only its values', check({ 'log.cleanup.policy': 'delete, compact' }), check({ 'log.cleanup.policy': 'delete,compacted' }),
      'log.cleanup.policy: is "delete,compacted", expected a list of compact or delete; did you mean compact?'],
    ['a LIST is a text', check({ 'sasl.enabled.mechanisms': 'PLAIN' }), check({ 'sasl.enabled.mechanisms': 5 }), 'sasl.enabled.mechanisms: is 5, expected a text'],
    ['a LIST names nothing twice', check({ 'sasl.enabled.mechanisms': 'PLAIN,GSSAPI' }), check({ 'sasl.enabled.mechanisms': 'PLAIN,PLAIN' }),
      'sasl.enabled.mechanisms: is "PLAIN,PLAIN", expected each element once; PLAIN is there twice'],
    ['a LIST names nothing twice since 4.2', check({ 'sasl.enabled.mechanisms': 'PLAIN,PLAIN' }, 'combined', '4.1.2'), check({ 'sasl.enabled.mechanisms': 'PLAIN,PLAIN' }, 'combined', '4.2.1'),
      'sasl.enabled.mechanisms: is "PLAIN,PLAIN", expected each element once; PLAIN is there twice'],
    ['a LIST has no empty elements', check({ 'sasl.enabled.mechanisms': '' }), check({ 'sasl.enabled.mechanisms': 'PLAIN,' }),
      'sasl.enabled.mechanisms: is "PLAIN,", expected a list without empty elements'],
    ['a LIST may have to be filled', check({ 'group.consumer.assignors': 'range' }), check({ 'group.consumer.assignors': '' }),
      'group.consumer.assignors: is "", expected a list that is not empty'],
    ['a CLASS is the name of one', check({ 'client.quota.callback.class': 'com.example.Quota$Free' }), check({ 'client.quota.callback.class': 'free-of-charge' }),
      'client.quota.callback.class: is "free-of-charge", expected the name of a Java class'],
    ['a password is a text, and stays hidden', check({ 'ssl.key.password': '123456' }), check({ 'ssl.key.password': 123456 }),
      'ssl.key.password: is a number, which is not shown here, expected a text'],
    ['a retention is not nothing', check({ 'log.retention.ms': -1 }), check({ 'log.retention.ms': 0 }), 'log.retention.ms: is 0, expected an integer of at least 1, or -1'],
    ['a segment has its least size since 4.1', check({ 'log.segment.bytes': 1024 * 1024 }), check({ 'log.segment.bytes': 1024 * 1024 - 1 }),
      'log.segment.bytes: is 1048575, expected an integer of at least 1048576'],
    ['a level of metrics is one that exists', check({ 'metrics.recording.level': 'debug' }), check({ 'metrics.recording.level': 'all' }),
      'metrics.recording.level: is "all", expected INFO, DEBUG or TRACE'],
    ['a value is taken from a provider that is named', check({ 'config.providers': 'dir', 'config.providers.dir.class': 'x.Dir', 'num.io.threads': '${dir:/etc:threads}' }),
      check({ 'config.providers': 'dir', 'config.providers.dir.class': 'x.Dir', 'num.io.threads': '${dri:/etc:threads}' }),
      'num.io.threads: is taken from a provider dri, which is not in config.providers; did you mean dir?'],
    ['a password from a provider stays hidden', check({ 'config.providers': 'dir', 'ssl.keystore.key': '${dir:/etc:key}' }), check({ 'config.providers': 'dir', 'ssl.keystore.key': 'a${secret:x}' }),
      'ssl.keystore.key: is taken from a provider that is not in config.providers'],
  ]);
});

describe('places', () => {
  const told = { controllers: { 'num.partitions': 3, 'min.insync.replicas': '2' } };
  const names = { 'controller.listener.names': 'CONTROLLER' };
  testRules([
    ['what topics are created with is told to controllers', check({ 'num.partitions': 3 }, 'broker', last, told), check({ 'default.replication.factor': 3 }, 'broker', last, told),
      'default.replication.factor: is decided by the controllers, which are not told it; say the same for the controllers'],
    ['nobody but controllers is told it', check({ 'num.partitions': 3 }, 'controller'), check({ 'num.partitions': 3 }, 'broker'),
      'num.partitions: is decided by the controllers, which are not told it; say the same for the controllers'],
    ['brokers and controllers are told the same', check({ 'min.insync.replicas': 2 }, 'broker', last, told), check({ 'min.insync.replicas': 1 }, 'broker', last, told),
      'min.insync.replicas: is 1 for brokers and "2" for controllers, which decide it; say the same for both'],
    ['policies are run by controllers', check({ 'create.topic.policy.class.name': 'a.B' }, 'controller'), check({ 'create.topic.policy.class.name': 'a.B' }, 'broker'),
      'create.topic.policy.class.name: is read by controllers alone; say it for the controllers'],
    ['messages are kept by brokers', check({ 'log.retention.hours': 1 }, 'broker'), check({ 'log.retention.hours': 1 }, 'controller'),
      'log.retention.hours: is read by brokers alone; say it for the brokers'],
    ['brokers stand in racks', check({ 'broker.rack': 'a' }, 'broker'), check({ 'broker.rack': 'a' }, 'controller'),
      'broker.rack: is read by brokers alone; say it for the brokers'],
    ['brokers talk to each other', check({ 'inter.broker.listener.name': 'B' }, 'broker'), check({ 'inter.broker.listener.name': 'B' }, 'controller'),
      'inter.broker.listener.name: is read by brokers alone; say it for the brokers'],
    ['controllers listen to nobody else', check({ ...names, 'advertised.listeners': 'CONTROLLER://a:9093' }, 'controller'),
      check({ ...names, 'advertised.listeners': 'CONTROLLER://a:9093,CLIENT://a:9092' }, 'controller'),
      'advertised.listeners: names CLIENT, which is not in controller.listener.names; a controller has only those'],
    ['brokers do not listen as controllers', check({ ...names, listeners: 'CLIENT://:9092' }, 'broker'), check({ ...names, listeners: 'CLIENT://:9092,CONTROLLER://:9093' }, 'broker'),
      'listeners: names CONTROLLER, which is in controller.listener.names; a broker has none of those'],
    ['a node that is both reads everything', check({ 'log.retention.hours': 1, 'num.partitions': 3, 'delete.topic.enable': true }, 'combined'),
      check({ 'log.retention.hours': 1, 'num.partitions': 3, 'delete.topic.enable': true }, 'controller'), 'log.retention.hours: is read by brokers alone; say it for the brokers'],
  ]);

  test('a configuration for all nodes can be dealt out', () => {
    expect(['log.retention.ms', 'delete.topic.enable', 'ssl.protocol', 'num.partitions'].map(readersOf))
      .toEqual(['brokers', 'controllers', 'both', 'controllers decide']);
  });

  test('every name in the list of what brokers read is, or begins, a key', () => {
    const keys = Object.keys(configFile().broker);
    expect(readByBrokers.filter(name => !keys.some(key => (name.endsWith('.') ? key.startsWith(name) : key === name)))).toEqual([]);
  });
});

describe('keys that Kafka makes up or hands on', () => {
  const scram = 'listener.name.client.scram-sha-512.sasl.jaas.config';
  testRules([
    ['a listener has keys of its own', check({ 'listener.name.client.ssl.client.auth': 'none' }), check({ 'listener.name.client.ssl.client.aut': 'none' }),
      'listener.name.client.ssl.client.aut: is no key of Kafka 4.3 for a listener; did you mean listener.name.client.ssl.client.auth?'],
    ['their values are checked', check({ 'listener.name.client.ssl.client.auth': 'none' }), check({ 'listener.name.client.ssl.client.auth': 'never' }),
      'listener.name.client.ssl.client.auth: is "never", expected required, requested or none'],
    ['not every key can differ from listener to listener', check({ 'listener.name.client.max.connections': 5 }), check({ 'listener.name.client.num.io.threads': 5 }),
      'listener.name.client.num.io.threads: cannot differ from listener to listener; write num.io.threads'],
    ['a listener is in small letters', check({ 'listener.name.client.ssl.protocol': 'TLSv1.3' }), check({ 'listener.name.CLIENT.ssl.protocol': 'TLSv1.3' }),
      'listener.name.CLIENT.ssl.protocol: is not read, since its listener is not in small letters; write listener.name.client.ssl.protocol'],
    ['the key of a listener is whole', check({ 'listener.name.client.ssl.protocol': 'TLSv1.3' }), check({ 'listener.name.client': 'TLSv1.3' }),
      'listener.name.client: is not the key of a listener, expected listener.name.<listener>.<key>'],
    ['a mechanism has keys of its own', check({ [scram]: 'x.Y required;' }), check({ 'listener.name.client.scram-sha-512.sasl.jaas.confg': 'x.Y required;' }),
      `listener.name.client.scram-sha-512.sasl.jaas.confg: is no key of Kafka 4.3 for a mechanism of a listener; did you mean ${scram}?`],
    ['a mechanism is one that exists', check({ [scram]: 'x.Y required;' }), check({ 'listener.name.client.scram-sha512.sasl.jaas.config': 'x.Y required;' }),
      'listener.name.client.scram-sha512.sasl.jaas.config: names scram-sha512, which is no mechanism in sasl.enabled.mechanisms; did you mean scram-sha-512?'],
    ['a mechanism is in small letters', check({ [scram]: 'x.Y required;' }), check({ 'listener.name.client.SCRAM-SHA-512.sasl.jaas.config': 'x.Y required;' }),
      `listener.name.client.SCRAM-SHA-512.sasl.jaas.config: is not read, since its mechanism is not in small letters; write ${scram}`],
    ['a mechanism of yours is enabled', check({ 'listener.name.client.sasl.enabled.mechanisms': 'MINE', 'listener.name.client.mine.sasl.jaas.config': 'x.Y required;' }),
      check({ 'listener.name.client.sasl.enabled.mechanisms': 'OTHER', 'listener.name.client.mine.sasl.jaas.config': 'x.Y required;' }),
      'listener.name.client.mine.sasl.jaas.config: names mine, which is no mechanism in sasl.enabled.mechanisms'],
    ['a provider is named', check({ 'config.providers': 'dir', 'config.providers.dir.param.allowed.paths': '/etc/pki' }),
      check({ 'config.providers': 'dir', 'config.providers.dri.param.allowed.paths': '/etc/pki' }),
      'config.providers.dri.param.allowed.paths: is about dri, which is not in config.providers; did you mean dir?'],
    ['a provider has a class and parameters', check({ 'config.providers': 'dir', 'config.providers.dir.class': 'a.B' }), check({ 'config.providers': 'dir', 'config.providers.dir.clazz': 'a.B' }),
      'config.providers.dir.clazz: is not the key of a provider, expected config.providers.<provider>.class or .param.<name>'],
    ['a reporter of yours is given its keys', check({ 'metric.reporters': 'com.example.Reporter', 'example.interval': 5 }), check({ 'metric.reporters': 'org.apache.kafka.common.metrics.JmxReporter', 'example.interval': 5 }),
      'example.interval: is no key of Kafka 4.3 for a node'],
    ['a slip stays one beside a class of yours', check({ 'metric.reporters': 'com.example.Reporter', 'num.io.threads': 5 }), check({ 'metric.reporters': 'com.example.Reporter', 'num.oi.threads': 5 }),
      'num.oi.threads: is no key of Kafka 4.3 for a node; did you mean num.io.threads?'],
    ['a class of a listener is one of yours too', check({ 'listener.name.client.plain.sasl.server.callback.handler.class': 'com.example.Ldap', 'ldap.server': 'a' }),
      check({ 'listener.name.client.ssl.protocol': 'TLSv1.3', 'ldap.server': 'a' }), 'ldap.server: is no key of Kafka 4.3 for a node'],
    ['a store of old segments is given its keys', check({ 'remote.log.storage.manager.class.name': 'org.apache.kafka.X', 'rsm.config.bucket': 'a' }), check({ 'rsm.config.bucket': 'a' }),
      'rsm.config.bucket: is no key of Kafka 4.3 for a node'],
    ['its prefix is the one that is said', check({ 'remote.log.metadata.manager.impl.prefix': 'my.', 'my.topic': 'a' }), check({ 'my.topic': 'a' }),
      'my.topic: is no key of Kafka 4.3 for a node'],
  ]);

  test('what Kafka reads without defining it is known', () => {
    const config = {
      'super.users': 'User:a;User:b', 'allow.everyone.if.no.acl.found': false, 'metrics.jmx.include': 'kafka.server.*', 'metrics.context.cluster': 'a',
      'rlmm.config.remote.log.metadata.topic.replication.factor': 3, 'config.providers': 'dir',
    };
    expect(kafkaReleases.flatMap(release => check(config, 'broker', release))).toEqual([]);
  });

  test('no value of a password is told', () => {
    const secrets = Object.keys(current.broker).filter(key => current.broker[key].type === 'PASSWORD');
    const keys = [...secrets, ...secrets.map(key => `listener.name.client.${key}`), ...secrets.map(key => `${key}x`)];
    const told = [987654321, true, '987654321', '${987654321:x}', 'a${987654321:x}'].flatMap(value => keys.flatMap(key => check({ [key]: value }, 'controller')));
    expect(secrets.length).toBeGreaterThan(8);
    expect(told.filter(line => line.includes('987654321'))).toEqual([]);
  });
});

describe('topics', () => {
  const topic = (config: KafkaConfig, version: string = last) => check(config, 'topic', version);
  testRules([
    ['a topic has keys of its own', topic({ 'retention.ms': 1 }), topic({ 'log.retention.ms': 1 }), 'log.retention.ms: is a key of brokers, not of topics; did you mean retention.ms?'],
    ['a topic is no node', topic({ 'min.insync.replicas': 2 }), topic({ 'num.partitions': 2 }), 'num.partitions: is a key of brokers, not of topics; say it for the brokers'],
    ['a node is no topic', check({ 'log.retention.ms': 1 }), check({ 'retention.ms': 1 }), 'retention.ms: is a key of topics, not of brokers; did you mean log.retention.ms, the default of all topics?'],
    ['not all of a topic has a default', check({}), check({ 'remote.storage.enable': true }), 'remote.storage.enable: is a key of topics, not of brokers; say it for the topic'],
    ['the key of a topic is spelt right', topic({ 'cleanup.policy': 'compact' }), topic({ 'cleanup.polocy': 'compact' }), 'cleanup.polocy: is no key of Kafka 4.3 for a topic; did you mean cleanup.policy?'],
    ['its values are Kafka\'s', topic({ 'cleanup.policy': 'compact,delete' }), topic({ 'cleanup.policy': 'compact,drop' }),
      'cleanup.policy: is "compact,drop", expected a list of compact or delete'],
    ['messages are kept for ever, or some time', topic({ 'retention.ms': -1 }), topic({ 'retention.ms': -2 }), 'retention.ms: is -2, expected an integer of at least -1'],
    ['replicas in sync are at least one', topic({ 'min.insync.replicas': 1 }), topic({ 'min.insync.replicas': 0 }), 'min.insync.replicas: is 0, expected an integer of at least 1'],
    ['replicas are pairs', topic({ 'leader.replication.throttled.replicas': '0:1,1:2' }), topic({ 'leader.replication.throttled.replicas': '0-1' }),
      'leader.replication.throttled.replicas: is "0-1", expected * or a list of <partition>:<broker>, such as 0:1,0:2'],
    ['old formats of messages are gone', topic({ 'message.timestamp.after.max.ms': 1 }), topic({ 'message.format.version': '3.0' }),
      'message.format.version: was removed in Kafka 4.0; remove it: messages have one format'],
    ['a topic takes no keys of your classes', topic({}), topic({ 'metrics.context.a': 'b' }), 'metrics.context.a: is no key of Kafka 4.3 for a topic'],
  ]);
});

describe('what the cluster says itself', () => {
  test('is refused, whatever its value', () => {
    const config = { 'node.id': 1, 'ssl.protocol': 'TLSv1.2', 'listener.name.client.ssl.client.auth': 'none', 'controller.quorum.voters': '', 'num.io.threads': 4 };
    expect(linesOf(ownedProblems(config))).toEqual(Object.keys(config).slice(0, -1).map(key => `${key}: is set by the cluster itself; remove it`));
  });

  test('is a key of Kafka, each', () => {
    const keys = Object.keys(configFile().broker);
    expect(ownedKeys.filter(owned => !keys.some(key => (owned.endsWith('*') ? key.startsWith(owned.slice(0, -1)) : key === owned)))).toEqual([]);
  });

  test('is not what a user tunes', () => {
    expect(['num.io.threads', 'log.retention.ms', 'log.dirs', 'super.users', 'ssl.cipher.suites'].map(isOwned)).toEqual([false, false, true, true, true]);
  });
});

describe('configurations that clusters of all releases ran with', () => {
  const host = (name: string, port: number) => `kafka-${name}-0.kafka-${name}-headless.ns.svc.cluster.local:${port}`;
  const both: KafkaConfig = {
    'controller.quorum.bootstrap.servers': host('controller', 9093), 'controller.listener.names': 'CONTROLLER', 'log.dirs': '/var/lib/kafka/data',
    'ssl.keystore.type': 'PEM', 'ssl.keystore.location': '/etc/pki/node.pem', 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': '/etc/pki/ca.crt',
    'ssl.endpoint.identification.algorithm': 'https', 'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/,DEFAULT',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer', 'allow.everyone.if.no.acl.found': false,
    'super.users': 'User:kafka-controller;User:kafka-broker', 'auto.create.topics.enable': false, 'min.insync.replicas': 2,
  };
  const controller: KafkaConfig = {
    ...both, 'process.roles': 'controller', 'node.id': 100, 'listeners': `CONTROLLER://${host('controller', 9093)}`, 'advertised.listeners': `CONTROLLER://${host('controller', 9093)}`,
    'listener.security.protocol.map': 'CONTROLLER:SSL', 'ssl.client.auth': 'required', 'num.partitions': 3, 'default.replication.factor': 3,
  };
  const broker: KafkaConfig = {
    ...both, 'process.roles': 'broker', 'node.id': 0, 'listeners': `CLIENT://${host('broker', 9092)},REPLICATION://${host('broker', 9094)}`,
    'inter.broker.listener.name': 'REPLICATION', 'listener.security.protocol.map': 'CONTROLLER:SSL,REPLICATION:SSL,CLIENT:SASL_SSL',
    'listener.name.replication.ssl.client.auth': 'required', 'listener.name.client.ssl.client.auth': 'none', 'listener.name.client.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'listener.name.client.scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    'offsets.topic.replication.factor': 3, 'transaction.state.log.replication.factor': 3, 'transaction.state.log.min.isr': 2, 'broker.rack': 'zone-0',
    'config.providers': 'dir', 'config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
    'config.providers.dir.param.allowed.paths': '/etc/pki', 'ssl.keystore.key': '${dir:/etc/pki:tls.key}',
  };

  test.each(kafkaReleases)('pass for %s', release => {
    expect([check(controller, 'controller', release), check(broker, 'broker', release, { controllers: controller })]).toEqual([[], []]);
  });
});

test('the list is loaded when a configuration is checked, not before', () => {
  const file = configFile();
  let loads = 0;
  jest.isolateModules(() => {
    jest.doMock('../../src/kafka/_config-data', () => {
      loads += 1;
      return { configFile: file };
    });
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const keys = require('../../src/kafka/config-keys') as typeof import('../../src/kafka/config-keys');
    keys.ownedProblems({ 'node.id': 1 });
    expect(loads).toBe(0);
    expect(keys.configProblems({ 'node.ids': 1 }, { version: last, role: 'combined' })[0].message).toContain(didYouMean('node.ids', ['node.id']));
    expect(loads).toBe(1);
  });
});
