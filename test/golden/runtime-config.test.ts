import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeConfigSchema } from '../../src/spec/runtime-config';

/** Manifests and images are deployed at different times, so every shape that was released is read for good. Never rewrite these files. */
const frozen = [{ file: 'v1.json', sha256: 'ec56307e187a31b344376f5d832ee06e72a822b6bfa079cf54681cdd2e4ad5f1' }];

describe.each(frozen)('the runtime config $file', ({ file, sha256 }) => {
  const text = readFileSync(join(__dirname, 'runtime-config', file), 'utf8');

  test('was not changed', () => {
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
  });

  test('is read as it was written', () => {
    const written = JSON.parse(text) as object;
    expect(runtimeConfigSchema.parse(written)).toMatchObject(written);
  });

  test('is read though a newer version added to it', () => {
    const written = JSON.parse(text) as object;
    expect(runtimeConfigSchema.parse({ ...written, addedLater: { anything: true } })).toMatchObject(written);
  });
});
