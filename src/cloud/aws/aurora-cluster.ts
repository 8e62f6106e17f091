import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { RdsClusterParameterGroup } from '@cdktf/provider-aws/lib/rds-cluster-parameter-group';
import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { engines } from './database-engines';
import { addDatabaseParts, commonArguments, databaseSchema, instanceClassSchema, parameterGroupOf, windows, type DatabasePlace } from './database-parts';
import { letGo } from './protection';
import type { InputOf } from '../../spec/input';

export const auroraSchema = databaseSchema.extend({
  /** Capacity that follows the load, in units of 2 GiB, or machines of one type. @default { min: 0.5, max: 4 } */
  capacity: z.union([
    z.strictObject({ min: z.number().min(0).max(256).multipleOf(0.5), max: z.number().min(1).max(256).multipleOf(0.5) })
      .refine(({ min, max }) => min <= max, { error: 'has a min above its max' }),
    z.strictObject({ instanceClass: instanceClassSchema }),
  ]).default({ min: 0.5, max: 4 }),
  /** How many machines serve it, each in another zone: one writes, the others read and take over. 1 to 15. @default 2 */
  instances: z.int().min(1).max(15).default(2),
});

export interface AuroraClusterProps extends InputOf<typeof auroraSchema>, DatabasePlace {}

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
    const parts = addDatabaseParts(this, {
      name, port: engine.port, network, clients, keyArn, logPrefix: `/aws/rds/cluster/${name}`, logs: engine.auroraLogs, logDays: aurora.logDays,
    });
    const parameters = new RdsClusterParameterGroup(this, 'parameters', parameterGroupOf(name, engine.auroraFamily(aurora.version), { ...engine.auroraParameters, ...aurora.parameters }));
    const cluster = new RdsCluster(this, 'cluster', {
      ...commonArguments(aurora, parts, keyArn),
      clusterIdentifier: name,
      engine: engine.aurora,
      engineMode: 'provisioned',
      engineVersion: aurora.version,
      databaseName: aurora.database,
      masterUsername: 'owner',
      dbClusterParameterGroupName: parameters.name,
      port: engine.port,
      preferredBackupWindow: windows.backup,
      preferredMaintenanceWindow: windows.maintenance,
      backtrackWindow: engine.auroraBacktrackSeconds,
      enabledCloudwatchLogsExports: [...engine.auroraLogs],
      ...'min' in capacity && { serverlessv2ScalingConfiguration: { minCapacity: capacity.min, maxCapacity: capacity.max } },
    });
    letGo(cluster, 'CKV_AWS_139', aurora);
    for (let number = 1; number <= aurora.instances; number++) {
      new RdsClusterInstance(this, `instance-${number}`, {
        identifier: `${name}-${number}`,
        clusterIdentifier: cluster.id,
        engine: engine.aurora,
        instanceClass: 'min' in capacity ? 'db.serverless' : capacity.instanceClass,
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        copyTagsToSnapshot: true,
        dbSubnetGroupName: parts.subnetGroupName,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: keyArn,
        monitoringInterval: 60,
        monitoringRoleArn: parts.monitoring.arn,
        promotionTier: number === 1 ? 0 : 1,
        tags: { Name: `${name}-${number}` },
        dependsOn: parts.monitoring.ready,
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
