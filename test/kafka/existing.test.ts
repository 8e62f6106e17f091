import { App } from 'cdk8s';
import { kafkaPlatform } from '../support/kafka';
import { linesOf } from '../support/problems';
import { allOf, renderPlatform, type Manifest } from '../support/manifests';
import { PlatformChart } from '../../src/charts';
import { checkManifests } from '../../src/check';
import { KafkaProvisioning } from '../../src/charts/kafka-provisioning';
import { MartyError } from '../../src/errors';
import { problemsOfManifest } from '../../src/manifests/schema';
import { factsOf } from '../../src/spec/environments';
import { previewOf } from '../../src/spec/preview';
import { quotaUseOf } from '../../src/spec/quota';
import { settleService } from '../../src/spec/settle';

const at = { host: 'kafka.bank.example', cidrs: ['10.20.2.0/24'] };
/** A Kafka of which nobody says the addresses. */
const byName = { networkPolicies: 'cilium', kafka: { at: { host: at.host }, provision: {} } } as const;
const platform = (provision: object | undefined, facts: object = {}, topic: object = {}) => (
  kafkaPlatform({ at, ...(provision ? { provision } : {}) } as never, facts, topic));
const rendered = (provision: object | undefined = {}, facts: object = {}, topic: object = {}) => renderPlatform(platform(provision, facts, topic).services, 'production').manifests;
const ofKafka = (manifests: readonly Manifest[]) => manifests.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'kafka');
const inventory = (manifests: readonly Manifest[]) => ofKafka(manifests).map(({ kind, metadata }) => `${kind}/${metadata.name?.replace(/-[0-9a-f]{8}$/, '')}`).sort();
const filesOf = (manifests: readonly Manifest[]) => allOf(manifests, 'ConfigMap').find(({ metadata }) => metadata.name === 'kafka-provision')?.data ?? {};
const desiredOf = (manifests: readonly Manifest[]) => JSON.parse(filesOf(manifests)['desired.json']) as Desired;
const jobOf = (manifests: readonly Manifest[]) => allOf(manifests, 'Job')[0];

interface Desired {
  readonly topics: readonly { readonly replication?: number; readonly configs: Readonly<Record<string, unknown>> }[];
  readonly users: readonly object[];
  readonly acls?: readonly { readonly principal: string; readonly resourceType: string; readonly name: string }[];
  readonly quotas?: readonly object[];
  readonly principals: readonly string[];
  readonly shared: boolean;
}

test('provisioning is made of these, and only where it is asked for', () => {
  const usual = ['ConfigMap/kafka-node-tool', 'ConfigMap/kafka-provision', 'ExternalSecret/kafka-admin', 'Job/kafka-provision', 'NetworkPolicy/kafka-provision', 'ServiceAccount/kafka'];
  expect(inventory(rendered())).toEqual(usual);
  expect(inventory(rendered({ users: true }))).toEqual([...usual, 'ExternalSecret/kafka-users'].sort());
  expect(inventory(rendered({ users: true }, { secretStore: { kind: 'existing' } }))).toEqual(usual.filter(name => !name.startsWith('ExternalSecret')));
  expect(inventory(rendered({}, byName))).toEqual([...usual, 'CiliumNetworkPolicy/kafka-provision-hosts'].sort());
  expect(ofKafka(renderPlatform(platform(undefined).services, 'production').manifests)).toEqual([]);
});

test('a repository that does not own the platform makes nothing, and its services are as they were', () => {
  const { services } = platform({});
  const app = new App();
  const chart = new PlatformChart(app, 'production', { environment: 'production', services, releases: { ledger: '1', fraud: '1', web: '1' }, ownsPlatform: false });
  expect(chart.node.tryFindChild('Kafka')).toBeUndefined();
  expect(Object.keys(chart.microservices)).toEqual(['ledger', 'fraud', 'web']);
});

