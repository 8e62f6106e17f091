import { Construct } from 'constructs';
import { propsOf } from './_props';
import { AuroraCluster } from './aurora-cluster';
import { AwsStack } from './aws-stack';
import { Backup } from './backup';
import { choiceOf, choiceProblems, databasesSchema, type DatabasesInput, type DatabasesSettings } from './database-choice';
import type { DatabasePlace } from './database-parts';
import { EncryptionKey } from './encryption-key';
import { logsUse } from './log-group';
import type { AwsNetwork } from './aws-network';
import { tagOwner } from './owner';
import { leastRoom, RdsInstance } from './rds-instance';
import { MartyError, type Problem } from '../../errors';
import { chainOf } from '../../spec/environments';
import type { Infrastructure } from '../../spec/infrastructure';
import type { MicroserviceSpec } from '../../spec/microservice';
import { storeNameOf } from '../../spec/names';
import { databaseOf, type StoreSpec } from '../../spec/stores';
import { settle } from '../../spec/varying';

export interface DatabasesProps extends DatabasesInput {
  /** The prefix of the databases' names. */
  readonly name: string;
  /** The environment of the services that they are for. @default - the name is used in messages alone */
  readonly environment?: string;
  readonly services: readonly MicroserviceSpec[];
  readonly network: AwsNetwork;
  /** Security groups of those who may connect, by a name of your choice. */
  readonly clients: Readonly<Record<string, string>>;
}

type Made = Infrastructure['stores'][string];

interface Making extends Pick<DatabasesProps, 'name' | 'environment' | 'network' | 'clients'> { readonly settings: DatabasesSettings; readonly keyArn: string }

/** A database for every PostgreSQL that services declare, with one key and one nightly copy for all of them. */
export class Databases extends Construct {
  /** Where each is, by `<service>.<store>`; what a cloud decides stands in it as expressions. */
  readonly made: Readonly<Record<string, Made>>;
  /** The key that encrypts them and their passwords, where there are some. */
  readonly keyArn: string | undefined;

  /** @throws PROPS_INVALID with every store that cannot be made. */
  constructor(scope: Construct, id: string, { name, environment, services, network, clients, ...props }: DatabasesProps) {
    super(scope, id);
    const settings = propsOf(databasesSchema, props, this.node.path);
    const stores = services.flatMap(service => Object.entries(service.data.stores)
      .map(([alias, store]) => ({ service, alias, store: store as StoreSpec })));
    const wanted = stores.flatMap(({ store, ...rest }) => (store.kind === 'postgres' ? [{ ...rest, store }] : []));
    const problems = [
      ...stores.flatMap(({ service, alias, store }) => storeProblems(name, service, alias, store)),
      ...choiceProblems(settings, wanted.map(placeOf)),
      ...wanted.flatMap(one => sizeProblems(one, settings, environment)),
    ];
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: not every store can be made${environment ? ` in ${environment}` : ''}:`, { problems });
    this.keyArn = wanted.length ? settings.keyArn ?? this.ownKey(wanted, name, settings) : undefined;
    this.made = this.keyArn === undefined ? {} : this.make(wanted, { name, environment, settings, network, clients, keyArn: this.keyArn });
  }

  private ownKey(wanted: readonly Wanted[], name: string, settings: DatabasesSettings): string {
    const kinds = new Set(wanted.map(one => choiceOf(settings, placeOf(one)).kind));
    return new EncryptionKey(this, 'key', {
      name: `${name}/data`, description: `Databases of ${name}`,
      statements: [logsUse(AwsStack.of(this), [...kinds].sort().map(kind => `/aws/rds/${kind === 'aurora' ? 'cluster' : 'instance'}/${name}-`))],
    }).arn;
  }

  private make(wanted: readonly Wanted[], { name, environment, settings, network, clients, keyArn }: Making) {
    const place: DatabasePlace = { network, clients, keyArn, backup: new Backup(this, 'backup', { name, keyArn: settings.backupKeyArn }) };
    return Object.fromEntries(wanted.map((one): [string, Made] => {
      const { service, alias, store } = one;
      const id = `${service.name}-${alias}`;
      const database = {
        ...place, name: databaseNameOf(name, service, alias), engine: 'postgres', version: String(store.version), database: databaseOf(service.name, alias),
      } as const;
      const { kind, ...choice } = choiceOf(settings, placeOf(one));
      if (kind === 'instance') {
        const storageGiB = Math.max(smallest, sizeOf(one, environment) ?? smallest);
        const instance = new RdsInstance(this, id, { ...choice, ...database, storageGiB });
        tagOwner(instance, service);
        const { host, port, secretArn } = instance;
        return [placeOf(one), { kind: 'postgres', host, port, secret: secretArn }];
      }
      const cluster = new AuroraCluster(this, id, { ...choice, ...database });
      tagOwner(cluster, service);
      const { endpoint, port, readerEndpoint, secretArn } = cluster;
      return [placeOf(one), { kind: 'postgres', host: endpoint, port, readerHost: readerEndpoint, secret: secretArn }];
    }));
  }
}

interface Wanted { readonly service: MicroserviceSpec; readonly alias: string; readonly store: StoreSpec & { readonly kind: 'postgres' } }

const placeOf = ({ service, alias }: Omit<Wanted, 'store'>) => `${service.name}.${alias}`;

/** The least space that RDS gives out, in GiB. */
const smallest = 20;

/** The space that a store asks for in an environment, in GiB. */
function sizeOf({ service: { platform }, store: { storageGiB } }: Wanted, environment: string | undefined): number | undefined {
  const chain = environment !== undefined && Object.hasOwn(platform.environments, environment) ? chainOf(platform.environments, environment) : [];
  return settle(storageGiB, chain);
}

function sizeProblems(one: Wanted, settings: DatabasesSettings, environment: string | undefined): Problem[] {
  const choice = choiceOf(settings, placeOf(one));
  if (choice.kind !== 'instance') return [];
  const path = `${one.service.name}.stores.${one.alias}.storageGiB`;
  const size = sizeOf(one, environment);
  if (size === undefined) {
    const why = environment === undefined ? 'the stack names none' : `"${environment}" is none of its platform`;
    return [{ path, message: `differs between environments, and ${why}; name one by the stack's environment` }];
  }
  const { maxStorageGiB } = choice;
  return maxStorageGiB === undefined || maxStorageGiB >= leastRoom(size) ? [] : [{ path, message: `is ${size}, expected room to grow by a tenth at least up to maxStorageGiB (${maxStorageGiB}); raise that` }];
}

const databaseNameOf = (name: string, service: MicroserviceSpec, alias: string) => `${name}-${storeNameOf(service.name, alias)}`;

/** The longest name of a database with which those of its machines, roles and copies stay within what AWS takes. */
const longest = 50;

function storeProblems(name: string, service: MicroserviceSpec, alias: string, store: StoreSpec): Problem[] {
  const path = `${service.name}.stores.${alias}`;
  if (store.kind === 'bucket') return [];
  if (store.kind === 'redis') {
    return [{ path, message: 'is of Redis, which is not made from descriptions yet: no password of one may enter the state, and services do not prove who they are by IAM yet; make it with ValkeyCache and refer to it in the environment\'s stores' }];
  }
  const { length } = databaseNameOf(name, service, alias);
  return length > longest ? [{ path, message: `makes a database whose name has ${length} characters, expected at most ${longest}; shorten the name of the cluster, of the service or of the store` }] : [];
}
