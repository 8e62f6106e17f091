import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { RdsClusterParameterGroup } from '@cdktf/provider-aws/lib/rds-cluster-parameter-group';
import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import type { Backup } from './backup';
import { engines } from './database-engines';
import { LogGroup } from './log-group';
import type { AwsNetwork } from './network';
import { Role } from './role';
import { StoreNetwork } from './store-network';
import { storeNamePattern } from './syntax';

export const auroraSchema = z.strictObject({
  /** Its name, unique among the databases of the region: at most 50 lower case letters, digits and `-`. */
  name: z.string().regex(storeNamePattern, { error: 'expected lower case letters, digits and single "-", beginning with a letter' }).max(50),
  engine: z.enum(['postgres', 'mysql']),
  /** Major version: `17` of PostgreSQL, `8.0` of MySQL. Minor ones come by themselves. */
  version: z.string(),
  /** The database that is made in it. */
  database: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,62}$/, { error: 'expected at most 63 letters, digits and "_", beginning with a letter' }).optional(),
  /** Capacity that follows the load, in units of 2 GiB, or machines of one type. @default { min: 0.5, max: 4 } */
  capacity: z.union([
    z.strictObject({ min: z.number().min(0).max(256).multipleOf(0.5), max: z.number().min(1).max(256).multipleOf(0.5) })
      .refine(({ min, max }) => min <= max, { error: 'has a min above its max' }),
    z.strictObject({ instanceClass: z.string().regex(/^db\.[a-z0-9]+\.[a-z0-9-]+$/, { error: 'expected a class such as db.r8g.large' }) }),
  ]).default({ min: 0.5, max: 4 }),
  /** How many machines serve it, each in another zone: one writes, the others read and take over. 1 to 15. @default 2 */
  instances: z.int().min(1).max(15).default(2),
  /** How long it can be put back to any moment, in days, 1 to 35. @default 35 */
  backupDays: z.int().min(1).max(35).default(35),
  /** How long its logs are kept, in days. @default 365 */
  logDays: z.int().min(1).max(3653).default(365),
  /** Whether it refuses to be deleted. @default true */
  deletionProtection: z.boolean().default(true),
  /** Parameters of the cluster that differ from ours. @default {} */
  parameters: z.record(z.string(), z.string()).default({}),
});

export interface AuroraClusterProps extends Readonly<z.input<typeof auroraSchema>> {
  readonly network: AwsNetwork;
  /** Security groups of those who may connect, by a name of your choice. */
  readonly clients: Readonly<Record<string, string>>;
  /** The key that encrypts its data, its logs and its password. */
  readonly keyArn: string;
  /** Who copies it every night. */
  readonly backup: Backup;
}

/**
 * A database of Aurora: encrypted, TLS alone, never public, with a password that AWS makes, keeps and renews so that no state ever holds it.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_AuroraOverview.html
 */
export class AuroraCluster extends Construct {
  readonly endpoint: string;
  /** Where reads can go that may be a little late. */
  readonly readerEndpoint: string;
  readonly port: number;
  /** The secret that holds `username` and `password`, its ARN. */
  readonly secretArn: string;
  readonly arn: string;

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, { network, clients, keyArn, backup, ...props }: AuroraClusterProps) {
    super(scope, id);
    const aurora = propsOf(auroraSchema, props, this.node.path);
    const { name, capacity } = aurora;
    const engine = engines[aurora.engine];
    const where = new StoreNetwork(this, 'network', { name, network, port: engine.port, clients });
    const subnets = new DbSubnetGroup(this, 'subnets', { name, description: `Subnets of the database ${name}`, subnetIds: where.subnetIds, tags: { Name: name } });
    const parameters = new RdsClusterParameterGroup(this, 'parameters', {
      namePrefix: `${name}-`, family: engine.auroraFamily(aurora.version), description: `Parameters of the database ${name}`,
      parameter: Object.entries({ ...engine.auroraParameters, ...aurora.parameters }).map(([key, value]) => ({ name: key, value, applyMethod: 'pending-reboot' })),
      lifecycle: { createBeforeDestroy: true },
    });
    const logs = engine.auroraLogs.map(log => new LogGroup(this, `log-${log}`, { name: `/aws/rds/cluster/${name}/${log}`, days: aurora.logDays, keyArn }));
    const monitoring = new Role(this, 'monitoring-role', {
      name: `${name}-monitoring`, description: `Measures the machines of the database ${name}`, services: ['monitoring.rds.amazonaws.com'], managed: ['service-role/AmazonRDSEnhancedMonitoringRole'],
    });
    const cluster = new RdsCluster(this, 'cluster', {
      clusterIdentifier: name,
      engine: engine.aurora,
      engineMode: 'provisioned',
      engineVersion: aurora.version,
      databaseName: aurora.database,
      masterUsername: 'owner',
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: keyArn,
      iamDatabaseAuthenticationEnabled: true,
      storageEncrypted: true,
      kmsKeyId: keyArn,
      dbSubnetGroupName: subnets.name,
      dbClusterParameterGroupName: parameters.name,
      vpcSecurityGroupIds: [where.securityGroupId],
      port: engine.port,
      backupRetentionPeriod: aurora.backupDays,
      preferredBackupWindow: '01:00-02:00',
      preferredMaintenanceWindow: 'sun:04:00-sun:05:00',
      backtrackWindow: engine.auroraBacktrackSeconds,
      copyTagsToSnapshot: true,
      deletionProtection: aurora.deletionProtection,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${name}-final`,
      enabledCloudwatchLogsExports: [...engine.auroraLogs],
      ...'min' in capacity && { serverlessv2ScalingConfiguration: { minCapacity: capacity.min, maxCapacity: capacity.max } },
      tags: { Name: name },
      dependsOn: logs.map(({ resource }) => resource),
    });
    for (let number = 1; number <= aurora.instances; number++) {
      new RdsClusterInstance(this, `instance-${number}`, {
        identifier: `${name}-${number}`,
        clusterIdentifier: cluster.id,
        engine: engine.aurora,
        instanceClass: 'min' in capacity ? 'db.serverless' : capacity.instanceClass,
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        copyTagsToSnapshot: true,
        dbSubnetGroupName: subnets.name,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: keyArn,
        monitoringInterval: 60,
        monitoringRoleArn: monitoring.arn,
        promotionTier: number === 1 ? 0 : 1,
        tags: { Name: `${name}-${number}` },
        dependsOn: monitoring.ready,
      });
    }
    backup.addResource(name, cluster.arn);
    this.endpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.port = engine.port;
    this.arn = cluster.arn;
    this.secretArn = cluster.masterUserSecret.get(0).secretArn;
  }
}