test.each<[string, object, object]>([
  ['by password', {}, {}], ['by certificate', { login: 'certificate', trust: 'secret', quotas: { producerBytesPerSecond: 5 } }, {}], ['with users', { users: true, trust: 'secret' }, {}],
  ['on OpenShift, in a mesh, on an old server', {}, { security: 'platform-assigned-uid', mesh: 'istio-sidecar', kubernetes: '1.28' }],
  ['where policies know names', {}, { networkPolicies: 'cilium' }], ['with a limit of CPU for all', {}, { quota: { cpuLimit: 10 }, pullSecrets: ['mirror'] }],
])('every object %s is one that the API server takes, and no rule finds anything', (_, provision, facts) => {
  const manifests = rendered(provision, facts);
  const { kubernetes } = { kubernetes: '1.37' as const, ...facts };
  expect(manifests.flatMap(manifest => problemsOfManifest(JSON.parse(JSON.stringify(manifest)), kubernetes).map(({ message }) => `${manifest.kind} ${manifest.metadata.name}: ${message}`))).toEqual([]);
  // Where the platform assigns users, no manifest says which.
  const known = 'security' in facts ? ['container-low-user-id'] : [];
  expect(checkManifests(manifests).filter(({ rule, object }) => object.kind === 'Job' && !known.includes(rule)).map(({ rule }) => rule)).toEqual([]);
});

describe('the administrator', () => {
  const keysOf = (provision: object) => allOf(rendered(provision), 'ExternalSecret').filter(({ metadata }) => metadata.name === 'kafka-admin')
    .flatMap(({ spec }) => (spec?.data ?? []).map(({ secretKey, remoteRef }) => `${secretKey} of ${remoteRef.key} ${remoteRef.property}`));
  const settings = (provision: object) => filesOf(rendered(provision))['admin.properties'].trim().split('\n');

  test('logs in by name and password, which stand in no file that is written', () => {
    expect(settings({})).toEqual([
      'bootstrap.servers=kafka.bank.example:9093', 'ssl.endpoint.identification.algorithm=https', 'security.protocol=SASL_SSL', 'sasl.mechanism=SCRAM-SHA-512',
      'username.file=/etc/kafka/admin/username', 'password.file=/etc/kafka/admin/password',
    ]);
    expect(settings({ login: 'plain' })).toContain('sasl.mechanism=PLAIN');
    expect(settings({ login: 'scram-sha-256' })).toContain('sasl.mechanism=SCRAM-SHA-256');
    expect(keysOf({})).toEqual(['username of bank/kafka/admin username', 'password of bank/kafka/admin password']);
    expect(keysOf({ secret: 'AmazonMSK_bank' })[0]).toBe('username of AmazonMSK_bank username');
  });

  test('or by certificate, and trusts who is beside it', () => {
    expect(settings({ login: 'certificate', trust: 'secret' })).toEqual(expect.arrayContaining([
      'security.protocol=SSL', 'ssl.keystore.certificate.chain=${dir:/etc/kafka/admin:certificate}', 'ssl.keystore.key=${dir:/etc/kafka/admin:key}', 'ssl.truststore.certificates=${dir:/etc/kafka/admin:ca}',
    ]));
    expect(keysOf({ login: 'certificate', trust: 'secret' }).map(key => key.split(' ')[0])).toEqual(['certificate', 'key', 'ca']);
    expect(settings({}).filter(line => line.startsWith('ssl.truststore'))).toEqual([]);
  });

  test('is shown to the Job alone, with the passwords of users where it makes them', () => {
    const secrets = (provision: object) => jobOf(rendered(provision)).spec?.template.spec?.volumes?.flatMap(({ secret }) => secret?.secretName ?? []);
    expect(secrets({})).toEqual(['kafka-admin']);
    expect(secrets({ users: true })).toEqual(['kafka-admin', 'kafka-users']);
    expect(Object.keys(filesOf(rendered({})))).not.toContain('client.properties');
    expect(filesOf(rendered({ users: true, login: 'scram-sha-256' }))['client.properties']).toContain('sasl.mechanism=SCRAM-SHA-256\n');
  });

  test('begins at a Service of the cluster where the Kafka is in it', () => {
    const { services } = kafkaPlatform({ at: { namespace: 'queues', service: 'main-kafka-bootstrap' }, provision: {} });
    expect(filesOf(renderPlatform(services, 'production').manifests)['admin.properties']).toContain('bootstrap.servers=main-kafka-bootstrap.queues.svc.cluster.local:9093\n');
  });
});

