import { z } from 'zod';
import { apiServerSchema, connectSchema, mirrorSchema, operatorProblems } from './kafka-operator';
import { labelSchema, listingFields, versionedImageSchema } from './syntax';

/** The releases of Kafka that are proved to run as we write them. */
export const kafkaVersions = ['3.9.2', '4.3.1'] as const;
export type KafkaVersion = (typeof kafkaVersions)[number];

const gibi = (fallback: number) => z.int().min(1).max(65_536).default(fallback);
const memory = (least: number, fallback: number) => z.int().min(least).max(1_048_576).default(fallback);
const cpu = (fallback: number) => z.int().min(50).max(128_000).default(fallback);
const value = z.union([z.string(), z.number(), z.boolean()]);

/** What each user may send and fetch at most, in bytes per second and broker. */
export const kafkaQuotasSchema = listingFields({
  /** Bytes that a user may send per second to a broker, from 1. @default - no limit */
  producerBytesPerSecond: z.int().min(1).optional(),
  /** Bytes that a user may fetch per second from a broker, from 1. @default - no limit */
  consumerBytesPerSecond: z.int().min(1).optional(),
});

/** What brokers say to clients outside of the cluster; the name or number of each broker follows from its node id. */
const domainSchema = (expected: string, most: number) => z.string({ error: expected }).regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, { error: expected }).max(most);

