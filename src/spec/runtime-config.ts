import { createHash } from 'node:crypto';
import { z } from 'zod';
import { mounts } from './names';
import { inOrder } from './order';
import { management } from './ports';
import type { AwsTopics, KafkaTopics, SettledBucket, SettledServer, SettledService, SettledStore, SettledTopic } from './settle';

const number = z.int().min(1).max(65_535);
const credentials = z.object({ usernameFile: z.string(), passwordFile: z.string() });
const topic = z.object({ topic: z.string(), key: z.string(), partitions: z.int(), retentionMs: z.int() });
const topics = z.record(z.string(), topic);

/**
 * The hinge between manifests and process: what one service's ConfigMap holds, as a file. Fields may be added to a format;
 * a reader ignores what it does not know, and a changed meaning is a new format.
 */
export const runtimeConfigSchema = z.object({
  format: z.literal('marty-msf/runtime/v1'),
  service: z.string(),
  team: z.string(),
  platform: z.string(),
  environment: z.string(),
  management: z.object({ port: number }),
  shutdown: z.object({ drainSeconds: z.int().min(0), graceSeconds: z.int().min(1) }),
  ports: z.record(z.string(), z.object({ protocol: z.enum(['http', 'grpc', 'tcp']), port: number })),
  calls: z.record(z.string(), z.object({
    service: z.string(), protocol: z.enum(['http', 'grpc', 'tcp']), host: z.string(), port: number, tls: z.boolean().default(false),
    timeoutMs: z.int().min(1), optional: z.boolean(), idempotent: z.boolean(),
  })),
  stores: z.record(z.string(), z.discriminatedUnion('kind', [
    credentials.extend({ kind: z.enum(['postgres', 'redis']), host: z.string(), port: number, database: z.string().optional(), version: z.int().optional() }),
    // Without the files of a key pair, the cloud knows the pods; without an endpoint, it is S3 itself.
    z.object({
      kind: z.literal('bucket'), host: z.string(), port: number, bucket: z.string(), region: z.string(), endpoint: z.string().optional(),
      accessKeyIdFile: z.string().optional(), secretAccessKeyFile: z.string().optional(),
    }),
  ])),
  topics: z.discriminatedUnion('at', [
    // A Kafka says nothing here, as it did before topics could be elsewhere.
    credentials.extend({ at: z.literal('kafka').optional(), host: z.string(), port: number, authorityFile: z.string().optional(), produces: topics, consumes: topics }),
    z.object({
      at: z.literal('aws'), region: z.string(), account: z.string(), prefix: z.string(),
      produces: z.record(z.string(), topic.extend({ topicArn: z.string() })),
      consumes: z.record(z.string(), topic.extend({ queueUrl: z.string(), deadLetterUrl: z.string() })),
    }),
  ]).optional(),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  config: z.record(z.string(), z.unknown()),
  /** Top-level keys of `config` that this description cannot do without. */
  required: z.array(z.string()),
  /** Top-level keys of `config` that a running process takes over. */
  reloadable: z.array(z.string()),
});

export type RuntimeConfig = z.output<typeof runtimeConfigSchema>;

const secretFile = (...key: readonly string[]) => `${mounts.secrets}/${key.join('.')}`;
const credentialsOf = (...key: readonly string[]) => ({ usernameFile: secretFile(...key, 'username'), passwordFile: secretFile(...key, 'password') });

