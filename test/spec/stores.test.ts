import { databaseOf } from '../../src/spec/stores';
import { problemsWith } from '../support/shop';
import { testPairs } from '../support/problems';

describe('a store', () => {
  testPairs(db => problemsWith({ stores: { db } }), [
    ['is of a kind that is known', { kind: 'postgres' }, { kind: 'mysql' }, 'stores.db.kind: is "mysql", expected "postgres" or "redis" or "bucket"'],
    ['is of a version that is supported', { kind: 'postgres', version: 18 }, { kind: 'postgres', version: 13 }, 'stores.db.version: is 13, expected a number of at least 14'],
    ['has some space', { kind: 'postgres', storageGiB: 1 }, { kind: 'postgres', storageGiB: 0 }, 'stores.db.storageGiB: is 0, expected a number of at least 1'],
    ['has the fields of its kind', { kind: 'redis', memoryMiB: 64 }, { kind: 'redis', storageGiB: 5 }, 'stores.db.storageGiB: is not a field that exists here'],
    ['keeps versions for some days', { kind: 'bucket', versionDays: 1 }, { kind: 'bucket', versionDays: 0 }, 'stores.db.versionDays: is 0, expected a number of at least 1'],
    ['keeps objects for some days', { kind: 'bucket', expireDays: 36_500 }, { kind: 'bucket', expireDays: 36_501 }, 'stores.db.expireDays: is 36501, expected a number of at most 36500'],
    ['may differ between environments', { kind: 'redis', memoryMiB: { perEnvironment: { default: 16 } } }, { kind: 'redis', memoryMiB: { perEnvironment: { default: 15 } } }, 'stores.db.memoryMiB.perEnvironment.default: is 15, expected a number of at least 16'],
  ]);

  testPairs(fields => problemsWith(fields as object), [
    ['has a database name that PostgreSQL keeps whole', { name: 'a'.repeat(50), stores: { ['b'.repeat(12)]: { kind: 'postgres' } } }, { name: 'a'.repeat(50), stores: { ['b'.repeat(13)]: { kind: 'postgres' } } },
      `stores.${'b'.repeat(13)}: makes a database name of 64 characters, expected at most 63; shorten the name of the store or of the service`],
    ['has a bucket name that S3 takes', { name: 'a'.repeat(50), stores: { ['b'.repeat(12)]: { kind: 'bucket' } } }, { name: 'a'.repeat(50), stores: { ['b'.repeat(13)]: { kind: 'bucket' } } },
      `stores.${'b'.repeat(13)}: makes a bucket name of 64 characters, expected at most 63; shorten the name of the store or of the service`],
    ['has a name in camelCase', { stores: { orderDb: { kind: 'redis' } } }, { stores: { 'order-db': { kind: 'redis' } } },
      'stores.order-db: is no usable name, expected a name in camelCase: letters and digits, beginning with a lower case letter'],
  ]);

  test('has a database named after service and store', () => {
    expect(databaseOf('order-intake', 'readModel')).toBe('order_intake_read_model');
  });
});
