import { Construct } from 'constructs';
import type { z } from 'zod';
import { propsOf } from './_props';
import { AuroraCluster, auroraSchema } from './aurora-cluster';
import { AwsStack } from './aws-stack';
import { Backup } from './backup';
import { EncryptionKey } from './encryption-key';
import { logsUse } from './log-group';
import type { AwsNetwork } from './network';
import { MartyError, type Problem } from '../../errors';
import type { Infrastructure } from '../../spec/infrastructure';
import type { MicroserviceSpec } from '../../spec/microservice';
import { databaseOf, type StoreSpec } from '../../spec/stores';

/** What all of them have in common. */
const databasesSchema = auroraSchema.pick({ capacity: true, instances: true, backupDays: true, deletionProtection: true });

export type DatabasesInput = Readonly<z.input<typeof databasesSchema>>;

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

/** A database for every PostgreSQL that services declare, with one key and one nightly copy for all of them. */
export class Databases extends Construct {
  /** Where each is, by `<service>.<store>`; what a cloud decides stands in it as expressions. */
  readonly made: Readonly<Record<string, Made>>;

  /** @throws PROPS_INVALID with every store that cannot be made. */
  constructor(scope: Construct, id: string, { name, environment, services, network, clients, ...props }: DatabasesProps) {
    super(scope, id);
    const each = propsOf(databasesSchema, props, this.node.path);
    const wanted = services.flatMap(service => Object.entries(service.data.stores)
      .map(([alias, store]) => ({ service, alias, store: store as StoreSpec })));
    const problems = wanted.flatMap(({ service, alias, store }) => storeProblems(name, service, alias, store));
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: not every store can be made${environment ? ` in ${environment}` : ''}:`, { problems });
    const made: Record<string, Made> = {};
    if (wanted.length) {
      const stack = AwsStack.of(this);
      const key = new EncryptionKey(this, 'key', {
        name: `${name}/data`, description: `Databases of ${name}`, statements: [logsUse(stack, [`/aws/rds/cluster/${name}-`])],
      });
      const backup = new Backup(this, 'backup', { name });
      for (const { service, alias, store } of wanted) {
        if (store.kind !== 'postgres') continue;
        const cluster = new AuroraCluster(this, `${service.name}-${alias}`, {
          ...each, name: databaseNameOf(name, service, alias), engine: 'postgres', version: String(store.version), database: databaseOf(service.name, alias),
          network, clients, backup, keyArn: key.arn,
        });
        made[`${service.name}.${alias}`] = { kind: 'postgres', host: cluster.endpoint, port: cluster.port, readerHost: cluster.readerEndpoint, secret: cluster.secretArn };
      }
    }
    this.made = made;
  }
}

const databaseNameOf = (name: string, service: MicroserviceSpec, alias: string) => `${name}-${service.name}-${alias.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

/** The longest name of a database with which those of its machines, roles and copies stay within what AWS takes. */
const longest = 50;

function storeProblems(name: string, service: MicroserviceSpec, alias: string, store: StoreSpec): Problem[] {
  const path = `${service.name}.stores.${alias}`;
  if (store.kind === 'redis') {
    return [{ path, message: 'is of Redis, which is not made from descriptions yet: no password of one may enter the state, and services do not prove who they are by IAM yet; make it with ValkeyCache and refer to it in the environment\'s stores' }];
  }
  const { length } = databaseNameOf(name, service, alias);
  return length > longest ? [{ path, message: `makes a database whose name has ${length} characters, expected at most ${longest}; shorten the name of the cluster, of the service or of the store` }] : [];
}
