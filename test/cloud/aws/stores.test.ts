import { AuroraCluster, Backup, EncryptionKey, ValkeyCache, type AuroraClusterProps, type ValkeyCacheProps } from '../../../src/cloud/aws';
import { logsUse } from '../../../src/cloud/aws/log-group';
import { definePlatform } from '../../../src/spec';
import { checkInfrastructure } from '../../../src/spec/infrastructure';
import { eksStack, written } from '../../support/cloud';

/** A stack with a store in it, whose parts are made as a team would that makes it by hand. */
function stackWith(add: (parts: Pick<AuroraClusterProps, 'network' | 'clients' | 'keyArn' | 'backup'>, stack: ReturnType<typeof eksStack>) => void): ReturnType<typeof eksStack> {
  const stack = eksStack();
  const key = new EncryptionKey(stack, 'data-key', { name: 'shop/data', description: 'Data of the shop', statements: [logsUse(stack, ['/aws/rds/', '/aws/elasticache/'])] });
  add({ network: stack.network, clients: { nodes: stack.cluster.nodeSecurityGroupId }, keyArn: key.arn, backup: new Backup(stack, 'backup', { name: 'shop' }) }, stack);
  return stack;
}

const aurora = (props: Partial<AuroraClusterProps> = {}) => stackWith((parts, stack) => {
  new AuroraCluster(stack, 'orders', { name: 'orders', engine: 'postgres', version: '17', ...parts, ...props } as AuroraClusterProps);
});
const valkey = (props: Partial<ValkeyCacheProps> = {}) => stackWith(({ backup: _, ...parts }, stack) => {
  new ValkeyCache(stack, 'sessions', { name: 'sessions', users: { orders: { access: 'on ~orders:* +@all -@dangerous' } }, ...parts, ...props } as ValkeyCacheProps);
});

describe('a database of Aurora', () => {
  test.each<['postgres' | 'mysql', string, string]>([
    ['postgres', '17', 'aurora-postgresql17'], ['mysql', '8.0', 'aurora-mysql8.0'],
  ])('of %s breaks no rule, and no password of it is written', (engine, version, family) => {
    const stack = written(aurora({ engine, version }));
    const [cluster] = stack.ofType('aws_rds_cluster');
    expect(cluster.body).toMatchObject({
      manage_master_user_password: true, storage_encrypted: true, deletion_protection: true, skip_final_snapshot: false, backup_retention_period: 35,
    });
    expect(cluster.body).not.toHaveProperty('master_password');
    expect(stack.ofType('aws_rds_cluster_parameter_group')[0].body).toMatchObject({ family });
    expect(stack.ofType('aws_backup_selection')[0].body.resources).toEqual([`\${${cluster.address}.arn}`]);
  });

  test('is reached by its clients at its port, and reaches nothing', () => {
    const stack = written(aurora());
    const [group] = stack.ofType('aws_security_group').filter(({ body }) => body.name === 'orders-store');
    const rules = (kind: 'ingress' | 'egress') => stack.ofType(`aws_vpc_security_group_${kind}_rule`).filter(({ body }) => body.security_group_id === `\${${group.address}.id}`);
    expect(rules('ingress').map(({ body }) => [body.from_port, body.to_port, body.cidr_ipv4])).toEqual([[5432, 5432, undefined]]);
    expect(rules('egress')).toEqual([]);
  });

  test.each<[string, Partial<AuroraClusterProps>, string]>([
    ['a name that AWS would refuse', { name: 'Orders' }, 'name: is "Orders"'],
    ['capacity that shrinks', { capacity: { min: 8, max: 4 } }, 'has a min above its max'],
    ['a class that is none', { capacity: { instanceClass: 'large' } }, 'expected a class such as db.r8g.large'],
    ['more days than AWS keeps', { backupDays: 40 }, 'backupDays: is 40'],
  ])('refuses %s', (_, props, message) => {
    expect(() => aurora(props)).toThrow(message);
  });

  test('refuses a version whose support ended', () => {
    expect(() => written(aurora({ version: '11' }))).toThrow(/test\/orders\/cluster engine_version: is "11"/);
  });
});

describe('a Valkey of ElastiCache', () => {
  test('breaks no rule, and has users without passwords', () => {
    const stack = written(valkey());
    expect(stack.ofType('aws_elasticache_user')[0].body).toMatchObject({ authentication_mode: { type: 'iam' }, engine: 'valkey' });
    expect(stack.ofType('aws_elasticache_replication_group')[0].body).toMatchObject({ transit_encryption_mode: 'required', multi_az_enabled: true, at_rest_encryption_enabled: 'true' });
  });

  test('refuses to be without users, and rules that switch nobody on', () => {
    expect(() => valkey({ users: {} })).toThrow('name who uses it');
    expect(() => valkey({ users: { orders: { access: '~* +@all' } } })).toThrow('expected rules that begin with "on"');
  });
});

describe('stores of services', () => {
  const shop = definePlatform({ name: 'shop', environments: { production: { kubernetes: '1.35', domain: 'shop.example' } } });
  const orders = shop.microservice({ name: 'orders', team: 'a', tier: 1, image: 'ghcr.io/acme/orders', stores: { db: shop.postgres({ version: 16 }) } });

  test('are made one by one, and told in the output that descriptions read', () => {
    const stack = written(eksStack({ services: [orders], environment: 'production' }));
    expect(stack.ofType('aws_rds_cluster').map(({ body }) => [body.cluster_identifier, body.engine_version, body.database_name])).toEqual([['shop-orders-db', '16', 'orders_db']]);
    const { value } = stack.json.output?.infrastructure as { value: { cluster: object; network: object; stores: Record<string, object> } };
    const plausible = {
      ...value, cluster: { ...value.cluster, endpoint: 'https://a.example', name: 'shop', certificateAuthority: 'Q0E=' }, network: { ...value.network, id: 'vpc-1' },
      stores: { 'orders.db': { ...value.stores['orders.db'], host: 'a.example', readerHost: 'b.example' } },
    };
    expect(Object.keys(checkInfrastructure(plausible).stores)).toEqual(['orders.db']);
  });

  test('are refused where they cannot be made, each by its place', () => {
    const caching = shop.microservice({ name: 'caching', team: 'a', tier: 1, image: 'ghcr.io/acme/caching', stores: { cache: shop.redis() } });
    const long = shop.microservice({ name: 'a-name-of-a-service-that-is-long-indeed', team: 'a', tier: 1, image: 'ghcr.io/acme/long', stores: { archive: shop.postgres() } });
    expect(() => eksStack({ services: [caching, long] })).toThrow(/caching\.stores\.cache: is of Redis[\s\S]*a-name-of-a-service-that-is-long-indeed\.stores\.archive: makes a database whose name has 52 characters/);
  });
});
