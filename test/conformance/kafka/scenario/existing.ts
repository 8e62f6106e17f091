import { definePlatform } from '../../../../src/spec';
import { renderPlatform } from '../../../support/manifests';
import { propertiesFile } from '../traffic/clients';
import { since, type Fact, type Finding } from './facts';
import { described, lastLine, permissionsOf, type Described } from './formation';
import { adminSettings } from './security';
import type { PlatformKafka } from './platform-kafka';
import type { Desired } from '../../../../src/kafka/desired';
import type { KubernetesObject } from '../../kubernetes/manifest';

/** Not what a file of settings, or the language of logins, takes without a word. */
const password = 'a "password", \\ and #more';
const administrator = 'warehouse-admin';
const users = ['packing', 'shipping'];

/** Somebody who has this cluster as a Kafka that exists, and is no super user of it, has topics, users, permissions and quotas made in it. */
export async function provisionedFromOutside(kafka: PlatformKafka): Promise<Finding> {
  const { cluster: { kubelet }, petstore } = kafka;
  const began = Date.now();
  await createAdministrator(kafka);
  const before = await described(kafka);
  const objects = warehouseOf(petstore().cluster.namespace, kubelet.secret('kafka-clients-tls')['ca.crt']);
  const { metadata: { name: job } } = only(objects, 'Job');
  await kubelet.apply([...petstore().objects, ...objects]);
  const first = await kubelet.runJob(job);
  const isMade = first.code === 0;
  // What others say of a topic of ours stays.
  if (isMade) await tool(kafka, 'kafka.admin.ConfigCommand', ['--alter', '--entity-type', 'topics', '--entity-name', 'parcels', '--add-config', 'max.message.bytes=2000000']);
  const again = await kubelet.runJob(job);
  await kubelet.apply(petstore().objects);
  const after = await described(kafka);
  const { data = {} } = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'kafka-provision') as { data?: Readonly<Record<string, string>> };
  const { acls } = JSON.parse(data['desired.json']) as Desired;
  const parcels = after.topics.parcels;
  const ours = (permission: string) => users.some(user => permission.startsWith(`User:${user} `));
  return {
    facts: [
      ['the end of the Job', isMade ? 0 : first.output, 0],
      ['the exit code of the Job, run again', again.code, 0],
      ['what the Job did, run again', lastLine(again.output).replace(/\d+ unchanged/, '… unchanged'), '0 changed, … unchanged'],
      ['partitions and copies of the topic', [parcels?.partitions, parcels?.replication], [2, [3]]],
      ...Object.entries({ 'cleanup.policy': 'compact', 'retention.ms': '86400000', 'min.insync.replicas': '2', 'max.message.bytes': '2000000' })
        .map(([key, value]): Fact => [`${key} of the topic`, parcels?.configs[key], value]),
      ['the permissions', after.permissions.filter(ours), acls.flatMap(permissionsOf).sort()],
      ['the quotas', users.map(user => after.quotas[user]), users.map(() => ({ producer_byte_rate: 1_000_000 }))],
      ['the users', after.users.filter(user => users.includes(user)), users],
      ['what others had, and what they have now', changesOf(foreign(before, ours), foreign(after, ours)), []],
    ],
    remarks: [`the Job did: ${lastLine(first.output)}; again: ${lastLine(again.output)}; all of it in ${since(began)}`],
  };
}

/** What the guide says that an administrator needs, by Kafka's own tools. */
async function createAdministrator(kafka: PlatformKafka): Promise<void> {
  const allow = (...of: readonly string[]) => tool(kafka, 'org.apache.kafka.tools.AclCommand', ['--add', '--allow-principal', `User:${administrator}`, ...of]);
  const operations = (...names: readonly string[]) => names.flatMap(name => ['--operation', name]);
  await Promise.all([
    tool(kafka, 'kafka.admin.ConfigCommand', ['--alter', '--entity-type', 'users', '--entity-name', administrator, '--add-config', `SCRAM-SHA-512=[password=${password}]`]),
    allow('--topic', '*', ...operations('Create', 'Alter', 'AlterConfigs')),
    allow('--cluster', ...operations('Alter', 'AlterConfigs')),
  ]);
}

/** One of Kafka's tools, with the certificate of a super user. */
async function tool({ cluster }: PlatformKafka, main: string, args: readonly string[]): Promise<void> {
  const { 'bootstrap.servers': servers, ...settings } = adminSettings(cluster);
  const file = propertiesFile(cluster.kubelet, 'super-user', settings);
  const { code, stdout, stderr } = await cluster.kubelet.tool({ main, args: ['--bootstrap-server', servers, '--command-config', file, ...args] });
  if (code !== 0) throw new Error(`${main}: it ended with ${code}\n${stdout}\n${stderr}`);
}

/** What is rendered for somebody else in the same cluster, with the Secrets that exist there. */
function warehouseOf(namespace: string, ca: Buffer): KubernetesObject[] {
  const platform = definePlatform({
    name: 'warehouse',
    environments: {
      production: {
        kubernetes: '1.37', domain: 'warehouse.example', secretStore: { kind: 'existing' },
        kafka: { at: { namespace, service: 'kafka' }, port: 9092, provision: { trust: 'secret', users: true, quotas: { producerBytesPerSecond: 1_000_000 } } },
      },
    },
  });
  const message = { type: 'object', properties: { id: { type: 'string' } } } as never;
  const parcels = platform.topic('parcels', { message, key: 'id' as never, partitions: 2, cleanup: 'compact', retentionMs: 86_400_000 });
  const orders = platform.topic('orders.placed', { message, key: 'id' as never, partitions: 1, retentionMs: 1000, producedElsewhere: true });
  const usual = { team: 'warehouse', image: 'ghcr.io/warehouse/any' } as const;
  const [packing, shipping] = users;
  const services = [
    platform.microservice({ ...usual, name: packing, produces: { parcels }, consumes: { orders } }),
    platform.microservice({ ...usual, name: shipping, consumes: { parcels } }),
  ];
  const rendered = renderPlatform(services, 'production').manifests.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'kafka');
  const secret = (name: string, data: Readonly<Record<string, string>>): KubernetesObject => (
    { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'warehouse' }, stringData: data } as KubernetesObject);
  return [
    ...rendered as unknown as readonly KubernetesObject[],
    secret('kafka-admin', { username: administrator, password: `${password}\n`, ca: ca.toString() }),
    secret('kafka-users', Object.fromEntries(users.map(user => [user, `the password of "${user}"`]))),
  ];
}

function only(objects: readonly KubernetesObject[], kind: string): KubernetesObject {
  const found = objects.filter(object => object.kind === kind);
  if (found.length !== 1) throw new Error(`${kind}: there are ${found.length}, expected one`);
  return found[0];
}

/** All that others have in the cluster, line by line; Kafka's own topics come and go. */
function foreign({ topics, permissions, quotas, users: known }: Described, ours: (permission: string) => boolean): string[] {
  const lines = (all: Readonly<Record<string, object>>) => Object.entries(all).map(([name, value]) => `${name} ${JSON.stringify(Object.entries(value).sort())}`);
  const isOurs = (line: string) => /^(parcels|packing|shipping|__.*) /.test(line);
  const named = [...lines(topics), ...lines(quotas)].filter(line => !isOurs(line));
  return [...named, ...permissions.filter(each => !ours(each)), ...known.filter(user => !users.includes(user))];
}

const changesOf = (before: readonly string[], after: readonly string[]): string[] => [
  ...before.filter(line => !after.includes(line)), ...after.filter(line => !before.includes(line)),
];
