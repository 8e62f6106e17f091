import type { RuntimeConfig } from '../../spec/runtime-config';
import type { StoreKind } from '../../spec/stores';
import { secretOf } from './secrets';

/** How a store lets a service in. */
export interface Credentials { readonly username: string; readonly password: string }

/** The key pair that a server of buckets lets a service in by. */
export interface AccessKey { readonly accessKeyId: string; readonly secretAccessKey: string }

interface Place {
  readonly host: string;
  readonly port: number;
}

interface Address extends Place {
  /**
   * Reads user name and password anew, so that rotated ones are found.
   * @throws CONFIG_INVALID when their files are not there.
   */
  credentials(): Promise<Credentials>;
}

export interface PostgresConnection extends Address {
  readonly kind: 'postgres';
  readonly database: string;
  /** Major version. */
  readonly version?: number;
}

export interface RedisConnection extends Address { readonly kind: 'redis' }

export interface BucketConnection extends Place {
  readonly kind: 'bucket';
  readonly bucket: string;
  readonly region: string;
  /** The address of a server that is not S3 itself: such a one wants the bucket in the path. @default - S3 of the region */
  readonly endpoint?: string;
  /**
   * Reads the key pair anew; undefined where the cloud knows the pods, so that its own client finds what it needs.
   * @throws CONFIG_INVALID when its files are not there.
   */
  credentials(): Promise<AccessKey | undefined>;
}

interface Connections { postgres: PostgresConnection; redis: RedisConnection; bucket: BucketConnection }

/** How to connect to a store, with whatever driver. */
export type Connection<K extends StoreKind = StoreKind> = Connections[K];

type Told = RuntimeConfig['stores'][string];

/** What the stores of a ConfigMap are to a service. */
export function connectionsOf(service: string, stores: RuntimeConfig['stores']): Record<string, object> {
  return Object.fromEntries(Object.entries(stores).map(([alias, store]) => [alias, Object.freeze(store.kind === 'bucket' ? bucketAt(service, alias, store) : serverAt(service, alias, store))]));
}

function serverAt(service: string, alias: string, { usernameFile, passwordFile, ...address }: Exclude<Told, { kind: 'bucket' }>): object {
  const credentials = async (): Promise<Credentials> => {
    const [username, password] = await Promise.all([
      secretOf(service, `stores.${alias}.usernameFile`, usernameFile),
      secretOf(service, `stores.${alias}.passwordFile`, passwordFile),
    ]);
    return { username, password };
  };
  return { ...address, credentials };
}

function bucketAt(service: string, alias: string, { accessKeyIdFile, secretAccessKeyFile, ...address }: Extract<Told, { kind: 'bucket' }>): object {
  const credentials = async (): Promise<AccessKey | undefined> => {
    if (accessKeyIdFile === undefined || secretAccessKeyFile === undefined) return undefined;
    const [accessKeyId, secretAccessKey] = await Promise.all([
      secretOf(service, `stores.${alias}.accessKeyIdFile`, accessKeyIdFile),
      secretOf(service, `stores.${alias}.secretAccessKeyFile`, secretAccessKeyFile),
    ]);
    return { accessKeyId, secretAccessKey };
  };
  return { ...address, credentials };
}
