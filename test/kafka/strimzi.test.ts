import { kafkaCluster } from '../support/kafka';
import { checkManifests } from '../../src/check';
import { desiredOf } from '../../src/kafka/desired';
import { objectsOf } from '../../src/kafka/objects';
import { topicsOf } from '../../src/kafka/strimzi/topics';
import { problemsOfManifest } from '../../src/manifests/schema';
import { kafkaPlaceOf, nodesOf } from '../../src/spec/kafka';
import { exampleFleets } from '../support/examples';
import { renderPlatform } from '../support/manifests';
import type { NetworkPolicy } from '../../src/imports/kubernetes';
import type { Kafka, KafkaNodePool, KafkaTopic, KafkaUser } from '../../src/imports/strimzi';

const usual = { operator: 'strimzi', version: '4.3.1', zones: ['a', 'b', 'c'] };
const cluster = (kafka: object = {}, facts: object = {}, topic: object = {}) => kafkaCluster({ ...usual, ...kafka } as never, facts, topic);
type Cluster = ReturnType<typeof cluster>;
const all = <T>(of: Cluster, kind: string) => objectsOf(of).filter(object => object.kind === kind) as unknown as T[];
const kafkaOf = (of: Cluster) => all<Kafka>(of, 'Kafka')[0].spec.kafka;
const gateway = { name: 'public', namespace: 'gateways' };

test('a cluster that Strimzi runs is made of these, each for a reason', () => {
  const inventory = (of: Cluster) => objectsOf(of).map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
  expect(inventory(cluster())).toEqual([
    'ExternalSecret/kafka-users',
    'Kafka/kafka',
    'KafkaNodePool/broker-a', 'KafkaNodePool/broker-b', 'KafkaNodePool/broker-c', 'KafkaNodePool/controller',
    'KafkaTopic/transfers',
    'KafkaUser/fraud', 'KafkaUser/ledger',
    'NetworkPolicy/kafka-entity-operator-egress', 'NetworkPolicy/kafka-kafka-egress', 'NetworkPolicy/kafka-kafka-exporter-egress',
    'PodMonitor/kafka', 'PodMonitor/kafka-entity-operator',
    'PrometheusRule/kafka',
  ]);
  expect(inventory(cluster({}, { monitoring: 'none' })).filter(name => /Monitor|Rule/.test(name))).toEqual([]);
});

const connect = { image: { repository: 'ghcr.io/bank/connect', version: '1.0.0' }, reads: ['transfers'], config: { 'errors.log.enable': true } };
const mirror = { source: { alias: 'old', at: { host: 'kafka.old.example', cidrs: ['198.51.100.0/24'] }, user: 'mirror' } };

test.each<[string, object, object?]>([
  ['in zones', {}], ['without zones', { zones: [] }], ['of one node', { controllers: 'combined', zones: [] }], ['with five controllers', { controllers: 5 }],
  ['with features of an older release', { metadataVersion: '3.9' }], ['on disks of a class', { storage: { class: 'gp3' } }],
  ['reached by load balancers', { external: { kind: 'load-balancer', domain: 'k.bank.example', annotations: { 'acme.example/balancer': 'network' } } }],
  ['reached by ports of nodes', { external: { kind: 'node-port', domain: 'nodes.bank.example' } }],
  ['reached by routes', { external: { kind: 'tls-route', domain: 'k.bank.example' } }, { gateway }],
  ['with everything beside it', { beside: { schemaRegistry: true, ui: true }, connect, mirror, quotas: { producerBytesPerSecond: 5 } }],
  ['on OpenShift, in a mesh', { connect, mirror }, { security: 'platform-assigned-uid', mesh: 'istio-sidecar' }],
  ['with Cilium', { connect, mirror }, { networkPolicies: 'cilium' }],
])('every object of a cluster %s is one that Strimzi knows', (_, kafka, facts = {}) => {
  const of = cluster(kafka, facts);
  expect(objectsOf(of).flatMap(object => problemsOfManifest(JSON.parse(JSON.stringify(object)), of.facts.kubernetes).map(({ message }) => `${object.kind} ${object.metadata.name}: ${message}`))).toEqual([]);
});

