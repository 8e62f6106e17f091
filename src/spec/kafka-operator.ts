import { z } from 'zod';
import { locationSchema } from './address';
import { versionSchema } from './releases';
import { cidrSchema, labelSchema, portNumberSchema, versionedImageSchema } from './syntax';

/** The releases of Kafka that Strimzi 1.2 runs, among those that are proved to run as we write them. */
const strimziVersions = ['4.3.1'] as const;

const topicName = z.string().min(1).max(249).regex(/^[a-zA-Z0-9._-]+$/, { error: 'expected letters, digits, ".", "_" and "-"' });
const pattern = z.string().min(1).max(1000);
const replicas = (fallback: number) => z.int().min(1).max(20).default(fallback);
const memoryMiB = z.int().min(512).max(1_048_576).default(2048);
const cpuMillis = z.int().min(50).max(128_000).default(500);

/** Where the API server of the cluster answers: the pods of a Kafka that Strimzi runs read their own Secrets there. */
export const apiServerSchema = z.strictObject({
  /** Its addresses behind the Service `kubernetes`, in most clusters private ones. @default ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] */
  cidrs: z.array(cidrSchema.refine(cidr => !cidr.endsWith('/0'), { error: 'is every address; name the ranges that are meant' })).min(1).default(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']),
  /** Its ports, 1 to 65535. @default [443, 6443] */
  ports: z.array(portNumberSchema).min(1).default([443, 6443]),
});

/**
 * Workers of Kafka Connect, which carry data between Kafka and other systems. Connectors are made by their REST interface, or are
 * KafkaConnector objects where Strimzi runs the workers.
 *
 * @see https://kafka.apache.org/43/kafka-connect/user-guide/
 */
export const connectSchema = z.strictObject({
  /**
   * The image with the plugins of the connectors in /opt/kafka/plugins, built upon that of the Kafka, or upon Strimzi's where that runs it.
   * @default - that of the Kafka, or Strimzi's; they know files and copies of another Kafka
   */
  image: z.strictObject({
    /** Its repository. */
    repository: versionedImageSchema,
    /** Its tag or digest. */
    version: versionSchema,
  }).optional(),
  /** Number of workers, 1 to 20. @default 2 */
  replicas: replicas(2),
  /** Memory of a worker, 512 to 1048576 MiB, of which half is heap. @default 2048 */
  memoryMiB,
  /** Requested thousandths of a core, 50 to 128000; there is no limit. @default 500 */
  cpuMillis,
  /** The topics that connectors take messages from. @default [] */
  reads: z.array(topicName).default([]),
  /** The topics that connectors put messages into. @default [] */
  writes: z.array(topicName).default([]),
  /** Settings of the workers besides; those that are written for them are refused. @default {} */
  config: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/**
 * MirrorMaker 2, which copies topics and the places of consumer groups from another Kafka into this one.
 *
 * @see https://kafka.apache.org/43/operations/geo-replication-cross-cluster-data-mirroring/
 */
export const mirrorSchema = z.strictObject({
  /** The Kafka to copy from; it has to let a client log in by SCRAM-SHA-512 over TLS. */
  source: z.strictObject({
    /** What it is called here; topics begin with it unless they keep their names. */
    alias: labelSchema(20).refine(alias => alias !== 'kafka', { error: 'is what the Kafka that is copied into is called; expected another name' }),
    /** Where its brokers are. */
    at: locationSchema,
    /** Their port, 1 to 65535. @default 9093 */
    port: portNumberSchema.default(9093),
    /** The user to log in as, who may describe and read there. */
    user: z.string().min(1).max(253),
  }),
  /** A regular expression for the topics to copy. @default '.*' */
  topics: pattern.default('.*'),
  /** A regular expression for the consumer groups whose places are copied. @default '.*' */
  groups: pattern.default('.*'),
  /** Whether topics are called here as they are there, as for a move; two Kafkas that mirror each other must not. @default false */
  keepNames: z.boolean().default(false),
  /** Number of workers, 1 to 20. @default 1 */
  replicas: replicas(1),
  /** Number of tasks that the copying is split into at most, 1 to 1000. @default 4 */
  tasks: z.int().min(1).max(1000).default(4),
  /** Memory of a worker, 512 to 1048576 MiB, of which half is heap. @default 2048 */
  memoryMiB,
  /** Requested thousandths of a core, 50 to 128000; there is no limit. @default 500 */
  cpuMillis,
});

/** What the programs beside a Kafka ask for, each pod of them. */
export const programResources = {
  registry: { cpuMillis: 250, memoryMiB: 1024 },
  ui: { cpuMillis: 100, memoryMiB: 768 },
  /** Of each of the two programs in its pod. */
  entityOperator: { cpuMillis: 100, memoryMiB: 512 },
  exporter: { cpuMillis: 50, memoryMiB: 128 },
  lag: { cpuMillis: 50, memoryMiB: 256 },
  provisioning: { cpuMillis: 250, memoryMiB: 256 },
} as const;

/** How many pods of a kind there are, and what each asks for. */
export interface PodsOfKind { readonly pods: number; readonly cpuMillis: number; readonly memoryMiB: number }

/** The pods that a description asks for besides the nodes. */
export function podsBesideOf(cluster: Counted, facts: Watched): PodsOfKind[] {
  const { operator, beside, connect, mirror } = cluster;
  const { registry, ui, entityOperator, exporter, lag, provisioning } = programResources;
  const workers = (each: Worker | undefined): PodsOfKind[] => (each ? [{ ...each, pods: each.replicas }] : []);
  return [
    ...(operator === 'plain' ? [{ pods: 1, ...provisioning }]
      : [{ pods: 1, cpuMillis: 2 * entityOperator.cpuMillis, memoryMiB: 2 * entityOperator.memoryMiB }]),
    ...(tellsLag(cluster, facts) ? [{ pods: 1, ...(operator === 'plain' ? lag : exporter) }] : []),
    ...(beside.schemaRegistry ? [{ pods: registriesOf(cluster), ...registry }] : []),
    ...(beside.ui ? [{ pods: 1, ...ui }] : []),
    ...workers(connect), ...workers(mirror),
  ];
}

/** As much of an environment as says whether anybody looks at metrics. */
interface Watched { readonly monitoring: object | 'none' }

/** Whether somebody tells Prometheus how far the consumers of a cluster are behind. */
export const tellsLag = ({ beside }: Pick<Counted, 'beside'>, { monitoring }: Watched) => beside.lag && monitoring !== 'none';

/** Number of registries: one node needs no more, several go on while one of them is away. */
export const registriesOf = ({ controllers }: Pick<Counted, 'controllers'>) => (controllers === 'combined' ? 1 : 2);

type Worker = Omit<PodsOfKind, 'pods'> & { readonly replicas: number };

/** As much of a cluster as says how many pods there are. */
interface Counted {
  readonly operator: 'plain' | 'strimzi';
  readonly controllers: number | 'combined';
  readonly beside: { readonly schemaRegistry: boolean; readonly ui: boolean; readonly lag: boolean };
  readonly connect?: Worker;
  readonly mirror?: Worker;
}

/** As much of a cluster as says what its operator can do. */
interface Operated {
  readonly operator: 'plain' | 'strimzi';
  readonly version: string;
  readonly image: string;
  readonly formed: boolean;
  readonly issuer?: unknown;
  readonly clusterId?: unknown;
  readonly apiServer?: unknown;
}

/** What a description says that its operator cannot do: nothing of it would come true. */
export function operatorProblems(cluster: Operated): { readonly path: string; readonly message: string }[] {
  if (cluster.operator === 'plain') {
    return cluster.apiServer === undefined ? [] : [{ path: 'apiServer', message: 'belongs to the Strimzi operator; leave it out, or say operator: "strimzi"' }];
  }
  const { version, image, formed, issuer, clusterId } = cluster;
  const known: readonly string[] = strimziVersions;
  return [
    ...(known.includes(version) ? [] : [{ path: 'version', message: `is no release that Strimzi 1.2 runs, expected ${known.join(' or ')}; or say operator: "plain"` }]),
    ...(image === 'apache/kafka' ? [] : [{ path: 'image', message: 'is nothing to Strimzi, which runs images of its own; leave it out, or say operator: "plain"' }]),
    ...(formed ? [{ path: 'formed', message: 'is nothing to Strimzi, which forms the quorum itself; leave it out' }] : []),
    ...(issuer === undefined ? [] : [{ path: 'issuer', message: 'cannot be named where Strimzi signs certificates itself; leave it out, or say operator: "plain"' }]),
    ...(clusterId === undefined ? [] : [{ path: 'clusterId', message: 'cannot be named where Strimzi chooses it; leave it out, or say operator: "plain"' }]),
  ];
}