describe('what is made', () => {
  test('is what services send and may do; what nobody says stays as the brokers have it', () => {
    const { topics, acls, principals, shared, users, quotas } = desiredOf(rendered());
    expect(topics).toEqual([{ name: 'transfers', partitions: 6, configs: {} }]);
    expect([...new Set(acls?.map(({ principal }) => principal))]).toEqual(['User:fraud', 'User:ledger']);
    expect([principals, shared, users, quotas]).toEqual([['User:fraud', 'User:ledger'], true, [], undefined]);
  });

  test.each<[string, object, object, object]>([
    ['copies that are said for all', { topics: { replication: 3 } }, {}, { replication: 3, 'min.insync.replicas': 2 }],
    ['copies and writes that are said for all', { topics: { replication: 3, minInsync: 1 } }, {}, { replication: 3, 'min.insync.replicas': 1 }],
    ['writes that are said for all', { topics: { minInsync: 2 } }, {}, { 'min.insync.replicas': 2 }],
    ['copies of a topic', { topics: { replication: 3 } }, { replication: 4 }, { replication: 4, 'min.insync.replicas': 3 }],
    ['writes of a topic', {}, { minInsync: 2 }, { 'min.insync.replicas': 2 }],
    ['how long messages of a topic are kept', {}, { retentionMs: 604_800_000 }, { 'retention.ms': 604_800_000 }],
    ['what becomes of them then', {}, { cleanup: 'compact-and-delete' }, { 'cleanup.policy': 'compact,delete' }],
  ])('has %s', (_, provision, topic, expected) => {
    const [{ replication, configs }] = desiredOf(rendered(provision, {}, topic)).topics;
    expect({ ...(replication === undefined ? {} : { replication }), ...configs }).toEqual(expected);
  });

  test('leaves topics to those who send them', () => {
    const { services } = platform({}, {}, { producedElsewhere: true });
    const { topics, acls } = desiredOf(renderPlatform(services.filter(({ name }) => name !== 'ledger'), 'production').manifests);
    expect(topics).toEqual([]);
    expect(acls?.map(({ resourceType, name }) => `${resourceType} ${name}`)).toEqual(['TOPIC transfers', 'GROUP fraud', 'GROUP fraud.']);
  });

  test('leaves permissions to somebody else where it is told to, and quotas where nothing is said', () => {
    expect(desiredOf(rendered({ acls: false })).acls).toBeUndefined();
    expect(desiredOf(rendered({ quotas: {} })).quotas).toEqual([]);
    expect(desiredOf(rendered({ quotas: { consumerBytesPerSecond: 7 } })).quotas).toEqual([{ user: 'fraud', consumerByteRate: 7 }, { user: 'ledger', consumerByteRate: 7 }]);
  });

  test('goes by the names that services have there', () => {
    const { acls, principals, quotas } = desiredOf(rendered({ principals: { ledger: 'sa-1a2b3c' }, quotas: { producerBytesPerSecond: 5 } }));
    expect(principals).toEqual(['User:fraud', 'User:sa-1a2b3c']);
    expect(acls?.filter(({ principal }) => principal === 'User:sa-1a2b3c').map(({ name }) => name)).toEqual(['transfers', 'ledger', 'ledger.']);
    expect(quotas).toEqual([{ user: 'fraud', producerByteRate: 5 }, { user: 'sa-1a2b3c', producerByteRate: 5 }]);
  });

  test('is made again when it changes, and only then', () => {
    const name = (...args: Parameters<typeof rendered>) => jobOf(rendered(...args)).metadata.name;
    expect(name({})).toBe(name({}, { quota: { pods: 50 } }));
    expect(name({}, {}, { partitions: 7 })).not.toBe(name({}));
    expect(name({ login: 'plain' })).not.toBe(name({}));
    expect(jobOf(rendered({ version: '3.9.2', image: 'registry.bank.example/kafka' })).spec?.template.spec?.containers[0].image).toBe('registry.bank.example/kafka:3.9.2');
  });
});