test('no rule finds anything in the example', () => {
  const { services } = exampleFleets().find(({ name }) => name === 'kafka') ?? { services: [] };
  const { manifests } = renderPlatform(services, 'strimzi', { ledger: '2.3.0', fraud: '1.0.4', statements: '1.1.0' });
  expect(manifests.length).toBeGreaterThan(60);
  expect(checkManifests(manifests).map(({ rule, object }) => `${object.kind} ${object.name}: ${rule}`)).toEqual([]);
});

/** The pods of a pool, as Strimzi numbers them: the first ids of the list. */
const podsOf = ({ metadata, spec }: KafkaNodePool) => JSON.parse(metadata.annotations?.['strimzi.io/next-node-ids'] ?? '[]').slice(0, spec.replicas);

test.each([[{}], [{ zones: [], brokersPerZone: 5 }], [{ brokersPerZone: 2, controllers: 5 }], [{ controllers: 'combined', zones: [] }]])('nodes have the numbers that they have without the operator: %j', kafka => {
  const of = cluster(kafka);
  expect(all<KafkaNodePool>(of, 'KafkaNodePool').flatMap(podsOf)).toEqual(nodesOf(of.spec, 'bank', 'cluster.local').map(({ id }) => id));
});

test('numbers of a pool are the same however many nodes it has', () => {
  const idsOf = (kafka: object) => Object.fromEntries(all<KafkaNodePool>(cluster(kafka), 'KafkaNodePool').map(({ metadata }) => [metadata.name, metadata.annotations?.['strimzi.io/next-node-ids']]));
  expect(idsOf({})).toEqual({
    'controller': '[100, 101, 102, 103, 104]',
    'broker-a': '[0, 10, 20, 30, 40, 50, 60, 70, 80, 90]', 'broker-b': '[1, 11, 21, 31, 41, 51, 61, 71, 81, 91]', 'broker-c': '[2, 12, 22, 32, 42, 52, 62, 72, 82, 92]',
  });
  expect(idsOf({ brokersPerZone: 4, controllers: 5 })).toEqual(idsOf({}));
});

test('a broker finds its zone in a variable, where its pool puts it', () => {
  const of = cluster();
  expect(kafkaOf(of).rack).toEqual({ type: 'environment-variable', envVarName: 'RACK' });
  const zonesOf = ({ metadata, spec: { template } }: KafkaNodePool) => {
    const terms = template?.pod?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
    return [metadata.name, template?.kafkaContainer?.env?.[0].value, terms?.[0].matchExpressions?.[0].values];
  };
  expect(all<KafkaNodePool>(of, 'KafkaNodePool').map(zonesOf)).toEqual([['controller', undefined, undefined], ['broker-a', 'a', ['a']], ['broker-b', 'b', ['b']], ['broker-c', 'c', ['c']]]);
  expect(kafkaOf(cluster({ zones: [] })).rack).toBeUndefined();
});

