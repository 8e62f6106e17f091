import { kafkaCluster, zoned } from '../support/kafka';
import { accessOf } from '../../src/kafka/access';
import { configProblems } from '../../src/kafka/config-keys';
import { desiredOf } from '../../src/kafka/desired';
import { objectsOf } from '../../src/kafka/objects';
import { adminPropertiesOf, serverPropertiesOf } from '../../src/kafka/properties';
import { problemsOfManifest } from '../../src/manifests/schema';
import type { StatefulSet } from '../../src/imports/kubernetes';

const cluster = (kafka: object = {}, facts: object = {}, topic: object = {}) => (
  kafkaCluster({ ...zoned, zones: [...zoned.zones], ...kafka } as never, facts, topic));
const inventory = (of: ReturnType<typeof cluster>) => objectsOf(of).map(({ kind, metadata }) => `${kind}/${metadata.name?.replace(/-[0-9a-f]{8}$/, '')}`).sort();
const one = <T>(of: ReturnType<typeof cluster>, kind: string, name: string) => (
  objectsOf(of).find(object => object.kind === kind && object.metadata.name?.startsWith(name)) as unknown as T);

test('a cluster is made of these, each for a reason', () => {
  expect(inventory(cluster())).toEqual([
    'Certificate/kafka-admin-tls', 'Certificate/kafka-broker-tls', 'Certificate/kafka-ca', 'Certificate/kafka-clients-tls', 'Certificate/kafka-controller-tls', 'Certificate/kafka-lag-tls',
    'ConfigMap/kafka-broker-config', 'ConfigMap/kafka-controller-config', 'ConfigMap/kafka-identity', 'ConfigMap/kafka-lag', 'ConfigMap/kafka-node-tool', 'ConfigMap/kafka-provision',
    'Deployment/kafka-lag',
    'ExternalSecret/kafka-users', 'Issuer/kafka-ca', 'Issuer/kafka-self-signed', 'Job/kafka-provision',
    'NetworkPolicy/kafka-broker', 'NetworkPolicy/kafka-controller', 'NetworkPolicy/kafka-lag', 'NetworkPolicy/kafka-provision',
    'PodDisruptionBudget/kafka-broker', 'PodDisruptionBudget/kafka-controller', 'PodMonitor/kafka-broker', 'PodMonitor/kafka-controller', 'PodMonitor/kafka-lag', 'PrometheusRule/kafka',
    'Service/kafka', 'Service/kafka-broker', 'Service/kafka-controller', 'ServiceAccount/kafka',
    'StatefulSet/kafka-broker-a', 'StatefulSet/kafka-broker-b', 'StatefulSet/kafka-broker-c', 'StatefulSet/kafka-controller',
  ]);
  const combined = cluster({ controllers: 'combined', zones: [] }, { monitoring: 'none' });
  expect(inventory(combined).filter(name => /controller|Monitor|Rule/.test(name))).toEqual([]);
});

test.each<[string, object, object?]>([
  ['in zones', {}], ['without zones', { zones: [] }], ['of one node', { controllers: 'combined', zones: [] }], ['of an older release', { version: '3.9.2' }], ['with five controllers', { controllers: 5 }],
  ['reached by load balancers', { external: { kind: 'load-balancer', domain: 'k.bank.example' } }], ['reached by ports of nodes', { external: { kind: 'node-port', domain: 'nodes.bank.example' } }],
  ['reached by routes', { external: { kind: 'tls-route', domain: 'k.bank.example' } }, { gateway: { name: 'public', namespace: 'gateways' } }],
  ['on OpenShift, in a mesh, on an old server', {}, { security: 'platform-assigned-uid', mesh: 'istio-sidecar', kubernetes: '1.28' }],
])('every object of a cluster %s is one that the API server takes', (_, kafka, facts = {}) => {
  const of = cluster(kafka, facts);
  expect(objectsOf(of).flatMap(object => problemsOfManifest(JSON.parse(JSON.stringify(object)), of.facts.kubernetes).map(({ message }) => `${object.kind} ${object.metadata.name}: ${message}`))).toEqual([]);
});

describe.each(['4.3.1', '3.9.2'] as const)('the configuration of Kafka %s', version => {
  test.each(['controller', 'broker'] as const)('has only keys that a %s of this release reads, with values that it takes', role => {
    const of = cluster({ version, config: { 'num.replica.fetchers': 2, 'delete.topic.enable': true } });
    expect(configProblems(serverPropertiesOf(of, role), { version, role, controllers: serverPropertiesOf(of, 'controller') })
      .filter(({ path }) => !['node.id', 'broker.rack'].includes(path))).toEqual([]);
  });

  test('of one node has all of both', () => {
    const of = cluster({ version, controllers: 'combined', zones: [] });
    expect(configProblems(serverPropertiesOf(of, 'combined'), { version, role: 'combined' }).filter(({ path }) => path !== 'node.id')).toEqual([]);
  });

  test('tells controllers what topics are like, too', () => {
    const of = cluster({ version });
    const [controller, broker] = (['controller', 'broker'] as const).map(role => serverPropertiesOf(of, role));
    for (const key of ['num.partitions', 'default.replication.factor', 'min.insync.replicas', 'unclean.leader.election.enable']) expect(controller[key]).toBe(broker[key]);
    expect(controller['min.insync.replicas']).toBe(2);
  });
});