const externalSchema = z.discriminatedUnion('kind', [
  listingFields({
    /** One load balancer for each broker and one to begin with; DNS names `broker-<id>.<domain>` and `bootstrap.<domain>` have to lead to them. */
    kind: z.literal('load-balancer'),
    domain: domainSchema('expected a domain such as kafka.acme.example', 240),
    /** Annotations of the Services, by which a cloud knows what kind of balancer is meant. @default {} */
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  listingFields({
    /** A port of every node for each broker: `port` to begin with, `port + 1 + <id>` for a broker. */
    kind: z.literal('node-port'),
    /** The name under which clients reach the nodes. */
    domain: domainSchema('expected a host name such as nodes.acme.example', 253),
    /** The first port, 30000 to 32600. @default 31090 */
    port: z.int().min(30_000).max(32_600).default(31_090),
  }),
  listingFields({
    /** A TLSRoute for each broker at the environment's Gateway, whose TLS listener passes through: `broker-<id>.<domain>`, `bootstrap.<domain>`. */
    kind: z.literal('tls-route'),
    domain: domainSchema('expected a domain such as kafka.acme.example', 240),
    /** The port of the Gateway's listener. @default 443 */
    port: z.int().min(1).max(65_535).default(443),
  }),
], { error: 'expected an object such as { kind: \'load-balancer\', domain: \'kafka.acme.example\' }, of kind load-balancer, node-port or tls-route' });

/**
 * A Kafka of the platform's own, in KRaft mode.
 *
 * @see https://kafka.apache.org/43/operations/kraft/
 */
export const kafkaClusterSchema = z.strictObject({
  /** The release that runs: 3.9.2 or 4.3.1. */
  version: z.enum(kafkaVersions),
  /**
   * The release whose features are switched on, `3.9` or `4.3`; it follows `version` when that has proved itself, and never goes back.
   * @default - that of `version`
   */
  metadataVersion: z.enum(['3.9', '4.3']).optional(),
  /** Who runs it: our own StatefulSets, or the Strimzi operator. @default 'plain' */
  operator: z.enum(['plain', 'strimzi']).default('plain'),
  /** Number of controllers, 3 or 5; `'combined'` makes one node that is everything, for development. @default 3 */
  controllers: z.literal([3, 5, 'combined']).default(3),
  /**
   * The availability zones of brokers, as the nodes' label `topology.kubernetes.io/zone` calls them. What is there keeps its place, since node
   * ids follow from it: add new ones at the end. @default []
   */
  zones: z.array(labelSchema(24)).max(10).refine(zones => new Set(zones).size === zones.length, { error: 'names a zone twice' }).default([]),
  /** Number of brokers in each zone, or altogether where no zones are told apart, 1 to 10. @default - 1 in each zone, 3 where there are none */
  brokersPerZone: z.int().min(1).max(10).optional(),
  /** The volumes of the nodes. @default {} */
  storage: listingFields({
    /** Of a broker, 1 to 65536 GiB. @default 100 */
    brokerGiB: gibi(100),
    /** Of a controller, 1 to 65536 GiB. @default 10 */
    controllerGiB: gibi(10),
    /** The StorageClass. @default - that of the cluster */
    class: labelSchema(253).optional(),
  }).prefault({}),
  /** What a broker may take. @default {} */
  broker: listingFields({
    /** Memory, 1024 to 1048576 MiB: two fifths, at most 6 GiB, are heap, the rest keeps what was written last. @default 4096 */
    memoryMiB: memory(1024, 4096),
    /** Requested thousandths of a core, 50 to 128000; there is no limit. @default 1000 */
    cpuMillis: cpu(1000),
  }).prefault({}),
  /** What a controller may take. @default {} */
  controller: listingFields({
    /** Memory, 512 to 1048576 MiB, of which half, at most 4 GiB, is heap. @default 1024 */
    memoryMiB: memory(512, 1024),
    /** Requested thousandths of a core, 50 to 128000; there is no limit. @default 250 */
    cpuMillis: cpu(250),
  }).prefault({}),
  /** What topics are like that say nothing themselves. @default {} */
  topics: listingFields({
    /** Copies of every partition, 1 to 9. @default - 3, or 1 in a combined node */
    replication: z.int().min(1).max(9).optional(),
    /** Copies that have to be written before a write counts; fewer than there are, so that one may be lost. @default - one fewer than there are */
    minInsync: z.int().min(1).max(9).optional(),
    /** Milliseconds that messages are kept; -1 for ever. @default 604800000 */
    retentionMs: z.int().min(-1).default(604_800_000),
  }).prefault({}),
  /** What each user may send and fetch at most, in bytes per second and broker. @default {} */
  quotas: kafkaQuotasSchema.prefault({}),
  /** Keys of server.properties besides, in the nodes that read them; those that we write ourselves are refused. @default {} */
  config: z.record(z.string(), value).default({}),
  /** How clients outside of the cluster reach the brokers. @default - they do not */
  external: externalSchema.optional(),
  /** Who signs the certificates of nodes, as cert-manager knows it. @default - an authority of the Kafka's own */
  issuer: listingFields({
    name: labelSchema(253),
    /** Whether the whole cluster may ask it, or one namespace. @default 'ClusterIssuer' */
    kind: z.enum(['ClusterIssuer', 'Issuer']).default('ClusterIssuer'),
  }).optional(),
  /**
   * Whether the controllers have once been together. Say so as soon as they have: from then on a controller whose disk is empty has lost
   * it, and joins as a new one instead of voting as the one that it was. @default false
   */
  formed: z.boolean().default(false),
  /** The repository of the image, with Kafka in /opt/kafka and java on the path. @default 'apache/kafka' */
  image: versionedImageSchema.default('apache/kafka'),
  /**
   * The id of the cluster, 22 characters of base64url that do not begin with "-"; for one that exists already.
   * @default - made from the names of platform and environment
   */
  clusterId: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/, {
    error: 'expected 22 characters of base64url, not beginning with "-", such as `kafka-storage random-uuid` prints',
  }).optional(),
  /** Programs beside the cluster. @default {} */
  beside: listingFields({
    /** A registry of message schemas, Apicurio. @default false */
    schemaRegistry: z.boolean().default(false),
    /** A web page that shows topics and consumers, kafbat. @default false */
    ui: z.boolean().default(false),
    /** Whether Prometheus, where there is one, hears how far consumers are behind. @default true */
    lag: z.boolean().default(true),
  }).prefault({}),
  /** Where the pods that Strimzi runs reach the API server. @default - the private ranges, ports 443 and 6443 */
  apiServer: apiServerSchema.optional(),
  /** Workers of Kafka Connect. @default - there are none */
  connect: connectSchema.optional(),
  /** A copy of another Kafka's topics. @default - there is none */
  mirror: mirrorSchema.optional(),
}).superRefine((cluster, context) => {
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  const { controllers, zones, metadataVersion, version, external, topics } = cluster;
  const combined = controllers === 'combined';
  for (const { path, message } of operatorProblems(cluster)) refuse([path], message);
  if (combined && zones.length) refuse(['zones'], 'has no meaning for one node that is everything; leave it out, or name 3 or 5 controllers');
  if (combined && (cluster.brokersPerZone ?? 1) !== 1) {
    refuse(['brokersPerZone'], 'is for brokers of their own, but there is one node that is everything; leave it out, or name 3 or 5 controllers');
  }
  if (combined && cluster.operator === 'plain' && external) refuse(['external'], 'is for brokers of their own; name 3 or 5 controllers');
  const brokers = brokersOf(cluster);
  if (brokers < 1) return;
  if (!combined && brokers < 3) {
    const said = cluster.brokersPerZone === undefined ? 'zones' : 'brokersPerZone';
    refuse([said], `${said === 'zones' ? 'make' : 'makes'} ${brokers} ${brokers === 1 ? 'broker' : 'brokers'}, expected at least 3, so that one may be lost while another is restarted; ${zones.length ? `say brokersPerZone: ${Math.ceil(3 / zones.length)}` : 'say 3, or nothing'}`);
    return;
  }
  if (metadataVersion !== undefined && metadataVersion > version) refuse(['metadataVersion'], `is later than Kafka ${version} knows; expected at most ${version.slice(0, 3)}`);
  const { replication, minInsync } = replicationOf(cluster);
  if (replication > brokers) refuse(['topics', 'replication'], `is more than the ${brokers} ${brokers === 1 ? 'broker' : 'brokers'} that there ${brokers === 1 ? 'is' : 'are'}`);
  if (minInsync > replication || (minInsync === replication && replication > 1)) {
    refuse(['topics', 'minInsync'], `is not fewer than the ${replication} copies, so that writing stops while a broker is restarted; expected ${Math.max(1, replication - 1)}`);
  }
  if (replication === 1 && brokers > 1) refuse(['topics', 'replication'], oneCopy);
  const kept = retentionProblem(topics.retentionMs);
  if (kept) refuse(['topics', 'retentionMs'], kept);
});

/** A Kafka of the platform's own, with every default filled. */
export type KafkaClusterSpec = z.output<typeof kafkaClusterSchema>;

/** As much of a cluster as says which nodes it has. */
type Shape = Pick<KafkaClusterSpec, 'controllers' | 'zones' | 'brokersPerZone'>;

/** Why one copy of a message is too few where there are several brokers. */
export const oneCopy = 'keeps every message on one disk, to be lost with it, and its broker could never be restarted unnoticed; expected at least 2';

/** Why messages are not kept for so long, if they are not. */
export function retentionProblem(retentionMs: number): string | undefined {
  if (retentionMs === 0) return 'keeps nothing; expected milliseconds, or -1 for ever';
  return retentionMs > 0 && retentionMs < 60_000 ? 'is too few milliseconds to keep anything, expected at least 60000, or -1 for ever; a day is 86400000' : undefined;
}

/** The number of brokers, all zones together. */
export function brokersOf({ controllers, zones, brokersPerZone }: Shape): number {
  if (controllers === 'combined') return 1;
  return zones.length ? zones.length * (brokersPerZone ?? 1) : brokersPerZone ?? 3;
}

/** How many copies topics have that say nothing themselves, and how many of them have to be written. */
export function replicationOf({ controllers, topics }: Pick<KafkaClusterSpec, 'controllers' | 'topics'>): { readonly replication: number; readonly minInsync: number } {
  const replication = topics.replication ?? (controllers === 'combined' ? 1 : 3);
  return { replication, minInsync: topics.minInsync ?? Math.max(1, replication - 1) };
}

/** Whether a controller that is no voter becomes one by itself; before 4.2 somebody has to make it one. */
export const joinsByItself = ({ version }: Pick<KafkaClusterSpec, 'version'>) => version !== '3.9.2';

/** The release whose features are switched on. */
export const metadataVersionOf = ({ metadataVersion, version }: Pick<KafkaClusterSpec, 'metadataVersion' | 'version'>) => metadataVersion ?? version.slice(0, 3);

/** Where and what one node of a cluster is. */
export interface KafkaNode {
  readonly id: number;
  readonly role: 'controller' | 'broker' | 'combined';
  readonly pod: string;
  /** The StatefulSet that it belongs to. */
  readonly set: string;
  readonly zone?: string;
  /** The DNS name of the pod. */
  readonly host: string;
}

/** The ports of a node. */
export const kafkaPorts = { client: 9092, controller: 9093, replication: 9094, external: 9095, metrics: 9404 } as const;

/** The port of the registry of schemas beside a cluster. */
export const registryPort = 8080;

/** The port of workers of Connect, by which they know each other and are told what to do. */
export const workerPort = 8083;

/** Where the registry of schemas beside a cluster is, if there is one: its Service, and the labels of its pods. */
export function registryPlaceOf({ beside }: Pick<KafkaClusterSpec, 'beside'>): Omit<KafkaPlace, 'authority'> | undefined {
  return beside.schemaRegistry ? { service: 'kafka-registry', port: registryPort, labels: kafkaSelectorOf('registry') } : undefined;
}

/** The place of a Kafka of one's own, as clients and network policies know it. */
export interface KafkaPlace {
  /** The Service where clients begin. */
  readonly service: string;
  readonly port: number;
  /** The labels of its brokers. */
  readonly labels: Readonly<Record<string, string>>;
  /** The Secret whose `ca.crt` says whom clients trust. */
  readonly authority: string;
}

/** A part of a cluster that has pods of its own. */
export type KafkaPart = 'controller' | 'broker' | 'provisioning' | 'registry' | 'ui' | 'lag' | 'connect' | 'mirror';

/** What selects the pods of a part: one label, which never changes. */
export const kafkaSelectorOf = (part: KafkaPart): Record<string, string> => ({ 'app.kubernetes.io/component': `kafka-${part}` });

/** Whether a Kafka is one of the platform's own. */
export const isOwnKafka = (kafka: object): kafka is KafkaClusterSpec => 'version' in kafka;

/** How many Services of a Kafka take a load balancer or a port of every node. */
export function outerServicesOf(kafka: object | undefined): number {
  if (!kafka || !isOwnKafka(kafka) || !kafka.external || kafka.external.kind === 'tls-route') return 0;
  return brokersOf(kafka) + 1;
}

/** Where clients find a Kafka of one's own. */
export function kafkaPlaceOf({ operator }: Pick<KafkaClusterSpec, 'operator'>): KafkaPlace {
  return operator === 'strimzi'
    ? { service: 'kafka-kafka-bootstrap', port: kafkaPorts.client, labels: { 'strimzi.io/cluster': kafkaNames.bootstrap, 'strimzi.io/broker-role': 'true' }, authority: 'kafka-cluster-ca-cert' }
    : { service: kafkaNames.bootstrap, port: kafkaPorts.client, labels: kafkaSelectorOf('broker'), authority: 'kafka-clients-tls' };
}

/** The names of what a cluster is made of: its controllers, its brokers, and where clients begin. */
export const kafkaNames = { controller: 'kafka-controller', broker: 'kafka-broker', bootstrap: 'kafka', identity: 'kafka-identity' } as const;

/** Controllers are counted from here, so that there is room for 10 brokers in each of 10 zones. */
const firstController = 100;

/** The numbers of a StatefulSet's nodes: the first one, and how far the next is from it. They stay when zones and brokers are added. */
export const nodeIdsOf = (role: KafkaNode['role'], zone: number) => (
  role === 'controller' ? { base: firstController, step: 1 } : { base: zone, step: 10 });

/** One StatefulSet of a cluster. */
export interface KafkaNodeSet {
  readonly name: string;
  readonly role: KafkaNode['role'];
  /** The headless Service that gives the pods their names. */
  readonly service: string;
  readonly replicas: number;
  readonly zone?: string;
  readonly base: number;
  readonly step: number;
}

/** The StatefulSets of a cluster, controllers first. */
export function nodeSetsOf(cluster: Shape): KafkaNodeSet[] {
  const { controllers, zones, brokersPerZone } = cluster;
  const { controller, broker } = kafkaNames;
  if (controllers === 'combined') return [{ name: broker, role: 'combined', service: broker, replicas: 1, ...nodeIdsOf('combined', 0) }];
  const brokers = zones.length
    ? zones.map((zone, index): KafkaNodeSet => (
      { name: `${broker}-${zone}`, role: 'broker', service: broker, replicas: brokersPerZone ?? 1, zone, ...nodeIdsOf('broker', index) }))
    : [{ name: broker, role: 'broker' as const, service: broker, replicas: brokersOf(cluster), ...nodeIdsOf('broker', 0) }];
  return [{ name: controller, role: 'controller', service: controller, replicas: controllers, ...nodeIdsOf('controller', 0) }, ...brokers];
}

/** Every node of a cluster, controllers first. */
export function nodesOf(cluster: Shape, namespace: string, clusterDomain: string): KafkaNode[] {
  const nodeOf = ({ name, role, service, zone, base, step }: KafkaNodeSet, ordinal: number): KafkaNode => {
    const pod = `${name}-${ordinal}`;
    const host = `${pod}.${service}.${namespace}.svc.${clusterDomain}`;
    return { id: base + ordinal * step, role, pod, set: name, ...(zone ? { zone } : {}), host };
  };
  return nodeSetsOf(cluster).flatMap(set => Array.from({ length: set.replicas }, (_, ordinal) => nodeOf(set, ordinal)));
}
