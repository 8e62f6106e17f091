import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from '../support/documents';
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
    expect(marty(folder, ['kafka', 'plan', 'production']).out).toBe('the written files are what the description says of the Kafka of production; for the way from older ones, name their folder: --out <dir>\n');
  }, 120_000);

  test('compares what is described with what is written, and writes nothing', () => {
    changed(folder, "version: '3.9.2', brokersPerZone: 3", "version: '4.3.1', metadataVersion: '3.9', brokersPerZone: 3");
    const before = contentOf(folder);
    expect(plan('staging').steps.map(({ title }) => title)).toEqual(['write the manifests and apply them', 'restart the controllers with Kafka 4.3.1', 'restart the brokers with Kafka 4.3.1', 'wait some days']);
    const { out } = marty(folder, ['kafka', 'plan', 'staging']);
    expect(out).toContain('1. write the manifests and apply them\n');
    expect(out).toContain('     marty synth &&\n     kubectl apply --server-side --kustomize deploy/staging/_platform\n');
    expect(contentOf(folder)).toEqual(before);
  }, 60_000);

  test('grows disks, and refuses fewer partitions before a Job fails at them', () => {
    const from = readFileSync(join(folder, 'fleet.ts'), 'utf8');
    changed(folder, 'brokerGiB: 500, class: \'gp3\' },\n        broker', 'brokerGiB: 600, class: \'gp3\' },\n        broker');
    expect(plan('production').steps.map(({ title }) => title)).toEqual([
      ...['a', 'b', 'c'].map(zone => `grow the disks of kafka-broker-eu-central-1${zone} from 500Gi to 600Gi`), 'write the manifests and apply them',
    ]);
    write(folder, { 'fleet.ts': from });
    changed(folder, 'production: 24', 'production: 12');
    expect(marty(folder, ['kafka', 'plan', 'production'])).toMatchObject({ exit: 3, err: expect.stringContaining(
      'topic transfers.partitions: is 12, was 24: a topic never gets fewer partitions, which hold messages; keep the number, or describe a topic of another name') as string });
    const { exit, err } = marty(folder, ['synth']);
    expect([exit, err.includes('data["desired.json"] transfers.partitions is 12, was 24: a topic never gets fewer partitions')]).toEqual([3, true]);
    expect(err).toContain('spec.partitions is 12, was 24: a topic never gets fewer partitions');
    write(folder, { 'fleet.ts': from });
  }, 120_000);

  test('restarts every node without a change', () => {
    expect(plan('production', '--restart').steps.map(({ title }) => title)).toEqual(['restart the controllers with what they read when they start', 'restart the brokers with what they read when they start']);
    expect(marty(folder, ['kafka', 'plan', 'production', '--restart', '--replace', 'kafka-broker-0'])).toMatchObject({ exit: 2 });
  }, 60_000);

  test('compares with no folder that is not there, or not plain', () => {
    expect(marty(folder, ['kafka', 'plan', 'production', '--out', 'elsewhere'])).toMatchObject({ exit: 2, err: expect.stringContaining('--out is elsewhere, which is no folder') as string });
    for (const format of ['helm', 'kustomize']) {
      expect(marty(folder, ['synth', '--format', format, '--out', `as-${format}`]).exit).toBe(0);
      expect(marty(folder, ['kafka', 'plan', 'production', '--out', `as-${format}`])).toMatchObject({ exit: 2, err: expect.stringContaining('expected plain manifests') as string });
    }
  }, 120_000);

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

test('the guide begins with what works in a project that was made by init', () => {
  const folder = install(emptyFolder());
  expect(marty(folder, ['init', '--name', 'bank']).exit).toBe(0);
  const [fleet] = blocksOf('docs/guide/kafka.md').filter(({ language }) => language === 'ts');
  const releases = '{ "ledger": "0.1.0", "fraud": "0.1.0" }';
  expect(readFileSync(join(__dirname, '../../docs/guide/kafka.md'), 'utf8')).toContain(releases);
  write(folder, { 'fleet.ts': fleet.text, 'releases/dev.json': releases, 'releases/production.json': releases });
  for (const environment of ['dev', 'production']) {
    const { exit, out } = marty(folder, ['kafka', 'plan', environment]);
    expect([environment, exit, out.includes('look at the quorum')]).toEqual([environment, 0, true]);
  }
  expect(marty(folder, ['synth'])).toMatchObject({ exit: 0 });
  expect(Object.keys(contentOf(folder)).filter(file => file.endsWith('_platform/configmap-kafka-identity.yaml'))).toHaveLength(2);
}, 120_000);
