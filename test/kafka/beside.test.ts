import { parse } from 'yaml';
import { kafkaCluster, kafkaPlatform } from '../support/kafka';
import { linesOf, refusalOf } from '../support/problems';
import { checkManifests } from '../../src/check';
import { desiredOf } from '../../src/kafka/desired';
import { objectsOf } from '../../src/kafka/objects';
import { kafkaProblems } from '../../src/kafka/problems';
import { problemsOfManifest } from '../../src/manifests/schema';
import { settleService } from '../../src/spec/settle';
import { accessOf } from '../../src/spec/access';
import { renderPlatform } from '../support/manifests';
import type { ConfigMap, Deployment, NetworkPolicy } from '../../src/imports/kubernetes';

const both = { schemaRegistry: true, ui: true };
const cluster = (operator: 'plain' | 'strimzi', beside: object = both, more: object = {}, facts: object = {}) => (
  kafkaCluster({ version: '4.3.1', operator, beside, ...more } as never, facts));
type Cluster = ReturnType<typeof cluster>;
const one = <T>(of: Cluster, kind: string, name: string) => (
  objectsOf(of).find(object => object.kind === kind && object.metadata.name === name) as unknown as T);
const podOf = (of: Cluster, name: string) => one<Deployment>(of, 'Deployment', name).spec?.template.spec ?? { containers: [] };
const acls = (of: Cluster, user: string) => desiredOf(of).acls.filter(({ principal }) => principal === `User:${user}`).map(({ resourceType, pattern, name, operations }) => `${resourceType} ${pattern} ${name} ${operations.join()}`);
const named = (of: Cluster) => objectsOf(of).filter(({ metadata }) => /^kafka-(registry|ui)$/.test(metadata.name ?? '')).map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();

describe.each(['plain', 'strimzi'] as const)('beside a cluster that is %s', operator => {
  test('programs are made of these, and only where they are asked for', () => {
    const users = operator === 'plain' ? [] : ['KafkaUser/kafka-registry', 'KafkaUser/kafka-ui'];
    expect(named(cluster(operator))).toEqual([
      'ConfigMap/kafka-registry', 'ConfigMap/kafka-ui', 'Deployment/kafka-registry', 'Deployment/kafka-ui', ...users, 'NetworkPolicy/kafka-registry', 'NetworkPolicy/kafka-ui',
      'PodDisruptionBudget/kafka-registry', 'Service/kafka-registry', 'Service/kafka-ui',
    ]);
    expect(named(cluster(operator, {}))).toEqual([]);
    expect(named(cluster(operator, { ui: true })).filter(name => name.includes('registry'))).toEqual([]);
  });

  test.each<[string, object, object]>([['', {}, {}], ['of one node', { controllers: 'combined' }, {}], ['on OpenShift', {}, { security: 'platform-assigned-uid' }], ['in a mesh', {}, { mesh: 'linkerd' }]])(
    'every object %s is one that the API server takes', (_, more, facts) => {
      const of = cluster(operator, both, more, facts);
      expect(objectsOf(of).flatMap(object => problemsOfManifest(JSON.parse(JSON.stringify(object)), of.facts.kubernetes).map(({ message }) => `${object.kind} ${object.metadata.name}: ${message}`))).toEqual([]);
    });

  test.each([{}, { controllers: 'combined' }])('no rule finds anything: %j', more => {
    const { services } = kafkaPlatform({ version: '4.3.1', operator, beside: both, ...more } as never);
    const { manifests } = renderPlatform(services, 'production');
    expect(checkManifests(manifests).map(({ rule, object }) => `${object.kind} ${object.name}: ${rule}`)).toEqual([]);
  });

  test('a program mounts its own password and whom to trust, and nothing of anybody else', () => {
    const authority = operator === 'plain' ? 'kafka-clients-tls' : 'kafka-cluster-ca-cert';
    for (const name of ['kafka-registry', 'kafka-ui']) {
      expect(podOf(cluster(operator), name).volumes?.flatMap(({ secret }) => (secret ? [[secret.secretName, secret.items]] : []))).toEqual([
        ['kafka-users', [{ key: name, path: name }]], [authority, [{ key: 'ca.crt', path: 'ca.crt' }]],
      ]);
    }
    expect(desiredOf(cluster(operator)).users).toEqual(['fraud', 'ledger', 'kafka-registry', 'kafka-ui'].map(name => ({ name, secret: `bank/${name}/topics` })));
  });

  test('programs may do what they need', () => {
    const of = cluster(operator);
    expect(acls(of, 'kafka-registry')).toEqual(['TOPIC PREFIXED kafka-registry. DESCRIBE,DESCRIBE_CONFIGS,READ,WRITE', 'GROUP PREFIXED kafka-registry. DESCRIBE,READ']);
    expect(acls(of, 'kafka-ui')).toEqual(['CLUSTER LITERAL kafka-cluster DESCRIBE,DESCRIBE_CONFIGS', 'TOPIC LITERAL * DESCRIBE,DESCRIBE_CONFIGS,READ', 'GROUP LITERAL * DESCRIBE']);
    expect(desiredOf(of).topics.filter(({ name }) => name.startsWith('kafka-registry.'))).toMatchObject(['events', 'journal', 'snapshots'].map(end => (
      { name: `kafka-registry.${end}`, partitions: 1, replication: 3, configs: { 'cleanup.policy': 'delete', 'retention.ms': -1, 'retention.bytes': -1, 'min.insync.replicas': 2 } })));
  });

  test('those are let in who send or receive messages, and nobody to the page', () => {
    const { spec } = one<NetworkPolicy>(cluster(operator), 'NetworkPolicy', 'kafka-registry');
    expect(spec?.ingress).toEqual([{
      from: [...['fraud', 'ledger'].map(name => ({ 'app.kubernetes.io/instance': name })), { 'app.kubernetes.io/component': 'kafka-ui' }].map(matchLabels => ({ podSelector: { matchLabels } })),
      ports: [{ port: 8080, protocol: 'TCP' }],
    }]);
    expect(one<NetworkPolicy>(cluster(operator), 'NetworkPolicy', 'kafka-ui').spec?.ingress).toBeUndefined();
  });

  test('the brokers let the programs in', () => {
    const of = cluster(operator);
    const peers = operator === 'plain' ? one<NetworkPolicy>(of, 'NetworkPolicy', 'kafka-broker').spec?.ingress?.flatMap(({ from }) => from ?? [])
      : one<{ spec: { kafka: { listeners: { networkPolicyPeers: object[] }[] } } }>(of, 'Kafka', 'kafka').spec.kafka.listeners[0].networkPolicyPeers;
    for (const part of ['kafka-registry', 'kafka-ui']) expect(peers).toContainEqual({ podSelector: { matchLabels: { 'app.kubernetes.io/component': part } } });
  });
});