test('a pool keeps its disks, has heap and room for files, and runs restricted', () => {
  const [controller, broker] = all<KafkaNodePool>(cluster({ storage: { brokerGiB: 50, class: 'fast' }, broker: { memoryMiB: 8192, cpuMillis: 2000 } }), 'KafkaNodePool').map(({ spec }) => spec);
  expect(broker.storage).toEqual({ type: 'jbod', volumes: [{ id: 0, type: 'persistent-claim', kraftMetadata: 'shared', deleteClaim: false, size: '50Gi', class: 'fast' }] });
  expect(controller.roles).toEqual(['controller']);
  expect(broker.jvmOptions).toMatchObject({ '-Xms': '3276m', '-Xmx': '3276m', '-XX': { UseG1GC: 'true', MaxGCPauseMillis: '20', ExitOnOutOfMemoryError: 'true' } });
  expect(broker.resources).toEqual({ requests: { 'cpu': '2000m', 'memory': '8192Mi', 'ephemeral-storage': '256Mi' }, limits: { 'memory': '8192Mi', 'ephemeral-storage': '256Mi' } });
  expect(broker.template?.kafkaContainer?.securityContext).toEqual({ allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  expect(broker.template?.pod).toMatchObject({ priorityClassName: 'bank-tier-1', securityContext: { runAsNonRoot: true, runAsUser: 1001, fsGroup: 1001, seccompProfile: { type: 'RuntimeDefault' } }, terminationGracePeriodSeconds: 300 });
});

test('clients log in by password over TLS, and only those that use topics are let in', () => {
  const [client, ...others] = kafkaOf(cluster()).listeners;
  expect(others).toEqual([]);
  expect(client).toMatchObject({ name: 'client', port: 9092, type: 'internal', tls: true, authentication: { type: 'scram-sha-512' } });
  expect(client.networkPolicyPeers).toEqual(['fraud', 'ledger'].map(name => ({ podSelector: { matchLabels: { 'app.kubernetes.io/instance': name } } })));
  // With no peers at all, Strimzi would let everybody in.
  const unused = cluster();
  expect(kafkaOf({ ...unused, services: [] }).listeners[0].networkPolicyPeers).toHaveLength(1);
  expect(kafkaOf(unused).authorization).toEqual({ type: 'simple' });
});

test('clients outside find the same names as without the operator', () => {
  const outside = (external: object) => kafkaOf(cluster({ external }, { gateway })).listeners[1];
  expect(outside({ kind: 'load-balancer', domain: 'k.bank.example' })).toMatchObject({
    port: 9095, type: 'loadbalancer', tls: true, authentication: { type: 'scram-sha-512' },
    configuration: { advertisedHostTemplate: 'broker-{nodeId}.k.bank.example', bootstrap: { alternativeNames: ['bootstrap.k.bank.example'] }, perBrokerAnnotationsTemplate: { 'external-dns.alpha.kubernetes.io/hostname': 'broker-{nodeId}.k.bank.example' } },
  });
  expect(outside({ kind: 'node-port', domain: 'nodes.bank.example', port: 31000 }).configuration).toMatchObject({
    bootstrap: { nodePort: 31000 }, brokers: [0, 1, 2].map(id => ({ broker: id, nodePort: 31001 + id, advertisedHost: 'nodes.bank.example', advertisedPort: 31001 + id })),
  });
  expect(outside({ kind: 'tls-route', domain: 'k.bank.example', port: 8443 })).toMatchObject({
    type: 'tlsroute', configuration: { hostTemplate: 'broker-{nodeId}.k.bank.example', advertisedPortTemplate: '8443', bootstrap: { host: 'bootstrap.k.bank.example' }, parentRefs: [{ name: 'public', namespace: 'gateways' }] },
    networkPolicyPeers: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateways' } } }],
  });
});

test('settings are those of the nodes without the operator, but for those that it writes itself', () => {
  const { config } = kafkaOf(cluster({ config: { 'num.replica.fetchers': 2, 'broker.session.timeout.ms': 9000 } }));
  expect(config).toMatchObject({ 'num.replica.fetchers': 2, 'broker.session.timeout.ms': 9000, 'default.replication.factor': 3, 'min.insync.replicas': 2, 'auto.create.topics.enable': false, 'unclean.leader.election.enable': false });
  expect(Object.keys(config as object).filter(key => key.startsWith('broker.rack'))).toEqual([]);
});

test('topics and permissions are those of a cluster without the operator', () => {
  const facts = {};
  const [strimzi, plain] = [cluster({ quotas: { producerBytesPerSecond: 5 } }, facts, { cleanup: 'compact' }), cluster({ operator: 'plain', quotas: { producerBytesPerSecond: 5 } }, facts, { cleanup: 'compact' })];
  const desired = desiredOf(plain);
  expect(all<KafkaTopic>(strimzi, 'KafkaTopic').map(({ spec }) => spec)).toEqual(desired.topics.map(({ name, partitions, replication, configs }) => ({ topicName: name, partitions, replicas: replication, config: configs })));
  const users = all<KafkaUser>(strimzi, 'KafkaUser');
  const written = users.flatMap(({ metadata, spec }) => (spec.authorization?.acls ?? []).map(({ resource, operations }) => (
    `User:${metadata.name} ${resource.type.toLowerCase()} ${resource.patternType?.replace('prefix', 'prefixed')} ${resource.name} ${operations.join()}`.toLowerCase())));
  expect(written).toEqual(desired.acls.map(({ principal, resourceType, pattern, name, operations }) => `${principal} ${resourceType.replace('_ID', 'id')} ${pattern} ${name} ${operations.join()}`.toLowerCase()));
  expect(users.map(({ metadata, spec }) => [metadata.name, spec.quotas, spec.authentication])).toEqual(['fraud', 'ledger'].map(name => (
    [name, { producerByteRate: 5 }, { type: 'scram-sha-512', password: { valueFrom: { secretKeyRef: { name: 'kafka-users', key: name } } } }])));
});

test('a topic whose name no object may have gets an object that tells it apart', () => {
  const of = cluster();
  const used = (name: string) => of.services.map(service => ({ ...service, topics: service.topics?.at === 'kafka' ? { ...service.topics, produces: { it: { ...service.topics.produces.transfers, topic: name, partitions: 1, retentionMs: 1, cleanup: 'delete' as const, described: {} } }, consumes: {} } : undefined }));
  const nameOf = (name: string) => String(topicsOf({ ...of, services: used(name) })[0].metadata?.name);
  expect([nameOf('orders.created'), nameOf('Orders_Created').replace(/[0-9a-f]{8}$/, '#'), nameOf('_').replace(/[0-9a-f]{8}$/, '#')]).toEqual(['orders.created', 'orders-created-#', '#']);
  expect(nameOf('Orders')).not.toBe(nameOf('ORDERS'));
});

test('pods of the operator may look up names, reach each other and the API server, and nothing else', () => {
  const policies = (facts: object, kafka: object = {}) => Object.fromEntries(all<NetworkPolicy>(cluster(kafka, facts), 'NetworkPolicy')
    .map(({ metadata, spec }) => [metadata?.name, (spec?.egress ?? []).map(({ ports }) => (ports ?? []).map(({ port }) => port).join())]));
  expect(policies({})).toEqual({
    'kafka-kafka-egress': ['53,53', '9090,9091', '443,6443'], 'kafka-entity-operator-egress': ['53,53', '9091', '443,6443'], 'kafka-kafka-exporter-egress': ['53,53', '9091'],
  });
  expect(policies({}, { apiServer: { cidrs: ['10.0.0.1/32'], ports: [6443] } })['kafka-kafka-egress'][2]).toBe('6443');
  expect(policies({ networkPolicies: 'cilium' })['kafka-kafka-egress']).toEqual(['53,53', '9090,9091']);
  expect(all<{ spec: { egress: { toEntities: string[] }[] } }>(cluster({}, { networkPolicies: 'cilium' }), 'CiliumNetworkPolicy').map(({ spec }) => spec.egress[0].toEntities)).toEqual([['kube-apiserver'], ['kube-apiserver']]);
});

test('clients look for it where Strimzi puts it', () => {
  expect(kafkaPlaceOf({ operator: 'strimzi' })).toEqual({ service: 'kafka-kafka-bootstrap', port: 9092, labels: { 'strimzi.io/cluster': 'kafka', 'strimzi.io/broker-role': 'true' }, authority: 'kafka-cluster-ca-cert' });
});

test('alerts ask for what the reporter of Strimzi tells, and it lets through what they ask for', () => {
  const of = cluster();
  const [rule] = all<{ spec: { groups: { rules: { expr: string }[] }[] } }>(of, 'PrometheusRule');
  const asked = rule.spec.groups[0].rules.flatMap(({ expr }) => expr.match(/kafka_[a-z_]+(?=\{)/g) ?? []);
  const passing = (kafkaOf(of).metricsConfig?.values?.allowList ?? []).map(pattern => new RegExp(`^${pattern}$`));
  expect(asked.length).toBeGreaterThan(9);
  // What is told of consumers comes from the exporter.
  const exported = ['kafka_consumergroup_current_offset', 'kafka_consumergroup_lag', 'kafka_brokers'];
  expect(asked.filter(name => !exported.includes(name) && !passing.some(pattern => pattern.test(name)))).toEqual([]);
  expect(asked).toContain('kafka_controller_controllerstats_uncleanleaderelectionspersec_total');
});
