import { z } from 'zod';
import { storeNameOf } from './names';
import { varying, type Names, type Varying } from './varying';
import type { Problem } from '../errors';

/** The kinds of stores a service can declare. */
export type StoreKind = 'bucket' | 'postgres' | 'redis';

/** A store that a service needs; each environment says where it lives. */
export interface Store<K extends StoreKind = StoreKind> {
  readonly kind: K;
}

export interface PostgresOptions<N extends Names> {
  /** Major version, 14 to 18. @default 17 */
  version?: 14 | 15 | 16 | 17 | 18;
  /** Space for the data in GiB, 1 to 65536, where the environment makes the server. @default 10 */
  storageGiB?: Varying<N, number>;
  /** Where the secret store keeps `username` and `password`. @default - `<platform>/<service>/<store>` */
  secret?: string;
}

export interface RedisOptions<N extends Names> {
  /** Memory for the data in MiB, 16 to 1048576, where the environment makes the server. @default 256 */
  memoryMiB?: Varying<N, number>;
  /** Where the secret store keeps `username` and `password`. @default - `<platform>/<service>/<store>` */
  secret?: string;
}

export interface BucketOptions<N extends Names> {
  /** How long a version of an object is kept that is no longer the last, in days, 1 to 3650, where the environment makes the bucket. @default 30 */
  versionDays?: Varying<N, number>;
  /** The age at which objects are deleted, in days, 1 to 36500, where the environment makes the bucket. @default - they stay */
  expireDays?: Varying<N, number>;
  /** Where the secret store keeps `accessKeyId` and `secretAccessKey`, where they are needed. @default - `<platform>/<service>/<store>` */
  secret?: string;
}

const secretKey = z.string().min(1).max(512).optional();

export const storeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('postgres'),
    version: z.int().min(14).max(18).default(17),
    storageGiB: varying(z.int().min(1).max(65_536)).default(10),
    secret: secretKey,
  }),
  z.strictObject({
    kind: z.literal('redis'),
    memoryMiB: varying(z.int().min(16).max(1_048_576)).default(256),
    secret: secretKey,
  }),
  z.strictObject({
    kind: z.literal('bucket'),
    versionDays: varying(z.int().min(1).max(3650)).default(30),
    expireDays: varying(z.int().min(1).max(36_500)).optional(),
    secret: secretKey,
  }),
]);

export type StoreSpec = z.output<typeof storeSchema>;

/** The longest name that PostgreSQL keeps whole. @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
const longestName = 63;

/** The database of a service's store. */
export function databaseOf(service: string, alias: string): string {
  return `${service}_${alias.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`.replace(/-/g, '_');
}

/** What a store is called that its server names by its service; nothing for one that has no name. */
export function nameOfStore(service: string, alias: string, kind: StoreKind): { readonly what: 'database' | 'bucket'; readonly name: string } | undefined {
  switch (kind) {
    case 'postgres': return { what: 'database', name: databaseOf(service, alias) };
    case 'bucket': return { what: 'bucket', name: storeNameOf(service, alias) };
    case 'redis': return undefined;
  }
}

/** Stores whose database PostgreSQL would know under a shorter name, which may be that of another one; S3 takes no longer names either. */
export function storeNameProblems(service: string, stores: Readonly<Record<string, StoreSpec>>): Problem[] {
  return Object.keys(stores).flatMap(alias => {
    const named = nameOfStore(service, alias, stores[alias].kind);
    if (!named || named.name.length <= longestName) return [];
    return [{ path: `stores.${alias}`, message: `makes a ${named.what} name of ${named.name.length} characters, expected at most ${longestName}; shorten the name of the store or of the service` }];
  });
}
