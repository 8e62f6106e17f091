import { propertiesFile, certificateSettings } from '../traffic/clients';
import type { Fact, Finding } from './facts';
import type { PlatformKafka } from './platform-kafka';
import { desiredOf, type DesiredAccess } from '../../../../src/kafka/desired';
import { lagAccessOf } from '../../../../src/kafka/lag-access';
import { nodes } from '../../../../src/kafka/cluster';

/** What a cluster says of itself. */
export interface Described {
  readonly leader: number;
  readonly voters: readonly number[];
  readonly observers: readonly number[];
  readonly racks: Readonly<Record<string, string>>;
  readonly features: Readonly<Record<string, number>>;
  readonly topics: Readonly<Record<string, DescribedTopic>>;
  /** How many copies each broker keeps, of Kafka's own topics too. */
  readonly copies: Readonly<Record<string, number>>;
  /** What holds for all brokers that say nothing else. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly users: readonly string[];
  readonly permissions: readonly string[];
  readonly quotas: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface DescribedTopic {
  readonly partitions: number;
  /** Each number of copies that its partitions have. */
  readonly replication: readonly number[];
  /** The smallest number of racks that the copies of a partition are in. */
  readonly racks: number;
  /** What holds, wherever it was said. */
  readonly configs: Readonly<Record<string, string>>;
}

export async function described({ cluster }: PlatformKafka): Promise<Described> {
  const file = propertiesFile(cluster.kubelet, 'describer', { 'bootstrap.servers': cluster.servers('replication'), ...certificateSettings(cluster.kubelet, 'kafka-admin-tls') });
  return await cluster.client('Describe', [file]) as Described;
}

/** One quorum of all controllers, and every broker with its rack. */
export function formed({ petstore }: PlatformKafka, found: Described): Fact[] {
  const all = nodes(petstore().cluster);
  const ids = (role: string) => all.filter(node => node.role === role).map(({ id }) => id).sort((a, b) => a - b);
  return [
    ['the voters', found.voters, ids('controller')],
    // A broker that went is among them for five minutes more.
    ['the brokers that observe', found.observers.filter(id => ids('broker').includes(id)), ids('broker')],
    ['the racks', found.racks, Object.fromEntries(all.filter(({ role }) => role === 'broker').map(({ id, zone }) => [id, zone]))],
  ];
}

/** The Job that came with the manifests has made what is described; run again, it changes nothing. */
export async function provisioned(kafka: PlatformKafka): Promise<Finding> {
  const { cluster, petstore, jobs } = kafka;
  const [first] = await jobs();
  const began = Date.now();
  const again = await cluster.kubelet.runJob(first.name);
  const ms = Date.now() - began;
  const found = await described(kafka);
  const desired = desiredOf(petstore().cluster);
  const { 'min.insync.replicas': minInsync } = found.defaults;
  return {
    facts: [
      ...formed(kafka, found),
      ['the exit code of the Job', first.code, 0],
      ['the exit code of the Job, run again', again.code, 0],
      ['what the Job did, run again', lastLine(again.output).replace(/\d+ unchanged/, '… unchanged'), '0 changed, … unchanged'],
      ['min.insync.replicas that the controllers give to all brokers', minInsync, '2'],
      ...desired.topics.flatMap(({ name, partitions, replication, configs }): Fact[] => [
        [`partitions of ${name}`, found.topics[name]?.partitions, partitions],
        [`replication of ${name}`, found.topics[name]?.replication, [replication]],
        [`racks that each partition of ${name} is in`, found.topics[name]?.racks, replication],
        ...Object.entries(configs).map(([key, value]): Fact => [`${key} of ${name}`, found.topics[name]?.configs[key], String(value)]),
      ]),
      ['the users', found.users, desired.users.map(({ name }) => name).sort()],
      ['the permissions', found.permissions, [...desired.acls, ...lagAccessOf(petstore().cluster)].flatMap(permissionsOf).sort()],
      ['the quotas', found.quotas, Object.fromEntries(desired.quotas.map(({ user, producerByteRate, consumerByteRate }) => (
        [user, { consumer_byte_rate: consumerByteRate, producer_byte_rate: producerByteRate }])))],
    ],
    remarks: [`the Job did: ${lastLine(first.output)}; again, in ${ms} ms: ${lastLine(again.output)}`],
  };
}

/** A right as the cluster tells it, one line for each operation. */
export const permissionsOf = ({ principal, resourceType, name, pattern, operations }: DesiredAccess): string[] => (
  operations.map(operation => `${principal} ALLOW ${operation} ${resourceType} ${pattern} ${name}`));

export const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
