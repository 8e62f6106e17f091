import { Backup, EncryptionKey, RdsInstance, type DatabasesInput, type RdsInstanceProps } from '../../../src/cloud/aws';
import { logsUse } from '../../../src/cloud/aws/log-group';
import { definePlatform } from '../../../src/spec';
import { checkInfrastructure } from '../../../src/spec/infrastructure';
import { addressesOf, eksStack, written } from '../../support/cloud';

function instance(props: Partial<RdsInstanceProps> = {}): ReturnType<typeof eksStack> {
  const stack = eksStack();
  const key = new EncryptionKey(stack, 'data-key', { name: 'shop/data', description: 'Data of the shop', statements: [logsUse(stack, ['/aws/rds/'])] });
  new RdsInstance(stack, 'orders', {
    name: 'orders', engine: 'postgres', version: '17', network: stack.network, clients: { nodes: stack.cluster.nodeSecurityGroupId }, keyArn: key.arn,
    backup: new Backup(stack, 'backup', { name: 'shop' }), ...props,
  });
  return stack;
}

describe('a database of RDS', () => {
  test.each<['postgres' | 'mysql', string, string, string]>([
    ['postgres', '17', 'postgres17', 'rds.force_ssl'], ['mysql', '8.4', 'mysql8.4', 'require_secure_transport'],
  ])('of %s breaks no rule, speaks TLS alone, and no password of it is written', (engine, version, family, tls) => {
    const stack = written(instance({ engine, version }));
    const [{ address, body }] = stack.ofType('aws_db_instance');
    expect(body).toMatchObject({
      engine, engine_version: version, multi_az: true, manage_master_user_password: true, storage_encrypted: true, storage_type: 'gp3', allocated_storage: 20,
      max_allocated_storage: 100, deletion_protection: true, skip_final_snapshot: false, final_snapshot_identifier: 'orders-final', publicly_accessible: false,
    });
    expect(Object.keys(body).filter(name => /password$/.test(name))).toEqual(['manage_master_user_password']);
    expect(stack.ofType('aws_db_parameter_group')[0].body).toMatchObject({ family, parameter: expect.arrayContaining([expect.objectContaining({ name: tls, value: '1' })]) as object[] });
    expect(stack.ofType('aws_backup_selection')[0].body.resources).toEqual([`\${${address}.arn}`]);
    const logs = body.enabled_cloudwatch_logs_exports as string[];
    expect(stack.ofType('aws_cloudwatch_log_group').map(({ body: group }) => group.name)).toEqual(expect.arrayContaining(logs.map(log => `/aws/rds/instance/orders/${log}`)));
  });

  test('grows no further where there is no room to', () => {
    expect(written(instance({ storageGiB: 60_000 })).ofType('aws_db_instance')[0].body).not.toHaveProperty('max_allocated_storage');
    expect(written(instance({ storageGiB: 100, maxStorageGiB: 110 })).ofType('aws_db_instance')[0].body).toMatchObject({ allocated_storage: 100, max_allocated_storage: 110 });
  });

  test('refuses everything that AWS would, at once', () => {
    const make = () => instance({ name: 'Orders', instanceClass: 'large', storageGiB: 10, backupDays: 40 });
    for (const message of ['name: is "Orders"', 'instanceClass: is "large", expected a class such as', 'storageGiB: is 10, expected a number of at least 20', 'backupDays: is 40']) expect(make).toThrow(message);
    expect(() => instance({ storageGiB: 100, maxStorageGiB: 105 })).toThrow('maxStorageGiB: is 105, expected at least 110, a tenth more than storageGiB');
  });
});

