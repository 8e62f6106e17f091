import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { engines } from './database-engines';
import { addDatabaseParts, commonArguments, databaseSchema, instanceClassSchema, parameterGroupOf, windows, type DatabasePlace } from './database-parts';
import { letGo } from './protection';
import type { InputOf } from '../../spec/input';

/** The most that RDS keeps, in GiB. */
const largest = 65_536;

/** The least space that a database of a size may grow to, in GiB. */
export const leastRoom = (storageGiB: number) => Math.ceil(storageGiB * 11 / 10);

export const rdsInstanceSchema = databaseSchema.extend({
  /** The machine; a second one of its kind stands by in another zone. @default 'db.t4g.medium' */
  instanceClass: instanceClassSchema.default('db.t4g.medium'),
  /** Space for the data in GiB, 20 to 65536. @default 20 */
  storageGiB: z.int().min(20).max(largest).default(20),
  /** The space up to which it grows by itself, in GiB, at least a tenth more. @default - five times as much */
  maxStorageGiB: z.int().min(22).max(largest).optional(),
}).superRefine(({ storageGiB, maxStorageGiB }, context) => {
  const least = leastRoom(storageGiB);
  if (maxStorageGiB !== undefined && maxStorageGiB < least) context.addIssue({ code: 'custom', path: ['maxStorageGiB'], message: `expected at least ${least}, a tenth more than storageGiB` });
});

export interface RdsInstanceProps extends InputOf<typeof rdsInstanceSchema>, DatabasePlace {}

/**
 * A database of RDS on one machine with another that stands by in a second zone: encrypted, TLS alone, never public, with space that grows and a
 * password that AWS makes, keeps and renews so that no state ever holds it.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html
 */
export class RdsInstance extends Construct {
  /** The name of its host, without the port. */
  readonly host: string;
  readonly port: number;
  /** The secret that holds `username` and `password`, its ARN. */
  readonly secretArn: string;
  readonly arn: string;

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, { network, clients, keyArn, backup, ...props }: RdsInstanceProps) {
    super(scope, id);
    const database = propsOf(rdsInstanceSchema, props, this.node.path);
    const { name, storageGiB, maxStorageGiB = Math.min(largest, storageGiB * 5) } = database;
    const engine = engines[database.engine];
    const parts = addDatabaseParts(this, {
      name, port: engine.port, network, clients, keyArn, logPrefix: `/aws/rds/instance/${name}`, logs: engine.logs, logDays: database.logDays,
    });
    const parameters = new DbParameterGroup(this, 'parameters', parameterGroupOf(name, engine.family(database.version), { ...engine.parameters, ...database.parameters }));
    const common = commonArguments(database, parts, keyArn);
    const instance = new DbInstance(this, 'instance', {
      ...common,
      identifier: name,
      engine: database.engine,
      engineVersion: database.version,
      instanceClass: database.instanceClass,
      dbName: database.database,
      username: 'owner',
      parameterGroupName: parameters.name,
      port: engine.port,
      multiAz: true,
      publiclyAccessible: false,
      storageType: 'gp3',
      allocatedStorage: storageGiB,
      ...maxStorageGiB >= leastRoom(storageGiB) && { maxAllocatedStorage: maxStorageGiB },
      autoMinorVersionUpgrade: true,
      caCertIdentifier: 'rds-ca-rsa2048-g1',
      backupWindow: windows.backup,
      maintenanceWindow: windows.maintenance,
      enabledCloudwatchLogsExports: [...engine.logs],
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: keyArn,
      monitoringInterval: 60,
      monitoringRoleArn: parts.monitoring.arn,
      dependsOn: [...common.dependsOn, ...parts.monitoring.ready],
    });
    letGo(instance, 'CKV_AWS_293', database);
    backup.addResource(name, instance.arn);
    this.host = instance.address;
    this.port = engine.port;
    this.arn = instance.arn;
    this.secretArn = instance.masterUserSecret.get(0).secretArn;
  }
}