test('the Job reaches names and the Kafka, and nothing else; nobody reaches it', () => {
  const policy = (facts: object) => allOf(rendered({}, facts), 'NetworkPolicy').find(({ metadata }) => metadata.name === 'kafka-provision')?.spec;
  const ports = (facts: object) => (policy(facts)?.egress ?? []).flatMap(({ to, ports: open }) => (open ?? []).map(({ port }) => `${port} ${to?.[0].ipBlock?.cidr ?? 'DNS'}`));
  expect(ports({})).toEqual(['53 DNS', '53 DNS', '9093 10.20.2.0/24']);
  expect([policy({})?.policyTypes, policy({})?.ingress]).toEqual([['Ingress', 'Egress'], undefined]);
  expect(ports({ networkPolicies: 'cilium' })).toEqual(ports({}));
  expect(ports(byName)).toEqual(['53 DNS', '53 DNS']);
  const [cilium] = allOf(rendered({}, byName), 'CiliumNetworkPolicy').filter(({ metadata }) => metadata.name === 'kafka-provision-hosts');
  expect(inventory(rendered({}, { networkPolicies: 'cilium' }))).toContain('CiliumNetworkPolicy/kafka-provision-hosts');
  expect(JSON.stringify(cilium.spec)).toContain('"toFQDNs":[{"matchName":"kafka.bank.example"}],"toPorts":[{"ports":[{"port":"9093","protocol":"TCP"}]}]');
});

test('a quota counts its pod', () => {
  const settled = (provision: object | undefined) => platform(provision).services.map(service => settleService(service, 'production'));
  const used = (provision: object | undefined) => quotaUseOf(settled(provision)).lasting.find(([name]) => name === 'kafka')?.[1];
  expect(used(undefined)).toBeUndefined();
  const { requests, limits } = jobOf(rendered()).spec?.template.spec?.containers[0].resources ?? {};
  const number = (text: unknown) => Number.parseInt(String(text), 10);
  expect(used({})).toMatchObject({
    pods: 1, cpu: number(requests?.cpu), memoryGiB: number(requests?.memory), cpuLimit: number(limits?.cpu), memoryLimitGiB: number(limits?.memory),
  });
});

test('a preview uses the Kafka and makes nothing in it: it would make what the branch says for all', () => {
  const { services } = platform({ users: true });
  const preview = previewOf(services, { of: 'ledger', name: 'pr-1', environment: 'production' });
  expect(factsOf(preview.services[0].platform, 'pr-1').kafka).toEqual({ at, port: 9093 });
});

/** What a call is refused with, by whoever says it first. */
function refusalOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof MartyError)) throw error;
    return linesOf(error.problems);
  }
  return [];
}

