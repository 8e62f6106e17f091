import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { envResultSchema } from '../../src/cli/env/releases-file';
import { schemas } from '../../src/cli/schemas';
import { contentOf, martyHere, petstore, removeFolders, write } from './_world';

afterAll(removeFolders);

const digest = `sha256:${'ab'.repeat(32)}`;

/** A project with the release files of the petstore, and what a command does to its files. */
async function inPetstore(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const folder = write(petstore(), files);
  const before = contentOf(folder);
  const outcome = await martyHere(folder, args);
  const after = contentOf(folder);
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(path => before[path] !== after[path]);
  return { ...outcome, changed, text: (file: string) => after[file], before: (file: string) => before[file] };
}

describe('marty env set', () => {
  test('changes one version in one file, and nothing else of its text', async () => {
    const { exit, out, err, changed, text, before } = await inPetstore(['env', 'set', `orders=1.4.2@${digest}`, '--environment', 'staging']);
    expect({ exit, out, changed }).toEqual({ exit: 0, out: '', changed: ['releases/staging.json'] });
    const [old] = /"orders": "[^"]*"/.exec(before('releases/staging.json')) ?? [''];
    expect(text('releases/staging.json')).toBe(before('releases/staging.json').replace(old, `"orders": "1.4.2@${digest}"`));
    expect(err).toMatch(/^orders 1\.4\.2 -> 1\.4\.2@sha256:abab[^\n]*\nreleases\/staging\.json: written\n$/);
  });

  test('is about the first environment when none is named', async () => {
    expect((await inPetstore(['env', 'set', 'orders=1.6.0'])).changed).toEqual(['releases/dev.json']);
  });

  test.each([
    ['spaces and line breaks', '{"gateway":"1.0.0",  "orders"  :  "1.0.0"}', '{"gateway":"1.0.0",  "orders"  :  "2.0.0"}'],
    ['tabs and another order', '{\n\t"orders": "1.0.0",\n\t"gateway": "1.0.0"\n}\n', '{\n\t"orders": "2.0.0",\n\t"gateway": "1.0.0"\n}\n'],
    ['a service that had no version', '{\n    "gateway": "1.0.0"\n}\n', '{\n    "gateway": "1.0.0",\n    "orders": "2.0.0"\n}\n'],
    ['a file without services', '{}', '{\n  "orders": "2.0.0"\n}'],
    ['a name that is written with escapes', '{ "\\u006frders": "1.0.0" }', '{ "\\u006frders": "2.0.0" }'],
  ])('keeps %s', async (_, before, after) => {
    const { exit, text } = await inPetstore(['env', 'set', 'orders=2.0.0'], { 'releases/dev.json': before });
    expect([exit, text('releases/dev.json')]).toEqual([0, after]);
  });

  test('begins the file of an environment that has none, in the folder that cdk8s.yaml names', async () => {
    const { changed, text } = await inPetstore(['env', 'set', 'orders=2.0.0'], { 'cdk8s.yaml': 'fleet: fleet.ts\nreleases: versions\n' });
    expect(changed).toEqual(['versions/dev.json']);
    expect(text('versions/dev.json')).toBe('{\n  "orders": "2.0.0"\n}\n');
  });

  test('writes nothing on a dry run, and nothing when it says the same', async () => {
    const dry = await inPetstore(['env', 'set', 'orders=2.0.0', '--dry-run']);
    expect(dry).toMatchObject({ exit: 0, out: 'orders 1.5.0-rc.3 -> 2.0.0\n', err: 'releases/dev.json: a dry run, nothing was written\n', changed: [] });
    expect(await inPetstore(['env', 'set', 'orders=1.5.0-rc.3'])).toMatchObject({ exit: 0, err: 'releases/dev.json: says the same already\n', changed: [] });
  });

  test('tells as JSON what it did, as its published schema says', async () => {
    const { out } = await inPetstore(['env', 'set', 'orders=2.0.0', 'pets=3.2.0', '--json']);
    const result: unknown = JSON.parse(out);
    expect(z.safeParse(z.fromJSONSchema(schemas.env()), result).error).toBeUndefined();
    expect(envResultSchema.parse(result)).toEqual({
      file: 'releases/dev.json', environment: 'dev', written: true, dryRun: false,
      changes: [{ service: 'orders', before: '1.5.0-rc.3', after: '2.0.0' }, { service: 'pets', before: '3.1.0', after: '3.2.0' }],
    });
  });

  test.each([
    [['order=1.0.0'], 2, 'service: is order, expected one of', 'did you mean orders?'],
    [['orders'], 2, 'assignment: is "orders", expected <service>=<version>', ''],
    [['orders=1', 'orders=2'], 2, 'assignment: gives orders two versions', ''],
    [['orders=1', '--environment', 'stagin'], 2, 'environment is "stagin"', 'staging'],
    [['orders=latest'], 3, 'orders: is "latest"', ''],
    [['orders='], 3, 'orders: is "", expected a tag such as 1.4.2', ''],
    [['orders=1.0.0@sha256:abc'], 3, 'orders: is "1.0.0@sha256:abc"', ''],
  ])('refuses %j', async (args, exit, message, more) => {
    const outcome = await inPetstore(['env', 'set', ...args]);
    expect(outcome).toMatchObject({ exit, changed: [] });
    expect(outcome.err).toContain(message);
    expect(outcome.err).toContain(more);
  });

  test.each([
    ['{ "orders": 1 }', 'orders: is no text, expected a version'],
    ['{ "orders": "1", "orders": "2" }', 'orders: is there twice'],
    ['["orders"]', 'it is a list, expected the version of each service'],
    ['{', 'is no JSON'],
    ['{ "pets": "latest" }', 'pets: is "latest"'],
  ])('refuses to edit %s', async (text, message) => {
    const outcome = await inPetstore(['env', 'set', 'orders=2.0.0'], { 'releases/dev.json': text });
    expect(outcome).toMatchObject({ exit: 3, changed: [] });
    expect(outcome.err).toContain(message);
  });
});