describe('the kinds of databases of services', () => {
  const shop = definePlatform({
    name: 'shop', environments: { dev: { kubernetes: '1.35', domain: 'dev.shop.example' }, production: { kubernetes: '1.35', domain: 'shop.example' } },
  });
  const service = (name: string, size: Parameters<typeof shop.postgres>[0] = {}) => shop.microservice({ name, team: 'a', tier: 1, image: `ghcr.io/acme/${name}`, stores: { db: shop.postgres(size) } });
  const orders = service('orders', { storageGiB: shop.per({ dev: 5, production: 250 }) });
  const payments = service('payments');
  const made = (databases: DatabasesInput, environment?: string) => written(eksStack({ services: [orders, payments], databases, environment }));

  test('are Aurora unless something else is said', () => {
    const stack = made({}, 'production');
    expect([stack.ofType('aws_rds_cluster').length, stack.ofType('aws_db_instance').length]).toEqual([2, 0]);
  });

  test('are said for all, and otherwise for single ones, with the space that descriptions ask for', () => {
    const stack = made({ kind: 'instance', instanceClass: 'db.m7g.large', backupDays: 14, each: { 'payments.db': { kind: 'aurora', instances: 3, backupDays: 35 } } }, 'production');
    expect(stack.ofType('aws_db_instance').map(({ body }) => [body.identifier, body.instance_class, body.allocated_storage, body.backup_retention_period, body.db_name])).toEqual([['shop-orders-db', 'db.m7g.large', 250, 14, 'orders_db']]);
    expect(stack.ofType('aws_rds_cluster').map(({ body }) => [body.cluster_identifier, body.backup_retention_period])).toEqual([['shop-payments-db', 35]]);
    expect(stack.ofType('aws_rds_cluster_instance')).toHaveLength(3);
    expect(made({ kind: 'instance' }, 'dev').ofType('aws_db_instance').map(({ body }) => body.allocated_storage)).toEqual([20, 20]);
  });

  test('change no address of another database', () => {
    const [before, after] = [made({}, 'production'), made({ each: { 'orders.db': { kind: 'instance' } } }, 'production')].map(addressesOf);
    expect(before.filter(address => !after.includes(address) && !address.includes('stores_orders-db'))).toEqual([]);
  });

  test('are told in the output alike, and their passwords can be read', () => {
    const stack = written(eksStack({ services: [orders], databases: { kind: 'instance' }, environment: 'production', cluster: { addons: { 'external-secrets': true } } }));
    const { value } = stack.json.output?.infrastructure as { value: { cluster: object; network: object; stores: Record<string, object> } };
    expect(value.stores['orders.db']).toEqual({
      kind: 'postgres', host: expect.stringMatching(/aws_db_instance\..*\.address\}$/) as string, port: 5432, secret: expect.stringContaining('master_user_secret[0].secret_arn') as string,
    });
    const plausible = { ...value, cluster: { ...value.cluster, endpoint: 'https://a.example', name: 'shop', certificateAuthority: 'Q0E=' }, network: { ...value.network, id: 'vpc-1' }, stores: { 'orders.db': { ...value.stores['orders.db'], host: 'a.example' } } };
    expect(Object.keys(checkInfrastructure(plausible).stores)).toEqual(['orders.db']);
    const [policy] = stack.ofType('aws_iam_role_policy').filter(({ path }) => path.includes('external-secrets'));
    expect(String(policy.body.policy)).toContain('arn:aws:rds:eu-central-1:123456789012:db:shop-*');
  });

  test.each<[string, DatabasesInput, string]>([
    ['a store that nobody declares', { each: { 'order.db': { kind: 'instance' } } }, 'each.order.db: is of no PostgreSQL that the services declare, expected one of orders.db, payments.db; did you mean orders.db?'],
    ['what the other kind has', { each: { 'orders.db': { kind: 'instance', capacity: { min: 1, max: 2 } } } }, 'each.orders.db.capacity: is said of databases of the kind aurora, but this one is not'],
    ['what none of them has', { instanceClass: 'db.m7g.large' }, 'instanceClass: is said of databases of the kind instance, but none is'],
    ['less room than a description asks for', { kind: 'instance', maxStorageGiB: 260 }, 'orders.stores.db.storageGiB: is 250, expected room to grow by a tenth at least up to maxStorageGiB (260)'],
  ])('refuse %s', (_, databases, message) => {
    expect(() => made(databases, 'production')).toThrow(message);
  });

  test('ask for the environment where the space differs between them', () => {
    expect(() => made({ kind: 'instance' })).toThrow('orders.stores.db.storageGiB: differs between environments, and the stack names none');
    expect(() => made({ kind: 'instance' }, 'staging')).toThrow('environment: is "staging", which the platform shop of orders does not have');
  });
});