/** What the process of a service reads in one environment. */
export function runtimeConfigOf(service: SettledService): RuntimeConfig {
  const { name, team, platform, environment, health, topics: messages } = service;
  return {
    format: 'marty-msf/runtime/v1',
    service: name, team, platform, environment,
    management: { port: management.port },
    shutdown: { drainSeconds: health.drainSeconds, graceSeconds: health.graceSeconds },
    ports: each(service.ports, ({ protocol, port }) => ({ protocol, port })),
    calls: each(service.calls, ({ service: called, protocol, host, port, tls, timeoutMs, optional, idempotent }) =>
      ({ service: called, protocol, host, port, tls, timeoutMs, optional, idempotent })),
    stores: each(service.stores, (store, alias) => (store.kind === 'bucket' ? bucketOf(store, alias) : serverOf(store, alias))),
    ...(messages ? { topics: messages.at === 'aws' ? awsTopicsOf(messages) : kafkaTopicsOf(messages) } : {}),
    secrets: each(service.secrets, (_, alias) => ({ file: secretFile('secrets', alias) })),
    config: { ...service.config },
    required: [...service.requiredConfig],
    reloadable: [...service.reloadable],
  };
}

function serverOf({ kind, host, port, database, version }: SettledServer, alias: string): RuntimeConfig['stores'][string] {
  return { kind, host, port, ...(database ? { database } : {}), ...(version ? { version } : {}), ...credentialsOf('stores', alias) };
}

function bucketOf({ kind, host, port, bucket, region, endpoint, secret }: SettledBucket, alias: string): RuntimeConfig['stores'][string] {
  const keys = { accessKeyIdFile: secretFile('stores', alias, 'accessKeyId'), secretAccessKeyFile: secretFile('stores', alias, 'secretAccessKey') };
  return { kind, host, port, bucket, region, ...(endpoint ? { endpoint } : {}), ...(secret === undefined ? {} : keys) };
}

const told = ({ key, partitions, retentionMs, topic: name }: SettledTopic) => ({ key, partitions, retentionMs, topic: name });

function awsTopicsOf({ at, region, account, prefix, produces, consumes }: AwsTopics): NonNullable<RuntimeConfig['topics']> {
  return {
    at, region, account, prefix,
    produces: each(produces, ({ topicArn, ...settled }) => ({ ...told(settled), topicArn })),
    consumes: each(consumes, ({ queueUrl, deadLetterUrl, ...settled }) => ({ ...told(settled), queueUrl, deadLetterUrl })),
  };
}

function kafkaTopicsOf({ host, port, authority, produces, consumes }: KafkaTopics): NonNullable<RuntimeConfig['topics']> {
  return {
    host, port, ...(authority ? { authorityFile: `${mounts.kafka}/ca.crt` } : {}), ...credentialsOf('topics'),
    produces: each(produces, told), consumes: each(consumes, told),
  };
}

const login = ['username', 'password'];
const propertiesOf = (kind: SettledStore['kind']) => (kind === 'bucket' ? ['accessKeyId', 'secretAccessKey'] : login);

/** One file of a service's Secret, and where the secret store keeps its value. */
export interface SecretFile { readonly file: string; readonly key: string; readonly property?: string }

/** Every file that the process finds under the secrets folder. */
export function secretFilesOf(service: SettledService): SecretFile[] {
  const files = (prefix: string, key: string, properties: readonly string[]) => properties.map(property => ({ file: `${prefix}.${property}`, key, property }));
  return [
    ...Object.entries(service.secrets).map(([alias, { key, property }]) => ({ file: `secrets.${alias}`, key, ...(property ? { property } : {}) })),
    ...Object.entries(service.stores).flatMap(([alias, { kind, secret }]) => (secret === undefined ? [] : files(`stores.${alias}`, secret, propertiesOf(kind)))),
    ...(service.topics?.at === 'kafka' ? files('topics', service.topics.secret, login) : []),
  ];
}

/** A digest of everything that a running process cannot take over, so that its change rolls the pods. */
export function checksumOf(config: RuntimeConfig, files: Readonly<Record<string, string>> = {}): string {
  const fixed = Object.fromEntries(Object.entries(config.config).filter(([key]) => !config.reloadable.includes(key)));
  return createHash('sha256').update(canonical({ ...config, config: fixed, ...(Object.keys(files).length ? { files } : {}) })).digest('hex').slice(0, 16);
}

/** JSON with sorted keys: equal values give equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

function each<T, R>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
