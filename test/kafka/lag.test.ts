import { kafkaCluster, kafkaPlatform, zoned } from '../support/kafka';
import { checkManifests } from '../../src/check';
import { kafkaAlertsOf } from '../../src/kafka/alerts';
import { objectsOf } from '../../src/kafka/objects';
import { serverPropertiesOf } from '../../src/kafka/properties';
import { renderPlatform } from '../support/manifests';
import type { Certificate } from '../../src/imports/cert-manager';
import type { ConfigMap, Deployment, NetworkPolicy, NetworkPolicyPeer } from '../../src/imports/kubernetes';
import type { Kafka } from '../../src/imports/strimzi';

const cluster = (kafka: object = {}, facts: object = {}) => kafkaCluster({ ...zoned, zones: [...zoned.zones], ...kafka } as never, facts);
type Cluster = ReturnType<typeof cluster>;
const one = <T>(of: Cluster, kind: string, name: string) => (
  objectsOf(of).find(object => object.kind === kind && object.metadata.name === name) as unknown as T);
const podOf = (of: Cluster) => one<Deployment>(of, 'Deployment', 'kafka-lag').spec?.template.spec ?? { containers: [] };
const partsOf = (of: Cluster) => objectsOf(of).map(({ kind, metadata }) => `${kind}/${metadata.name}`).filter(name => /lag|exporter/.test(name)).sort();
const desired = (of: Cluster) => JSON.parse(one<ConfigMap>(of, 'ConfigMap', 'kafka-provision').data?.['desired.json'] ?? '') as {
  readonly principals: readonly string[];
  readonly users: readonly { readonly name: string }[];
  readonly acls: readonly { readonly principal: string }[];
};
const own = ['Certificate/kafka-lag-tls', 'ConfigMap/kafka-lag', 'Deployment/kafka-lag', 'NetworkPolicy/kafka-lag', 'PodMonitor/kafka-lag'];
const combined = { controllers: 'combined', zones: [] };

test.each<[string, object, object, string[]]>([
  ['nodes of their own', {}, {}, own], ['one node', combined, {}, own],
  ['who does not want it', { beside: { lag: false } }, {}, []], ['nobody who looks at metrics', {}, { monitoring: 'none' }, []],
  ['Strimzi', { operator: 'strimzi', formed: false }, {}, ['NetworkPolicy/kafka-kafka-exporter-egress']],
  ['Strimzi, and who does not want it', { operator: 'strimzi', formed: false, beside: { lag: false } }, {}, []],
  ['Strimzi, and nobody who looks at metrics', { operator: 'strimzi', formed: false }, { monitoring: 'none' }, []],
])('who tells how far consumers are behind is made of these, for %s', (_, kafka, facts, expected) => {
  expect(partsOf(cluster(kafka, facts))).toEqual(expected);
});

test('Strimzi runs an exporter of its own, where somebody listens to it', () => {
  const exporter = (beside: object) => one<Kafka>(cluster({ operator: 'strimzi', formed: false, beside }), 'Kafka', 'kafka').spec.kafkaExporter;
  expect(exporter({})).toMatchObject({ topicRegex: '.*', groupRegex: '.*' });
  expect(exporter({ lag: false })).toBeUndefined();
});

test.each([{}, combined])('no rule finds anything: %j', kafka => {
  const { services } = kafkaPlatform({ ...zoned, zones: [...zoned.zones], ...kafka } as never);
  const { manifests } = renderPlatform(services, 'production');
  expect(checkManifests(manifests).map(({ rule, object }) => `${object.kind} ${object.name}: ${rule}`)).toEqual([]);
});