test('a registry has what it is told in a file, and its password in another', () => {
  const { containers: [container] } = podOf(cluster('plain'), 'kafka-registry');
  const text = one<ConfigMap>(cluster('plain'), 'ConfigMap', 'kafka-registry').data?.['application.properties'] ?? '';
  expect(container.env).toEqual([{ name: 'QUARKUS_CONFIG_LOCATIONS', value: 'file:/etc/kafka/settings/application.properties' }]);
  const settings = Object.fromEntries(text.trimEnd().split('\n').map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  expect(settings).toMatchObject({
    'apicurio.storage.kind': 'kafkasql', 'apicurio.kafkasql.bootstrap.servers': 'kafka.bank.svc.cluster.local:9092', 'apicurio.kafkasql.topic': 'kafka-registry.journal', 'apicurio.kafkasql.topic.auto-create': 'false',
    'apicurio.kafkasql.consumer.group-prefix': 'kafka-registry.', 'apicurio.kafka.common.security.protocol': 'SASL_SSL', 'apicurio.kafka.common.ssl.endpoint.identification.algorithm': 'https',
    // In a file of properties two backslashes are one, which keeps Quarkus from resolving what Kafka's client resolves.
    'apicurio.kafka.common.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required username="kafka-registry" password="\\\\${dir:/etc/kafka/user:kafka-registry}";',
    'apicurio.kafka.common.config.providers.dir.param.allowed.paths': '/etc/kafka/user',
  });
});

test('a page shows the cluster and its schemas, and changes nothing', () => {
  const settings = (beside: object) => parse(one<ConfigMap>(cluster('plain', beside), 'ConfigMap', 'kafka-ui').data?.['application.yml'] ?? '');
  expect(settings(both)).toMatchObject({
    'spring.config.import': 'configtree:/etc/kafka/user/', 'dynamic.config.enabled': false,
    'kafka': { clusters: [{
      name: 'bank', readOnly: true, bootstrapServers: 'kafka.bank.svc.cluster.local:9092', schemaRegistry: 'http://kafka-registry.bank.svc.cluster.local:8080/apis/ccompat/v7',
      properties: { 'sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required username="kafka-ui" password="${kafka-ui}";', 'ssl.truststore.location': '/etc/kafka/authority/ca.crt' },
    }] },
  });
  expect(settings({ ui: true }).kafka.clusters[0].schemaRegistry).toBeUndefined();
});

test('programs run restricted, and begin anew when they are told something else', () => {
  const of = cluster('plain');
  for (const name of ['kafka-registry', 'kafka-ui']) {
    const { containers: [container], ...pod } = podOf(of, name);
    expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
    expect(container.startupProbe && container.readinessProbe && container.livenessProbe).toBeTruthy();
  }
  const checksum = (more: object) => one<Deployment>(cluster('plain', { ui: true, ...more }), 'Deployment', 'kafka-ui').spec?.template.metadata?.annotations?.['marty-msf/config-checksum'];
  expect(checksum({})).not.toBe(checksum({ schemaRegistry: true }));
});

test('services that use topics reach the registry, and others do not', () => {
  const { services } = kafkaPlatform({ version: '4.3.1', beside: both } as never);
  const reaching = services.map(service => settleService(service, 'production'))
    .filter(service => accessOf(service, []).egress.some(({ peer }) => peer.kind === 'pods' && peer.labels['app.kubernetes.io/component'] === 'kafka-registry'));
  expect(reaching.map(({ name }) => name)).toEqual(['ledger', 'fraud']);
});

test('programs that could not log in are refused, and names that they have', () => {
  const { services: [ledger, ...others], ...rest } = cluster('plain');
  const { secretStore: _secretStore, ...facts } = rest.facts;
  expect(linesOf(kafkaProblems({ ...rest, services: [ledger, ...others] }))).toEqual([]);
  expect(linesOf(kafkaProblems({ ...rest, facts, services: [] }))).toEqual(['environments.production.secretStore: is not named, but kafka-registry, kafka-ui log in with passwords; name the store that they are in']);
  expect(linesOf(kafkaProblems({ ...rest, services: [{ ...ledger, name: 'kafka-ui' }, ...others] })).filter(line => line.includes('program'))).toEqual(['kafka-ui: is called like the program beside Kafka in production; choose another name']);
  expect(refusalOf('SPEC_INVALID', () => kafkaPlatform({ version: '4.3.1', beside: { ui: 'yes' } } as never))).toHaveLength(1);
});
