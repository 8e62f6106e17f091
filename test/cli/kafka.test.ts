import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaPlanSchema } from '../../src/cli/kafka/result';
import { contentOf, emptyFolder, install, marty, removeFolders, write } from './_world';

afterAll(removeFolders);

const example = join(__dirname, '../../examples/kafka');

/** The example, with its manifests written, in a folder of its own. */
function project(): string {
  const folder = install(emptyFolder());
  for (const file of ['fleet.ts', 'main.ts', 'cdk8s.yaml']) cpSync(join(example, file), join(folder, file));
  return write(folder, { 'package.json': '{ "name": "bank" }' });
}
const changed = (folder: string, from: string, to: string) => {
  const fleet = readFileSync(join(folder, 'fleet.ts'), 'utf8');
  expect(fleet).toContain(from);
  return write(folder, { 'fleet.ts': fleet.replace(from, to) });
};

describe('marty kafka plan', () => {
  const folder = project();
  const plan = (...args: string[]) => kafkaPlanSchema.parse(JSON.parse(marty(folder, ['kafka', 'plan', ...args, '--json']).out));

  test('says how a new one is made, and nothing once it is written', () => {
    expect(plan('production').steps.map(({ title }) => title)).toContain('look at the quorum');
    expect(marty(folder, ['synth']).exit).toBe(0);
    expect(plan('production').steps).toEqual([]);
    expect(marty(folder, ['kafka', 'plan', 'production']).out).toBe('the Kafka of production is what the description says\n');
  }, 120_000);

  test('compares what is described with what is written, and writes nothing', () => {
    changed(folder, "version: '3.9.2', brokersPerZone: 3", "version: '4.3.1', metadataVersion: '3.9', brokersPerZone: 3");
    const before = contentOf(folder);
    expect(plan('staging').steps.map(({ title }) => title)).toEqual(['write the manifests and apply them', 'restart the controllers with Kafka 4.3.1', 'restart the brokers with Kafka 4.3.1', 'wait some days']);
    const { out } = marty(folder, ['kafka', 'plan', 'staging']);
    expect(out).toContain('1. write the manifests and apply them\n');
    expect(out).toContain('kubectl apply --server-side --kustomize deploy/staging/_platform');
    expect(contentOf(folder)).toEqual(before);
  }, 60_000);

  test('refuses what is wrong, with what to do', () => {
    expect(marty(folder, ['kafka', 'plan', 'prodution'])).toMatchObject({ exit: 2, err: expect.stringContaining('prodution') as string });
    expect(marty(folder, ['kafka', 'plan'])).toMatchObject({ exit: 2 });
    expect(marty(folder, ['kafka', 'plan', 'production', '--replace', 'kafka-broker-9'])).toMatchObject({ exit: 3, err: expect.stringContaining('expected one of kafka-controller-0') as string });
  }, 60_000);

  test('what stands on disks is not written otherwise', () => {
    changed(folder, "zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c']", "zones: ['eu-central-1b', 'eu-central-1a', 'eu-central-1c']");
    const { exit, err } = marty(folder, ['synth']);
    expect(exit).toBe(3);
    expect(err).toContain('data.zones is eu-central-1b,eu-central-1a,eu-central-1c, was eu-central-1a,eu-central-1b,eu-central-1c');
  }, 60_000);
});
