import type { RuntimeConfig } from '../../spec/runtime-config';
import type { StoreKind } from '../../spec/stores';
import { secretOf } from './secrets';

/** How a store lets a service in. */
export interface Credentials { readonly username: string; readonly password: string }

interface Address {
  readonly host: string;
  readonly port: number;
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

/** How to connect to a store, with whatever driver. */
export type Connection<K extends StoreKind = StoreKind> = { postgres: PostgresConnection; redis: RedisConnection }[K];

/** What the stores of a ConfigMap are to a service. */
export function connectionsOf(service: string, stores: RuntimeConfig['stores']): Record<string, object> {
  return Object.fromEntries(Object.entries(stores).map(([alias, { usernameFile, passwordFile, ...address }]) => [alias, Object.freeze({
    ...address,
    credentials: async (): Promise<Credentials> => {
      const [username, password] = await Promise.all([
        secretOf(service, `stores.${alias}.usernameFile`, usernameFile),
        secretOf(service, `stores.${alias}.passwordFile`, passwordFile),
      ]);
      return { username, password };
    },
  })]));
}