/** Each wrong in one way, with where it is told and what is said. */
const faults: [string, object, string, object?, object?][] = [
  ['a misspelt field', { acl: true }, 'kafka.provision.acl: is not a field that exists here; did you mean acls?'],
  ['a login that is not known', { login: 'oauth' }, 'kafka.provision.login'],
  ['a trust that is not known', { trust: 'everybody' }, 'kafka.provision.trust'],
  ['a key of no store', { secret: 'a b' }, 'kafka.provision.secret'],
  ['an image with a version', { image: 'apache/kafka:4.3.1' }, 'kafka.provision.image: names a version'],
  ['a release that is not known', { version: '4.2.0' }, 'kafka.provision.version'],
  ['users where the administrator has a key', { login: 'plain', users: true }, 'kafka.provision.users: is true, which is for a Kafka where users log in by SCRAM, but the administrator\'s login is "plain"'],
  ['users where the administrator has a certificate', { login: 'certificate', users: true }, 'kafka.provision.users: is true, which is for a Kafka'],
  ['other names of users that are made', { users: true, principals: { ledger: 'sa-1' } }, 'kafka.provision.principals: has no meaning for users that are made'],
  ['a name with its kind', { principals: { ledger: 'User:sa-1' } }, 'kafka.provision.principals.ledger: is "User:sa-1", expected the name of a user as Kafka knows it'],
  ['a name of two services', { principals: { ledger: 'sa-1', fraud: 'sa-1' } }, 'kafka.provision.principals.ledger: is "sa-1", which is the name of two services'],
  ['a name of another service', { principals: { ledger: 'fraud' } }, 'kafka.provision.principals.ledger: is fraud, the name of another service'],
  ['a name of no service', { principals: { ledgr: 'sa-1' } }, 'kafka.provision.principals.ledgr: is no service that sends or receives messages; did you mean ledger?'],
  ['a name of a service without topics', { principals: { web: 'sa-1' } }, 'kafka.provision.principals.web: is no service that sends or receives messages'],
  ['no copies', { topics: { replication: 0 } }, 'kafka.provision.topics.replication'],
  ['as many writes as copies', { topics: { replication: 3, minInsync: 3 } }, 'kafka.provision.topics.minInsync: is 3, which is not fewer than the 3 copies'],
  ['as many writes as copies of a topic', {}, 'topic transfers.minInsync: is 2 of 2 copies', {}, { replication: 2, minInsync: 2 }],
  ['no bytes', { quotas: { producerBytesPerSecond: 0 } }, 'kafka.provision.quotas.producerBytesPerSecond'],
  ['secrets by the CSI driver', {}, 'environments.production.secretStore: is the CSI driver', { secretStore: { kind: 'csi' } }],
  ['a Kafka of its own beside one that exists', {}, 'kafka.operator: is not a field that exists here', { kafka: { at, provision: {}, operator: 'strimzi' } }],
  ['a release of a Kafka of its own beside one that exists', {}, 'kafka', { kafka: { at, provision: {}, version: '4.3.1' } }],
];

test.each(faults)('refuses %s, where it is', (_, provision, told, facts = {}, topic = {}) => {
  const found = refusalOf(() => rendered(provision, facts, topic));
  expect(found.join('\n')).toContain(told);
  expect(found.length).toBeLessThanOrEqual(2);
});

describe('services', () => {
  const usual = { team: 'money', image: 'ghcr.io/bank/any' } as const;

  test('that receive what nobody sends are refused, unless somebody else does', () => {
    const alone = (topic: object) => () => renderPlatform(platform({}, {}, topic).services.filter(({ name }) => name === 'fraud'), 'production');
    expect(alone({})).toThrow(/fraud\.consumes\.transfers: receives transfers, which no service sends/);
    expect(alone({ producedElsewhere: true })).not.toThrow();
  });

  test('that are called like what is made are refused', () => {
    const { platform: bank, services } = platform({});
    expect(() => renderPlatform([...services, bank.microservice({ ...usual, name: 'kafka-provision' })], 'production')).toThrow(/kafka-provision\.name: begins like the objects of the Kafka/);
  });

  test('that need no secrets leave a store unnamed, which the administrator needs, and addresses', () => {
    const provisioned = (facts: object) => () => {
      const { services } = kafkaPlatform({ at: { host: 'kafka.bank.example' }, provision: {} }, facts);
      return renderPlatform(services.filter(({ name }) => name === 'web'), 'production');
    };
    expect(refusalOf(provisioned({ secretStore: undefined }))).toEqual([
      'environments.production.secretStore: is not named, but whoever provisions Kafka logs in; name the store that the login is in',
      'environments.production.kafka.at: is a host whose addresses are not named, so that no network policy of "kubernetes" can let the provisioning reach it; name them under cidrs',
    ]);
    expect(provisioned({ networkPolicies: 'cilium' })).not.toThrow();
  });
});

test('nothing is provisioned where nothing is said of it', () => {
  const { services } = platform(undefined);
  expect(() => new KafkaProvisioning(new App(), 'Kafka', { platform: services[0].platform, environment: 'production', services: [] }))
    .toThrow('environments.production.kafka: is none that is provisioned, expected one that exists: { at: …, provision: { … } }');
});
