import { kafkaCluster, kafkaPlatform } from '../support/kafka';
import { linesOf, refusalOf } from '../support/problems';
import { desiredOf } from '../../src/kafka/desired';
import { objectsOf } from '../../src/kafka/objects';
import { kafkaProblems } from '../../src/kafka/problems';
import type { NetworkPolicy } from '../../src/imports/kubernetes';
import type { KafkaConnect, KafkaMirrorMaker2 } from '../../src/imports/strimzi';

const usual = { operator: 'strimzi', version: '4.3.1', zones: ['a', 'b', 'c'] };
const source = { alias: 'old', at: { host: 'kafka.old.example', cidrs: ['198.51.100.0/24'] }, user: 'mirror' };
const cluster = (kafka: object, facts: object = {}) => kafkaCluster({ ...usual, ...kafka } as never, facts);
type Cluster = ReturnType<typeof cluster>;
const one = <T>(of: Cluster, kind: string, name: string) => (
  objectsOf(of).find(object => object.kind === kind && object.metadata.name === name) as unknown as T);
const acls = (of: Cluster, user: string) => desiredOf(of).acls.filter(({ principal }) => principal === `User:${user}`).map(({ resourceType, pattern, name, operations }) => `${resourceType} ${pattern} ${name} ${operations.join()}`);
const refused = (kafka: object, facts: object = {}) => refusalOf('SPEC_INVALID', () => kafkaPlatform(kafka as never, facts));
const problems = (kafka: object, facts: object = {}) => linesOf(kafkaProblems(cluster(kafka, facts)));

describe('workers of Connect', () => {
  const connect = { image: { repository: 'ghcr.io/bank/connect', version: '1.0.0' }, reads: ['transfers'], memoryMiB: 1024, config: { 'errors.log.enable': true } };

  test('log in as a user of their own, by the Secret that Strimzi keeps for it', () => {
    const { spec, metadata } = one<KafkaConnect>(cluster({ connect }), 'KafkaConnect', 'kafka-connect');
    expect(metadata.annotations).toEqual({ 'strimzi.io/use-connector-resources': 'true' });
    expect(spec).toMatchObject({
      version: '4.3.1', replicas: 2, image: 'ghcr.io/bank/connect:1.0.0', jvmOptions: { '-Xms': '512m', '-Xmx': '512m' },
      bootstrapServers: 'kafka-kafka-bootstrap.bank.svc.cluster.local:9092', tls: { trustedCertificates: [{ secretName: 'kafka-cluster-ca-cert', certificate: 'ca.crt' }] },
      authentication: { type: 'scram-sha-512', username: 'kafka-connect', passwordSecret: { secretName: 'kafka-user-kafka-connect', password: 'password' } },
      groupId: 'kafka-connect', configStorageTopic: 'kafka-connect.configs', offsetStorageTopic: 'kafka-connect.offsets', statusStorageTopic: 'kafka-connect.status',
      config: { 'errors.log.enable': true, 'config.storage.replication.factor': -1 },
    });
  });

  test('may use their own topics, and those that connectors are said to use', () => {
    const of = cluster({ connect });
    expect(acls(of, 'kafka-connect')).toEqual([
      'TOPIC PREFIXED kafka-connect. DESCRIBE,DESCRIBE_CONFIGS,READ,WRITE', 'GROUP LITERAL kafka-connect DESCRIBE,READ', 'TOPIC LITERAL transfers DESCRIBE,READ', 'GROUP PREFIXED connect- DESCRIBE,READ',
    ]);
    expect(acls(cluster({ connect: { writes: ['transfers'] } }), 'kafka-connect').slice(2)).toEqual(['TOPIC LITERAL transfers DESCRIBE,WRITE']);
    expect(desiredOf(of).topics.filter(({ name }) => name.startsWith('kafka-connect.')).map(({ name, partitions, configs }) => [name, partitions, configs['cleanup.policy']])).toEqual([
      ['kafka-connect.configs', 1, 'compact'], ['kafka-connect.offsets', 25, 'compact'], ['kafka-connect.status', 5, 'compact'],
    ]);
  });

  test('what cannot be meant is refused, and its like is not', () => {
    expect(problems({ connect })).toEqual([]);
    expect(problems({ connect: { reads: ['transfer'] } })).toEqual(['environments.production.kafka.connect.reads.0: is transfer, a topic that no service sends or receives, so that nobody makes it; did you mean transfers?']);
    expect(problems({ connect: { config: { 'group.id': 'mine' } } })).toEqual(['environments.production.kafka.connect.config["group.id"]: is set by Strimzi itself; remove it']);
    expect(problems({ config: { 'cordoned.log.dirs': '/var' } })).toContain('environments.production.kafka.config["cordoned.log.dirs"]: is set by Strimzi itself; remove it');
  });
});