test('it logs in by a certificate of its own, which makes it nobody else', () => {
  const of = cluster();
  expect(one<Certificate>(of, 'Certificate', 'kafka-lag-tls').spec).toMatchObject({ commonName: 'kafka-lag', dnsNames: ['kafka-lag'], usages: ['digital signature', 'client auth'] });
  expect(podOf(of).volumes?.flatMap(({ secret }) => secret?.secretName ?? [])).toEqual(['kafka-lag-tls']);
  expect(String(serverPropertiesOf(of, 'broker')['super.users'])).not.toContain('lag');
  expect(one<ConfigMap>(of, 'ConfigMap', 'kafka-lag').data?.['client.properties']).toContain('bootstrap.servers=kafka-broker-a-0.kafka-broker.bank.svc.cluster.local:9094,');
});

test('it may see topics and groups, and nothing more', () => {
  const may = (of: Cluster) => desired(of).acls.filter(({ principal }) => principal === 'User:kafka-lag');
  expect(may(cluster())).toEqual(['TOPIC', 'GROUP'].map(resourceType => ({ principal: 'User:kafka-lag', resourceType, name: '*', pattern: 'LITERAL', operations: ['DESCRIBE'] })));
  expect(desired(cluster()).users.map(({ name }) => name)).toEqual(['fraud', 'ledger']);
});

test('what it may do is taken away where it is not wanted any more', () => {
  const without = desired(cluster({ beside: { lag: false } }));
  expect(without.acls.filter(({ principal }) => principal === 'User:kafka-lag')).toEqual([]);
  expect(without.principals).toContain('User:kafka-lag');
});

test('it reaches the brokers, and Prometheus reaches it', () => {
  const named = (peers: readonly NetworkPolicyPeer[] = []) => (
    peers.map(({ podSelector, namespaceSelector }) => Object.values({ ...podSelector?.matchLabels, ...namespaceSelector?.matchLabels }).join()));
  const { ingress, egress } = one<NetworkPolicy>(cluster(), 'NetworkPolicy', 'kafka-lag').spec ?? {};
  expect(ingress?.map(({ from, ports }) => [named(from), ports?.map(({ port }) => port)])).toEqual([[['monitoring'], [9404]]]);
  expect(egress?.slice(1).map(({ to, ports }) => [named(to), ports?.map(({ port }) => port)])).toEqual([[['kafka-broker'], [9094]]]);
  const atNodes = one<NetworkPolicy>(cluster(), 'NetworkPolicy', 'kafka-broker').spec?.ingress?.filter(({ ports }) => ports?.some(({ port }) => port === 9094));
  expect(atNodes?.flatMap(({ from }) => from ?? [])).toContainEqual({ podSelector: { matchLabels: { 'app.kubernetes.io/component': 'kafka-lag' } } });
});

test('it runs restricted, small and once, and tells whether it is well', () => {
  const { containers: [container], ...pod } = podOf(cluster());
  expect(container.command?.slice(-2)).toEqual(['martymsf.kafka.Lag', 'port=9404,config=/etc/kafka/config/client.properties']);
  expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
  expect([container.readinessProbe?.httpGet, container.livenessProbe?.httpGet]).toEqual(['/ready', '/live'].map(path => ({ path, port: 'metrics' })));
  expect(container.resources?.limits?.memory).toBe('256Mi');
  expect(one<Deployment>(cluster(), 'Deployment', 'kafka-lag').spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
});

test('it begins anew when there are other brokers', () => {
  const checksum = (kafka: object) => one<Deployment>(cluster(kafka), 'Deployment', 'kafka-lag').spec?.template.metadata?.annotations?.['marty-msf/config-checksum'];
  expect(checksum({ zones: ['a', 'b', 'c', 'd'] })).not.toBe(checksum({}));
  expect(checksum({ broker: { memoryMiB: 8192 } })).toBe(checksum({}));
});

test.each(['plain', 'strimzi'] as const)('alerts about consumers are where somebody tells of them, %s', operator => {
  const about = (facts: object, beside: object = {}) => kafkaAlertsOf(cluster({ operator, formed: false, beside }, facts)).map(({ name }) => name).filter(name => /Consumer|Lag[A-Z]/.test(name));
  expect(about({})).toEqual(['KafkaConsumerStuck', 'KafkaLagUnknown']);
  expect(about({}, { lag: false })).toEqual([]);
});