test('what is said besides goes to the nodes that read it', () => {
  const of = cluster({ config: { 'num.replica.fetchers': 2, 'delete.topic.enable': true, 'num.io.threads': 4 } });
  const said = (role: 'controller' | 'broker') => ['num.replica.fetchers', 'delete.topic.enable', 'num.io.threads'].filter(key => key in serverPropertiesOf(of, role));
  expect([said('controller'), said('broker')]).toEqual([['delete.topic.enable', 'num.io.threads'], ['num.replica.fetchers', 'num.io.threads']]);
});

test('brokers tell clients outside names that lead to each of them', () => {
  const advertised = (external: object) => String(serverPropertiesOf(cluster({ external }, { gateway: { name: 'public', namespace: 'gateways' } }), 'broker')['advertised.listeners']).split(',')[2];
  expect(advertised({ kind: 'load-balancer', domain: 'k.bank.example' })).toBe('EXTERNAL://broker-{id}.k.bank.example:9095');
  expect(advertised({ kind: 'node-port', domain: 'nodes.bank.example', port: 31000 })).toBe('EXTERNAL://nodes.bank.example:{id+31001}');
  expect(advertised({ kind: 'tls-route', domain: 'k.bank.example', port: 8443 })).toBe('EXTERNAL://broker-{id}.k.bank.example:8443');
});

test('users may do what they declare, and have what they are', () => {
  const { topics, users, acls, quotas } = desiredOf(cluster({ quotas: { producerBytesPerSecond: 5 } }, {}, { cleanup: 'compact' }));
  expect(topics).toEqual([{ name: 'transfers', partitions: 6, replication: 3, configs: { 'cleanup.policy': 'compact', 'min.insync.replicas': 2, 'retention.ms': 604_800_000 } }]);
  expect(users).toEqual([{ name: 'fraud', secret: 'bank/fraud/topics' }, { name: 'ledger', secret: 'bank/ledger/topics' }]);
  expect(acls.map(({ principal, resourceType, name, pattern, operations }) => `${principal} ${resourceType} ${pattern} ${name} ${operations.join()}`)).toEqual([
    'User:fraud TOPIC LITERAL transfers DESCRIBE,READ', 'User:fraud GROUP LITERAL fraud DESCRIBE,READ', 'User:fraud GROUP PREFIXED fraud. DESCRIBE,READ',
    'User:ledger TOPIC LITERAL transfers DESCRIBE,WRITE', 'User:ledger TRANSACTIONAL_ID LITERAL ledger DESCRIBE,WRITE', 'User:ledger TRANSACTIONAL_ID PREFIXED ledger. DESCRIBE,WRITE',
  ]);
  expect(quotas).toEqual([{ user: 'fraud', producerByteRate: 5 }, { user: 'ledger', producerByteRate: 5 }]);
});

test('only those that send or receive reach the listener of clients, and nobody that of nodes but nodes', () => {
  const policy = accessOf(cluster()).find(({ metadata }) => metadata?.name === 'kafka-broker');
  const rules = (port: number) => (policy?.spec?.ingress ?? []).filter(({ ports }) => ports?.some(each => each.port === port));
  const from = (port: number) => rules(port).flatMap(rule => rule.from ?? [])
    .map(({ podSelector, namespaceSelector }) => Object.values({ ...podSelector?.matchLabels, ...namespaceSelector?.matchLabels }).join());
  expect(from(9092)).toEqual(['fraud', 'ledger', 'kafka-provisioning']);
  expect(from(9094)).toEqual(['kafka-broker', 'kafka-provisioning', 'kafka-lag']);
  expect(from(9404)).toEqual(['monitoring']);
  expect(from(9093)).toEqual([]);
});

test('nodes restart only when somebody takes them away, keep their disks, and hear the signal to stop', () => {
  const { spec } = one<StatefulSet>(cluster(), 'StatefulSet', 'kafka-broker-a');
  expect([spec?.updateStrategy, spec?.podManagementPolicy]).toEqual([{ type: 'OnDelete' }, 'Parallel']);
  expect(spec?.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  const { containers, initContainers } = spec?.template.spec ?? { containers: [] };
  expect(containers[0].command?.[0]).toBe('java');
  expect(containers[0].command?.filter(word => /^-X(ms|mx)/.test(word))).toEqual(['-Xms1638m', '-Xmx1638m']);
  expect(initContainers?.[0].command?.slice(-1)).toEqual(['martymsf.kafka.Prepare']);
});

test('no password stands in any object', () => {
  expect(JSON.stringify(objectsOf(cluster()).map(object => ({ ...object, binaryData: undefined })))).not.toMatch(/password=|scram-sha-512=\[/i);
  expect(Object.keys(adminPropertiesOf(cluster(), 'broker')).filter(key => key.startsWith('sasl'))).toEqual([]);
});

test('the job runs again when what it does changes, and only then', () => {
  const name = (of: ReturnType<typeof cluster>) => one<{ metadata: { name: string } }>(of, 'Job', 'kafka-provision').metadata.name;
  expect(name(cluster({ storage: { brokerGiB: 7 } }))).toBe(name(cluster()));
  expect(name(cluster({}, {}, { partitions: 7 }))).not.toBe(name(cluster()));
});

test('a topic that says nothing of it is kept for as long as the Kafka says', () => {
  const kept = (kafka: object, topic: object) => (
    desiredOf(kafkaCluster({ version: '4.3.1', ...kafka }, {}, topic)).topics.map(({ configs }) => configs['retention.ms']));
  const day = { topics: { retentionMs: 86_400_000 } };
  expect([kept({}, {}), kept(day, {}), kept(day, { retentionMs: -1 })]).toEqual([[604_800_000], [86_400_000], [-1]]);
});
