import { z } from 'zod';
import { locationSchema } from './address';
import { kafkaQuotasSchema, kafkaVersions } from './kafka';
import { secretSchema } from './secrets';
import { nameSchema, portNumberSchema, versionedImageSchema } from './syntax';

const copies = z.int().min(1).max(9).optional();

/**
 * What is made in a Kafka that exists already: topics always, the rest as is said here. A Job makes it, with Kafka's own client.
 *
 * @see https://kafka.apache.org/43/security/authorization-and-acls/
 */
export const kafkaProvisionSchema = z.strictObject({
  /**
   * How the administrator logs in, over TLS: by name and password, or by certificate. Services log in as they do today.
   * @default 'scram-sha-512'
   */
  login: z.enum(['scram-sha-512', 'scram-sha-256', 'plain', 'certificate']).default('scram-sha-512'),
  /**
   * The key in the secret store with `username` and `password`, or with `certificate` and `key` in PEM, the key as PKCS#8. Where Secrets exist
   * already, they are in the Secret `kafka-admin`.
   * @default - `<platform>/kafka/admin`
   */
  secret: secretSchema.shape.key.optional(),
  /** Whom to trust: the public authorities that the image knows, or the `ca` beside the login, in PEM. @default 'public' */
  trust: z.enum(['public', 'secret']).default('public'),
  /**
   * Whether services become users with their passwords, by SCRAM; most who run a Kafka for others have a place of their own for users.
   * @default false
   */
  users: z.boolean().default(false),
  /** Whether services are given exactly the permissions that follow from what they send and receive. @default true */
  acls: z.boolean().default(true),
  /** What services are called in Kafka that are called otherwise there, by their names, such as `{ ledger: 'sa-1a2b3c' }`. @default {} */
  principals: z.record(nameSchema(50), z.string().max(253).regex(/^(?!User:)\S(.*\S)?$/, {
    error: 'expected the name of a user as Kafka knows it, without "User:" and without space around it',
  })).default({}),
  /** What each user may send and fetch at most, in bytes per second and broker; `{}` takes away what was said before. @default - left as it is */
  quotas: kafkaQuotasSchema.optional(),
  /** What topics are like that say nothing themselves. @default {} */
  topics: z.strictObject({
    /** Copies of every partition, 1 to 9. @default - as many as the brokers give to topics */
    replication: copies,
    /**
     * Copies that have to be written before a write counts, fewer than there are.
     * @default - one fewer than `replication`, or what the brokers say
     */
    minInsync: copies,
  }).prefault({}),
  /** The release of Kafka whose client is used: 3.9.2 for brokers before 2.1. @default '4.3.1' */
  version: z.enum(kafkaVersions).default('4.3.1'),
  /** The repository of the image, with Kafka in /opt/kafka and java on the path. @default 'apache/kafka' */
  image: versionedImageSchema.default('apache/kafka'),
}).superRefine(({ login, users, principals, topics: { replication, minInsync } }, context) => {
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (users && !login.startsWith('scram-')) refuse(['users'], `is for a Kafka where users log in by SCRAM, but the administrator's login is "${login}"; leave it out, and make users where that Kafka has them`);
  if (users && Object.keys(principals).length) refuse(['principals'], 'has no meaning for users that are made, which are called like their services; leave it out, or users');
  const taken = Object.values(principals);
  for (const [service, principal] of Object.entries(principals)) {
    if (taken.indexOf(principal) !== taken.lastIndexOf(principal)) refuse(['principals', service], 'is the name of two services, so that each had the permissions of both; give each a name of its own');
  }
  if (replication !== undefined && minInsync !== undefined && minInsync >= Math.max(2, replication)) {
    refuse(['topics', 'minInsync'], `is not fewer than the ${replication} copies, so that writing stops while a broker is restarted; expected ${Math.max(1, replication - 1)}`);
  }
});

/** What is made in a Kafka that exists, with every default filled. */
export type KafkaProvisionSpec = z.output<typeof kafkaProvisionSchema>;

/** A Kafka that exists already and is referred to. */
export const existingKafkaSchema = z.strictObject({
  at: locationSchema,
  /** Its port, 1 to 65535. @default 9093 */
  port: portNumberSchema.default(9093),
  /** What is made in it for the services. @default - nothing: topics and permissions are there, or somebody else makes them */
  provision: kafkaProvisionSchema.optional(),
});

/** A Kafka that exists, with every default filled. */
export type ExistingKafkaSpec = z.output<typeof existingKafkaSchema>;

/** The limit of the container that provisions, in thousandths of a core; it is busy for seconds. */
export const provisioningCpuLimitMillis = 1000;
