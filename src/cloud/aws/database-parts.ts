import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import type { Construct } from 'constructs';
import { z } from 'zod';
import type { Backup } from './backup';
import { LogGroup } from './log-group';
import type { AwsNetwork } from './aws-network';
import { Role } from './role';
import { StoreNetwork } from './store-network';
import { storeNamePattern } from './syntax';
import { protectionSchema } from '../cluster/protection';
import type { TerraformResource } from '../engine';

/** What is said of every database, of Aurora and of RDS. */
export const databaseSchema = z.strictObject({
  /** Its name, unique among the databases of the region: at most 50 lower case letters, digits and `-`. */
  name: z.string().regex(storeNamePattern, { error: 'expected lower case letters, digits and single "-", beginning with a letter' }).max(50),
  engine: z.enum(['postgres', 'mysql']),
  /** Major version: `17` of PostgreSQL, `8.0` or `8.4` of MySQL. Minor ones come by themselves. */
  version: z.string(),
  /** The database that is made in it. */
  database: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,62}$/, { error: 'expected at most 63 letters, digits and "_", beginning with a letter' }).optional(),
  /** How long it can be put back to any moment, in days, 1 to 35. @default 35 */
  backupDays: z.int().min(1).max(35).default(35),
  /** How long its logs are kept, in days. @default 365 */
  logDays: z.int().min(1).max(3653).default(365),
  /** Whether it refuses to be deleted: always, but for a reason why it is to go, `{ off: '…' }`. @default true */
  deletionProtection: protectionSchema.default(true),
  /** Parameters that differ from ours. @default {} */
  parameters: z.record(z.string(), z.string()).default({}),
});

/** The type of a machine that serves a database. */
export const instanceClassSchema = z.string().regex(/^db\.[a-z0-9]+\.[a-z0-9-]+$/, { error: 'expected a class such as db.r8g.large' });

/** Where a database stands, and who keeps it. */
export interface DatabasePlace {
  readonly network: AwsNetwork;
  /** Security groups of those who may connect, by a name of your choice. */
  readonly clients: Readonly<Record<string, string>>;
  /** The key that encrypts its data, its logs and its password. */
  readonly keyArn: string;
  /** Who copies it every night. */
  readonly backup: Backup;
}

interface Asked extends Omit<DatabasePlace, 'backup'> {
  readonly name: string;
  readonly port: number;
  /** What the names of its logs begin with: `/aws/rds/cluster/orders`. */
  readonly logPrefix: string;
  readonly logs: readonly string[];
  readonly logDays: number;
}

/** What stands around a database. */
export interface DatabaseParts {
  readonly securityGroupId: string;
  readonly subnetGroupName: string;
  /** What must be there before the first line is logged. */
  readonly logs: readonly TerraformResource[];
  /** The role by which its machines are measured. */
  readonly monitoring: Role;
}

/** Puts around a database what every one has: its way in, its subnets, its logs, who measures it. */
export function addDatabaseParts(scope: Construct, { name, port, network, clients, keyArn, logPrefix, logs, logDays }: Asked): DatabaseParts {
  const where = new StoreNetwork(scope, 'network', { name, network, port, clients });
  const subnets = new DbSubnetGroup(scope, 'subnets', { name, description: `Subnets of the database ${name}`, subnetIds: where.subnetIds, tags: { Name: name } });
  return {
    securityGroupId: where.securityGroupId,
    subnetGroupName: subnets.name,
    logs: logs.map(log => new LogGroup(scope, `log-${log}`, { name: `${logPrefix}/${log}`, days: logDays, keyArn }).resource),
    monitoring: new Role(scope, 'monitoring-role', {
      name: `${name}-monitoring`, description: `Measures the machines of the database ${name}`, services: ['monitoring.rds.amazonaws.com'], managed: ['service-role/AmazonRDSEnhancedMonitoringRole'],
    }),
  };
}

/** A group of parameters as the provider takes it, replaced before the old one goes. */
export function parameterGroupOf(name: string, family: string, parameters: Readonly<Record<string, string>>) {
  return {
    namePrefix: `${name}-`, family, description: `Parameters of the database ${name}`,
    parameter: Object.entries(parameters).map(([key, value]) => ({ name: key, value, applyMethod: 'pending-reboot' })),
    lifecycle: { createBeforeDestroy: true },
  };
}

/** What every database says in the same words: who owns it, where it stands, when it is kept and what happens when it goes. */
export function commonArguments({ name, backupDays, deletionProtection }: Pick<z.output<typeof databaseSchema>, 'name' | 'backupDays' | 'deletionProtection'>, { securityGroupId, subnetGroupName, logs }: DatabaseParts, keyArn: string) {
  return {
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: keyArn,
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    kmsKeyId: keyArn,
    dbSubnetGroupName: subnetGroupName,
    vpcSecurityGroupIds: [securityGroupId],
    backupRetentionPeriod: backupDays,
    copyTagsToSnapshot: true,
    deletionProtection: deletionProtection === true,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: `${name}-final`,
    tags: { Name: name },
    dependsOn: [...logs],
  };
}

/** When copies are made and when machines are looked after, in UTC. */
export const windows = { backup: '01:00-02:00', maintenance: 'sun:04:00-sun:05:00' } as const;