describe('a copy of another Kafka', () => {
  const mirror = { source };

  test('reads the other one, and keeps what it remembers in this one', () => {
    const { spec } = one<KafkaMirrorMaker2>(cluster({ mirror }), 'KafkaMirrorMaker2', 'kafka-mirror');
    expect(spec.target).toMatchObject({ alias: 'kafka', groupId: 'kafka-mirror', configStorageTopic: 'kafka-mirror.configs', authentication: { username: 'kafka-mirror' } });
    expect(spec.mirrors).toMatchObject([{
      source: { alias: 'old', bootstrapServers: 'kafka.old.example:9093', authentication: { username: 'mirror', passwordSecret: { secretName: 'kafka-mirror-source', password: 'password' } } },
      topicsPattern: '.*', groupsPattern: '.*',
      sourceConnector: { config: { 'offset-syncs.topic.location': 'target', 'sync.topic.acls.enabled': false } },
      checkpointConnector: { config: { 'offset-syncs.topic.location': 'target', 'sync.group.offsets.enabled': true } },
    }]);
    expect(one(cluster({ mirror }), 'ExternalSecret', 'kafka-mirror-source')).toMatchObject({ spec: { data: [{ remoteRef: { key: 'bank/kafka-mirror/source', property: 'password' } }, { secretKey: 'ca.crt', remoteRef: { property: 'ca' } }] } });
    expect(one(cluster({ mirror }, { secretStore: { kind: 'existing' } }), 'ExternalSecret', 'kafka-mirror-source')).toBeUndefined();
  });

  test('may make and write topics that begin with its name, or all where they keep theirs', () => {
    const names = (more: object) => acls(cluster({ mirror: { source, ...more } }), 'kafka-mirror').filter(text => text.includes('CREATE')).map(text => text.split(' ').slice(1, 3).join(' '));
    expect(names({})).toEqual(['PREFIXED old.', 'LITERAL mm2-offset-syncs.old.internal']);
    expect(names({ keepNames: true })).toEqual(['LITERAL *']);
    expect(one<KafkaMirrorMaker2>(cluster({ mirror: { source, keepNames: true } }), 'KafkaMirrorMaker2', 'kafka-mirror').spec.mirrors[0].sourceConnector?.config)
      .toMatchObject({ 'replication.policy.class': 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy' });
  });

  test.each<[string, object, object]>([
    ['by its addresses', { host: 'kafka.old.example', cidrs: ['198.51.100.0/24'] }, { to: [{ ipBlock: { cidr: '198.51.100.0/24' } }] }],
    ['in a namespace', { namespace: 'kafka' }, { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kafka' } } }] }],
    ['in pods of a namespace', { namespace: 'kafka', labels: { app: 'kafka' } }, { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kafka' } }, podSelector: { matchLabels: { app: 'kafka' } } }] }],
    ['over the internet', { host: 'kafka.old.example', cidrs: 'internet' }, { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }],
  ])('reaches the other one %s', (_, at, rule) => {
    const { spec } = one<NetworkPolicy>(cluster({ mirror: { source: { ...source, at } } }), 'NetworkPolicy', 'kafka-mirror-egress');
    expect((spec?.egress ?? []).filter(({ ports }) => ports?.some(({ port }) => port === 9093))).toMatchObject([{ ...rule, ports: [{ port: 9093, protocol: 'TCP' }] }]);
  });

  test('whose addresses are not known is refused', () => {
    expect(problems({ mirror })).toEqual([]);
    expect(problems({ mirror: { source: { ...source, at: { host: 'kafka.old.example' } } } })).toEqual([
      'environments.production.kafka.mirror.source.at: is a host whose addresses are not named, so that no network policy can let the copying reach it; name them under cidrs',
    ]);
  });
});

describe('what an operator cannot do is refused', () => {
  const at = (field: string) => `environments.production.kafka.${field}`;

  test.each<[field: string, value: unknown, message: string]>([
    ['version', '3.9.2', 'is "3.9.2", which is no release that Strimzi 1.2 runs, expected 4.3.1; or say operator: "plain"'],
    ['image', 'ghcr.io/bank/kafka', 'is "ghcr.io/bank/kafka", which is nothing to Strimzi, which runs images of its own; leave it out, or say operator: "plain"'],
    ['formed', true, 'is true, which is nothing to Strimzi, which forms the quorum itself; leave it out'],
    ['issuer', { name: 'bank' }, 'cannot be named where Strimzi signs certificates itself; leave it out, or say operator: "plain"'],
    ['clusterId', 'MkU3OEVBNTcwNTJENDM2Qg', 'cannot be named where Strimzi chooses it; leave it out, or say operator: "plain"'],
  ])('of Strimzi: %s', (field, value, message) => {
    expect(refused({ ...usual, [field]: value })).toEqual([`${at(field)}: ${message}`]);
    expect(() => kafkaPlatform({ ...usual, operator: 'plain', [field]: value } as never)).not.toThrow();
  });

  test('of none: apiServer', () => {
    expect(refused({ ...usual, operator: 'plain', apiServer: {} })).toEqual([`${at('apiServer')}: belongs to the Strimzi operator; leave it out, or say operator: "strimzi"`]);
    expect(() => kafkaPlatform({ ...usual, apiServer: {} } as never)).not.toThrow();
  });

  test('an API server may not be everywhere', () => {
    expect(refused({ ...usual, apiServer: { cidrs: ['0.0.0.0/0'] } })).toEqual([`${at('apiServer.cidrs[0]')}: is "0.0.0.0/0", which is every address; name the ranges that are meant`]);
  });
});
