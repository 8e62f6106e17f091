import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionsOf, type BucketConnection } from '../../../src/runtime/service/stores';

const folder = mkdtempSync(join(tmpdir(), 'marty-stores-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const aws = { kind: 'bucket', host: 'acme-files.s3.eu-central-1.amazonaws.com', port: 443, bucket: 'acme-files', region: 'eu-central-1' } as const;
const minio = { ...aws, host: 'minio.test', port: 9000, endpoint: 'http://minio.test:9000' };
const connectionTo = (store: Parameters<typeof connectionsOf>[1][string]) => connectionsOf('orders', { files: store }).files as BucketConnection;

describe('a bucket', () => {
  test('of S3 leaves its credentials to the client of AWS', async () => {
    const { credentials, ...place } = connectionTo(aws);
    expect(place).toEqual(aws);
    expect(await credentials()).toBeUndefined();
  });

  test('of another server reads its key pair anew, and says which file is missing', async () => {
    const files = { accessKeyIdFile: join(folder, 'id'), secretAccessKeyFile: join(folder, 'key') };
    const { credentials, ...place } = connectionTo({ ...minio, ...files });
    expect(place).toEqual(minio);
    writeFileSync(files.accessKeyIdFile, 'AKIA1\n');
    await expect(credentials()).rejects.toThrow(`orders: stores.files.secretAccessKeyFile is ${files.secretAccessKeyFile}, which cannot be read (ENOENT); mount the Secret orders-secrets there`);
    writeFileSync(files.secretAccessKeyFile, 'first');
    expect(await credentials()).toEqual({ accessKeyId: 'AKIA1', secretAccessKey: 'first' });
    writeFileSync(files.secretAccessKeyFile, 'second');
    expect(await credentials()).toEqual({ accessKeyId: 'AKIA1', secretAccessKey: 'second' });
  });
});
