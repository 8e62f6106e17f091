import { kafkaCluster, kafkaPlatform } from '../support/kafka';
import { linesOf, refusalOf } from '../support/problems';
import { renderPlatform } from '../support/manifests';
import { checkManifests } from '../../src/check';
import { kafkaAlertsOf } from '../../src/kafka/alerts';
import { desiredOf } from '../../src/kafka/desired';
import { objectsOf } from '../../src/kafka/objects';
import { kafkaProblems } from '../../src/kafka/problems';
import { problemsOfManifest } from '../../src/manifests/schema';
import type { ConfigMap, NetworkPolicy, StatefulSet } from '../../src/imports/kubernetes';

const source = { alias: 'old', at: { host: 'kafka.old.example', cidrs: ['198.51.100.0/24'] }, user: 'mirror' };
const both = { connect: { reads: ['transfers'] }, mirror: { source } };
const cluster = (kafka: object = both, facts: object = {}) => kafkaCluster({ version: '4.3.1', ...kafka } as never, facts);
type Cluster = ReturnType<typeof cluster>;
const one = <T>(of: Cluster, kind: string, name: string) => (
  objectsOf(of).find(object => object.kind === kind && object.metadata.name === name) as unknown as T);
const podOf = (of: Cluster, name: string) => one<StatefulSet>(of, 'StatefulSet', name).spec?.template.spec ?? { containers: [] };
const commandOf = (of: Cluster, name: string) => podOf(of, name).containers[0].command ?? [];

/** The settings of workers, as Java reads them. */
function settingsOf(of: Cluster, name: string): Record<string, string> {
  const text = one<ConfigMap>(of, 'ConfigMap', name).data?.['worker.properties'] ?? '';
  return Object.fromEntries(text.trimEnd().split('\n').map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).replaceAll('\\\\', '\\')]));
}

const problems = (kafka: object, facts: object = {}) => linesOf(kafkaProblems(cluster(kafka, facts)));

