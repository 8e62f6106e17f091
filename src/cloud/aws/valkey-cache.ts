import { ElasticacheParameterGroup } from '@cdktf/provider-aws/lib/elasticache-parameter-group';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group';
import { ElasticacheUser } from '@cdktf/provider-aws/lib/elasticache-user';
import { ElasticacheUserGroup } from '@cdktf/provider-aws/lib/elasticache-user-group';
import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { LogGroup } from './log-group';
import type { AwsNetwork } from './aws-network';
import { StoreNetwork } from './store-network';
import { storeNamePattern } from './syntax';
import type { InputOf } from '../../spec/input';

const valkeySchema = z.strictObject({
  /** Its name: at most 40 lower case letters, digits and `-`. */
  name: z.string().regex(storeNamePattern, { error: 'expected lower case letters, digits and single "-", beginning with a letter' }).max(40),
  /** Version of Valkey. @default '8.2' */
  version: z.enum(['7.2', '8.0', '8.1', '8.2']).default('8.2'),
  /** @default 'cache.t4g.small' */
  nodeType: z.string().regex(/^cache\.[a-z0-9]+\.[a-z0-9]+$/, { error: 'expected a type such as cache.m7g.large' }).default('cache.t4g.small'),
  /** Machines, each in another zone: one writes, the others read and take over. 2 to 6. @default 2 */
  nodes: z.int().min(2).max(6).default(2),
  /** How long a copy of every day is kept, in days, 1 to 35. @default 7 */
  snapshotDays: z.int().min(1).max(35).default(7),
  /** What is dropped when memory is full. @default 'noeviction' */
  eviction: z.enum(['noeviction', 'allkeys-lru', 'allkeys-lfu', 'volatile-lru', 'volatile-lfu', 'volatile-ttl']).default('noeviction'),
  /** How long its logs are kept, in days. @default 365 */
  logDays: z.int().min(1).max(3653).default(365),
  /** Users by name, each with what it may do in the words of Valkey; they prove who they are by IAM, so that there is no password. */
  users: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'expected at most 40 lower case letters, digits and "-"' }), z.strictObject({
    /** @see https://valkey.io/topics/acl/ */
    access: z.string().regex(/^on /, { error: 'expected rules that begin with "on", such as "on ~orders:* +@all -@dangerous"' }),
  })).refine(users => Object.keys(users).length > 0 && !('default' in users), { error: 'names no user, or one called default; name who uses it' }),
});

export interface ValkeyCacheProps extends InputOf<typeof valkeySchema> {
  readonly network: AwsNetwork;
  /** Security groups of those who may connect, by a name of your choice. */
  readonly clients: Readonly<Record<string, string>>;
  /** The key that encrypts its data and its logs. */
  readonly keyArn: string;
}

/** A Valkey of ElastiCache: encrypted at rest and on the way, in several zones, with users who prove who they are by IAM. */
export class ValkeyCache extends Construct {
  readonly endpoint: string;
  readonly readerEndpoint: string;
  readonly port = 6379;
  readonly arn: string;

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, { network, clients, keyArn, ...props }: ValkeyCacheProps) {
    super(scope, id);
    const cache = propsOf(valkeySchema, props, this.node.path);
    const { name, nodes } = cache;
    const where = new StoreNetwork(this, 'network', { name, network, port: this.port, clients });
    const subnets = new ElasticacheSubnetGroup(this, 'subnets', { name, description: `Subnets of the cache ${name}`, subnetIds: where.subnetIds, tags: { Name: name } });
    const parameters = new ElasticacheParameterGroup(this, 'parameters', {
      name: `${name}-valkey${cache.version.split('.')[0]}`, family: `valkey${cache.version.split('.')[0]}`, description: `Parameters of the cache ${name}`,
      parameter: [{ name: 'maxmemory-policy', value: cache.eviction }],
      lifecycle: { createBeforeDestroy: true },
    });
    const users = Object.entries(cache.users).map(([user, { access }]) => new ElasticacheUser(this, `user-${user}`, {
      userId: `${name}-${user}`, userName: `${name}-${user}`, engine: 'valkey', accessString: access, authenticationMode: { type: 'iam' },
    }));
    const group = new ElasticacheUserGroup(this, 'users', { userGroupId: name, engine: 'valkey', userIds: users.map(user => user.userId) });
    const logs = ['slow-log', 'engine-log'].map(log => [log, new LogGroup(this, log, { name: `/aws/elasticache/${name}/${log}`, days: cache.logDays, keyArn })] as const);
    const replication = new ElasticacheReplicationGroup(this, 'cache', {
      replicationGroupId: name,
      description: `The cache ${name}`,
      engine: 'valkey',
      engineVersion: cache.version,
      nodeType: cache.nodeType,
      numCacheClusters: nodes,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      autoMinorVersionUpgrade: 'true',
      atRestEncryptionEnabled: 'true',
      kmsKeyId: keyArn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      userGroupIds: [group.userGroupId],
      parameterGroupName: parameters.name,
      subnetGroupName: subnets.name,
      securityGroupIds: [where.securityGroupId],
      port: this.port,
      snapshotRetentionLimit: cache.snapshotDays,
      snapshotWindow: '01:00-02:00',
      maintenanceWindow: 'sun:04:00-sun:05:00',
      finalSnapshotIdentifier: `${name}-final`,
      logDeliveryConfiguration: logs.map(([log, { resource }]) => ({ logType: log, logFormat: 'json', destinationType: 'cloudwatch-logs', destination: resource.name })),
      tags: { Name: name },
    });
    this.endpoint = replication.primaryEndpointAddress;
    this.readerEndpoint = replication.readerEndpointAddress;
    this.arn = replication.arn;
  }
}