describe('marty env promote', () => {
  test('gives one environment the versions of another, in its own order', async () => {
    const { exit, changed, text, before } = await inPetstore(['env', 'promote', 'staging', 'production']);
    expect({ exit, changed }).toEqual({ exit: 0, changed: ['releases/production.json'] });
    expect(JSON.parse(text('releases/production.json'))).toEqual(JSON.parse(before('releases/staging.json')));
    expect(Object.keys(JSON.parse(text('releases/production.json')) as object)).toEqual(Object.keys(JSON.parse(before('releases/production.json')) as object));
  });

  test('promotes only the services that are named', async () => {
    const { out, changed } = await inPetstore(['env', 'promote', 'staging', 'production', '--service', 'orders', '--json']);
    expect(envResultSchema.parse(JSON.parse(out)).changes.map(({ service }) => service)).toEqual(['orders']);
    expect(changed).toEqual(['releases/production.json']);
  });

  test('does nothing the second time', async () => {
    const folder = petstore();
    await martyHere(folder, ['env', 'promote', 'dev', 'staging']);
    const text = readFileSync(join(folder, 'releases/staging.json'), 'utf8');
    expect((await martyHere(folder, ['env', 'promote', 'dev', 'staging'])).err).toBe('releases/staging.json: says the same already\n');
    expect(readFileSync(join(folder, 'releases/staging.json'), 'utf8')).toBe(text);
  });

  test.each([
    [['dev', 'dev'], 2, 'environment: is "dev" twice'],
    [['dev', 'prod'], 2, 'environment is "prod"'],
    [['dev'], 2, 'missing required argument'],
    [['dev', 'staging', '--service', 'order'], 2, 'did you mean orders?'],
    [['dev', 'staging', '--service', ','], 2, '--service is empty'],
  ])('refuses %j', async (args, exit, message) => {
    const outcome = await inPetstore(['env', 'promote', ...args]);
    expect(outcome).toMatchObject({ exit, changed: [] });
    expect(outcome.err).toContain(message);
  });

  test('refuses what has no version to promote', async () => {
    const outcome = await inPetstore(['env', 'promote', 'dev', 'staging'], { 'releases/dev.json': '{ "orders": "1.0.0" }' });
    expect(outcome).toMatchObject({ exit: 3, changed: [] });
    expect(outcome.err).toContain('pets: has no version in dev; set one there, or name the services to promote with --service');
  });
});