describe('workers', () => {
  test('are made of these, and only where they are asked for', () => {
    const named = (of: Cluster) => objectsOf(of).filter(({ metadata }) => /^kafka-(connect|mirror)/.test(metadata.name ?? '')).map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
    expect(named(cluster())).toEqual([
      'ConfigMap/kafka-connect', 'ConfigMap/kafka-mirror', 'ExternalSecret/kafka-mirror-source', 'NetworkPolicy/kafka-connect', 'NetworkPolicy/kafka-mirror',
      'PodDisruptionBudget/kafka-connect', 'PodMonitor/kafka-connect', 'PodMonitor/kafka-mirror', 'Service/kafka-connect', 'Service/kafka-mirror',
      'StatefulSet/kafka-connect', 'StatefulSet/kafka-mirror',
    ]);
    expect(named(cluster({}))).toEqual([]);
    expect(named(cluster({ connect: {} }, { monitoring: 'none' })).filter(name => /Monitor|mirror/.test(name))).toEqual([]);
  });

  test.each<[string, object, object]>([
    ['', {}, {}], ['of one node', { controllers: 'combined' }, {}], ['of an older release', { version: '3.9.2' }, {}], ['beside a registry', { beside: { schemaRegistry: true } }, {}],
    ['on OpenShift, in a mesh, on an old server', {}, { security: 'platform-assigned-uid', mesh: 'istio-sidecar', kubernetes: '1.28' }],
  ])('every object %s is one that the API server takes', (_, more, facts) => {
    const of = cluster({ ...both, ...more }, facts);
    expect(objectsOf(of).flatMap(object => problemsOfManifest(JSON.parse(JSON.stringify(object)), of.facts.kubernetes).map(({ message }) => `${object.kind} ${object.metadata.name}: ${message}`))).toEqual([]);
  });

  test.each([{}, { controllers: 'combined' }, { connect: { replicas: 1 }, mirror: { source, replicas: 3 } }])('no rule finds anything: %j', more => {
    const { manifests } = renderPlatform(kafkaPlatform({ version: '4.3.1', ...both, ...more } as never).services, 'production');
    expect(checkManifests(manifests).map(({ rule, object }) => `${object.kind} ${object.name}: ${rule}`).filter(text => /kafka-(connect|mirror)/.test(text))).toEqual([]);
  });

  test.each(['kafka-connect', 'kafka-mirror'])('%s runs restricted, by java itself, with half of its memory as heap', name => {
    const of = cluster({ connect: { memoryMiB: 1024 }, mirror: { source, memoryMiB: 1024 } });
    const { containers: [container], ...pod } = podOf(of, name);
    expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(commandOf(of, name).filter(word => /^(java|-Xm.*|-javaagent.*|.*OutOfMemoryError)$/.test(word))).toEqual([
      'java', '-Xms512m', '-Xmx512m', '-XX:+ExitOnOutOfMemoryError', '-javaagent:/etc/kafka/node/marty-kafka.jar=port=9404',
    ]);
    expect(container.resources?.limits).toMatchObject({ memory: '1024Mi' });
    expect(container.image).toBe('apache/kafka:4.3.1');
  });

  test('have names that last, and begin anew when they are told something else', () => {
    const { spec } = one<StatefulSet>(cluster(), 'StatefulSet', 'kafka-connect');
    expect(spec).toMatchObject({ serviceName: 'kafka-connect', podManagementPolicy: 'Parallel', replicas: 2 });
    expect(one<object>(cluster(), 'Service', 'kafka-connect')).toMatchObject({ spec: { clusterIP: 'None', publishNotReadyAddresses: true } });
    expect(settingsOf(cluster(), 'kafka-connect')['rest.advertised.host.name']).toBe('${env:POD_NAME}.kafka-connect.bank.svc.cluster.local');
    const checksum = (config: object) => one<StatefulSet>(cluster({ connect: { config } }), 'StatefulSet', 'kafka-connect').spec?.template.metadata?.annotations?.['marty-msf/config-checksum'];
    expect(checksum({})).not.toBe(checksum({ 'errors.log.enable': true }));
  });

  test('are reached by each other and by Prometheus, and reach the brokers that let them in', () => {
    const of = cluster();
    for (const name of ['kafka-connect', 'kafka-mirror']) {
      const each = { podSelector: { matchLabels: { 'app.kubernetes.io/component': name } } };
      const { spec } = one<NetworkPolicy>(of, 'NetworkPolicy', name);
      expect(spec?.ingress).toEqual([
        { from: [each], ports: [{ port: 8083, protocol: 'TCP' }] },
        { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [{ port: 9404, protocol: 'TCP' }] },
      ]);
      expect(spec?.egress?.flatMap(({ ports = [] }) => ports.map(({ port }) => port))).toEqual([53, 53, 9092, 8083, ...(name === 'kafka-mirror' ? [9093] : [])]);
      expect(one<NetworkPolicy>(of, 'NetworkPolicy', 'kafka-broker').spec?.ingress?.find(({ ports }) => ports?.[0].port === 9092)?.from).toContainEqual(each);
    }
    const { spec } = one<NetworkPolicy>(cluster({ ...both, beside: { schemaRegistry: true } }), 'NetworkPolicy', 'kafka-connect');
    expect(spec?.egress).toContainEqual({ to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/component': 'kafka-registry' } } }], ports: [{ port: 8080, protocol: 'TCP' }] });
  });

  test('read their password from a file of their own, and it stands nowhere', () => {
    const of = cluster();
    for (const name of ['kafka-connect', 'kafka-mirror']) {
      expect(podOf(of, name).volumes?.flatMap(({ secret }) => (secret ? [[secret.secretName, secret.items?.map(({ key }) => key)]] : []))).toEqual([
        ['kafka-users', [name]], ['kafka-clients-tls', ['ca.crt']], name === 'kafka-connect' ? ['kafka-connect-secrets', undefined] : ['kafka-mirror-source', undefined],
      ]);
      expect(Object.values(settingsOf(of, name)).filter(value => value.includes('password=')).every(value => /password="\$\{dir:\/etc\/kafka\/(user:kafka-\w+|source:password)\}";$/.test(value))).toBe(true);
    }
    expect(desiredOf(of).users.map(({ secret }) => secret)).toEqual(expect.arrayContaining(['bank/kafka-connect/topics', 'bank/kafka-mirror/topics']));
  });

  test('call somebody when a connector has failed', () => {
    const names = (of: Cluster) => kafkaAlertsOf(of).map(({ name }) => name).filter(name => name === 'KafkaConnectorFailed');
    expect(names(cluster({ mirror: { source } }))).toHaveLength(1);
    expect(names(cluster({}))).toEqual([]);
    // Its workers tell of themselves under other names.
    expect(names(cluster({ ...both, operator: 'strimzi' }))).toEqual([]);
  });
});

describe('workers of Connect', () => {
  test('log in as a user of their own, and so do the clients of connectors', () => {
    const settings = settingsOf(cluster(), 'kafka-connect');
    const login = { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', 'ssl.truststore.location': '/etc/kafka/authority/ca.crt', 'ssl.endpoint.identification.algorithm': 'https' };
    for (const client of ['', 'producer.', 'consumer.', 'admin.']) {
      expect(settings).toMatchObject(Object.fromEntries(Object.entries(login).map(([key, value]) => [client + key, value])));
      expect(settings[`${client}sasl.jaas.config`]).toContain('username="kafka-connect"');
    }
    expect(settings).toMatchObject({
      'bootstrap.servers': 'kafka.bank.svc.cluster.local:9092', 'group.id': 'kafka-connect', 'listeners': 'HTTP://:8083',
      'config.storage.topic': 'kafka-connect.configs', 'offset.storage.topic': 'kafka-connect.offsets', 'status.storage.topic': 'kafka-connect.status',
    });
    const topics = desiredOf(cluster()).topics.map(({ name }) => name);
    for (const kind of ['config', 'offset', 'status']) expect(topics).toContain(settings[`${kind}.storage.topic`]);
    expect(commandOf(cluster(), 'kafka-connect').slice(-2)).toEqual(['org.apache.kafka.connect.cli.ConnectDistributed', '/etc/kafka/settings/worker.properties']);
  });

  test('are ready when they can take requests, and find their plugins in an image of their own', () => {
    const of = cluster({ connect: { image: { repository: 'ghcr.io/bank/connect', version: '1.0.0' } } });
    const { containers: [container] } = podOf(of, 'kafka-connect');
    expect(container.image).toBe('ghcr.io/bank/connect:1.0.0');
    expect(container.readinessProbe?.httpGet).toEqual({ path: '/health', port: 'rest' });
    expect(settingsOf(of, 'kafka-connect')['plugin.path']).toBe('/opt/kafka/plugins');
    expect(settingsOf(cluster(), 'kafka-connect')['plugin.path']).toBeUndefined();
  });

  test('may be told what is not written for them, and nothing else', () => {
    const config = { 'key.converter': 'org.apache.kafka.connect.storage.StringConverter', 'producer.linger.ms': 50 };
    expect(problems({ connect: { config } })).toEqual([]);
    expect(settingsOf(cluster({ connect: { config } }), 'kafka-connect')).toMatchObject({ 'key.converter': config['key.converter'], 'producer.linger.ms': '50' });
    const owned = ['group.id', 'rest.port', 'listeners', 'config.providers', 'producer.sasl.jaas.config', 'consumer.ssl.truststore.type', 'admin.security.protocol', 'plugin.path'];
    expect(problems({ connect: { config: Object.fromEntries(owned.map(key => [key, 'mine'])) } }))
      .toEqual(owned.map(key => `environments.production.kafka.connect.config["${key}"]: is set by the workers themselves; remove it`));
    expect(problems({ connect: { writes: ['transfer'] } })).toHaveLength(1);
  });

  test('let a topic be received that only a connector sends', () => {
    const { services, ...rest } = cluster({ connect: { writes: ['transfers'] } });
    expect(linesOf(kafkaProblems({ ...rest, services: services.filter(({ name }) => name !== 'ledger') }))).toEqual([]);
  });
});

describe('workers that copy another Kafka', () => {
  test('read the other one, and keep what they remember in this one', () => {
    const settings = settingsOf(cluster({ mirror: { source, topics: 'audit\\..*', groups: 'archive', tasks: 2 } }), 'kafka-mirror');
    expect(settings).toMatchObject({
      'clusters': 'old,kafka', 'old.bootstrap.servers': 'kafka.old.example:9093', 'old.ssl.truststore.location': '/etc/kafka/source/ca.crt', 'kafka.bootstrap.servers': 'kafka.bank.svc.cluster.local:9092',
      'old->kafka.enabled': 'true', 'old->kafka.topics': 'audit\\..*', 'old->kafka.groups': 'archive', 'tasks.max': '2', 'offset-syncs.topic.location': 'target', 'emit.heartbeats.enabled': 'false',
      'kafka.group.id': 'kafka-mirror', 'kafka.config.storage.topic': 'kafka-mirror.configs', 'dedicated.mode.enable.internal.rest': 'true',
    });
    expect(settings['old.sasl.jaas.config']).toBe('org.apache.kafka.common.security.scram.ScramLoginModule required username="mirror" password="${dir:/etc/kafka/source:password}";');
    expect(settings['replication.policy.class']).toBeUndefined();
    expect(settingsOf(cluster({ mirror: { source, keepNames: true } }), 'kafka-mirror')['replication.policy.class']).toBe('org.apache.kafka.connect.mirror.IdentityReplicationPolicy');
  });

  test('never copy what other workers know', () => {
    const patterns = settingsOf(cluster(), 'kafka-mirror')['old->kafka.topics.exclude'].split(',').map(pattern => new RegExp(`^(?:${pattern})$`));
    const isExcluded = (topic: string) => patterns.some(pattern => pattern.test(topic));
    expect(['kafka-connect.configs', 'kafka-mirror.offsets', '__consumer_offsets', 'mm2-offset-syncs.x.internal'].filter(isExcluded)).toHaveLength(4);
    expect(['transfers', 'kafka-connectors', 'audit.internal'].filter(isExcluded)).toEqual([]);
  });

  test('say a user as it is called, whatever is in it', () => {
    const login = settingsOf(cluster({ mirror: { source: { ...source, user: 'CN=a "b\\c"' } } }), 'kafka-mirror')['old.sasl.jaas.config'];
    expect(login).toContain('username="CN=a \\"b\\\\c\\""');
  });

  test('are refused a name that is taken, and a place that no policy can name', () => {
    expect(refusalOf('SPEC_INVALID', () => kafkaPlatform({ version: '4.3.1', mirror: { source: { ...source, alias: 'kafka' } } } as never)))
      .toEqual(['environments.production.kafka.mirror.source.alias: is "kafka", which is what the Kafka that is copied into is called; expected another name']);
    expect(problems({ mirror: { source: { ...source, at: { host: 'kafka.old.example' } } } })).toHaveLength(1);
    expect(problems({ mirror: { source } })).toEqual([]);
  });
});
