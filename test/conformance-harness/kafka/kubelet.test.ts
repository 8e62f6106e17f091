import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKubelet } from '../../conformance/kafka/kubelet/kubelet';
import type { Kubelet } from '../../conformance/kafka/kubelet/options';

/** Stands for Java: the last argument says what it does, the others are for real ones. */
const fakeJava = `#!/bin/sh
for last; do :; done
case "$last" in
  prepare) echo "prepared $NAME" > "$RUN/prepared"; echo once >> "$DATA/starts" ;;
  serve) echo "serving $(cat "$RUN/prepared")"; trap 'echo stopped; exit 0' TERM; while :; do sleep 0.05; done ;;
  stubborn) trap '' TERM; echo deaf; while :; do sleep 0.05; done ;;
  die-once) if [ -e "$DATA/died" ]; then echo again; while :; do sleep 0.05; done; fi; touch "$DATA/died"; exit 7 ;;
  refuse) echo "it will not"; exit 1 ;;
  show) echo "$@"; echo "$CONFIG" ;;
esac
`;

const logs = 'kubelet-test';
const path = process.env.PATH;
const programs = mkdtempSync(join(tmpdir(), 'fake-java-'));
let kubelet: Kubelet | undefined;
beforeAll(() => {
  writeFileSync(join(programs, 'java'), fakeJava);
  chmodSync(join(programs, 'java'), 0o755);
  process.env.PATH = `${programs}${delimiter}${path}`;
});
afterEach(async () => {
  await kubelet?.close();
  kubelet = undefined;
});
afterAll(() => {
  process.env.PATH = path;
  for (const folder of [programs, join(__dirname, '../../../reports/conformance', logs)]) rmSync(folder, { recursive: true, force: true });
});

const image = 'apache/kafka:4.3.1';
const volumeMounts = [{ name: 'run', mountPath: '/run/kafka' }, { name: 'data', mountPath: '/var/lib/kafka' }, { name: 'config', mountPath: '/etc/kafka/config' }];
const env = [{ name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, { name: 'RUN', value: '/run/kafka' }, { name: 'DATA', value: '/var/lib/kafka' }];
const volumes = [{ name: 'run', emptyDir: {} }, { name: 'config', configMap: { name: 'config' } }];
const does = (what: string, name = 'kafka') => ({ name, image, env, volumeMounts, command: ['java', '-cp', '/opt/kafka/libs/*', what] });
const metadata = (name: string) => ({ name, namespace: 'shop' });

async function start(what: string, init = 'prepare', replicas = 1): Promise<Kubelet> {
  const spec = { initContainers: [does(init, 'prepare')], containers: [does(what)], volumes, terminationGracePeriodSeconds: 1 };
  const created = await createKubelet({
    name: logs, judges: [{ name: 'kafka', version: '4.3.1', path: '/jars' }], defaultPaths: { CONFIG: '/etc/kafka/config', ELSEWHERE: '/etc/elsewhere' },
    objects: [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('config'), data: { 'server.properties': 'listeners=A://:9092\nlog.dirs=/var/lib/kafka/data\n' } },
      { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: metadata('node'), spec: { replicas, template: { spec }, volumeClaimTemplates: [{ metadata: { name: 'data' } }] } },
      { apiVersion: 'batch/v1', kind: 'Job', metadata: metadata('job'), spec: { template: { spec: { containers: [{ ...does('show'), volumeMounts: [volumeMounts[2]] }], volumes } } } },
    ],
  });
  kubelet = created;
  return created;
}
const claim = ({ folder }: Kubelet, pod: string, file: string) => join(folder, 'claims', `data-${pod}`, file);
async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 5_000; !holds(); await sleep(20)) if (Date.now() > end) throw new Error('it does not hold after 5 s');
}

test('init containers run to their end before containers start, and a stopped pod ends by itself', async () => {
  const { startAll, stop, logOf, isRunning } = await start('serve', 'prepare', 2);
  await startAll();
  await until(() => ['node-0', 'node-1'].every(pod => logOf(pod).includes(`serving prepared ${pod}`)));
  expect(await stop('node-0')).toMatchObject({ killed: false });
  expect([isRunning('node-0'), isRunning('node-1')]).toEqual([false, true]);
  expect(logOf('node-0')).toMatch(/stopped\n$/);
});

test('a Deployment rolls out when its pods are to be others, and only then', async () => {
  const deployment = (name: string, what: string, replicas = 1) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata(name), spec: { replicas, template: { spec: { containers: [{ ...does(what), volumeMounts: [] }] } } } });
  const running = await start('serve');
  const roll = async (...objects: ReturnType<typeof deployment>[]) => {
    await running.apply(objects);
    await running.rollOut();
    return running.deployed().filter(({ name }) => running.isRunning(name)).map(({ name }) => running.container(name).pid);
  };
  const [first] = await roll(deployment('lag', 'serve'));
  const [same, other] = await roll(deployment('lag', 'serve'), deployment('more', 'serve'));
  expect(same).toBe(first);
  const [next] = await roll(deployment('lag', 'stubborn'));
  expect([next === first, running.isRunning('more-0'), running.isRunning('node-0')]).toEqual([false, false, false]);
  expect(() => process.kill(other, 0)).toThrow('ESRCH');
  expect(running.pods()).toEqual([]);
});

test('claims outlive the pod until they are wiped', async () => {
  const running = await start('serve');
  const starts = () => readFileSync(claim(running, 'node-0', 'starts'), 'utf8');
  for (const expected of ['once\n', 'once\nonce\n']) {
    await running.start('node-0');
    expect(starts()).toBe(expected);
    expect(() => running.wipe('node-0')).toThrow('a disk in use is not lost here');
    await running.kill('node-0');
  }
  running.wipe('node-0');
  await running.start('node-0');
  expect(starts()).toBe('once\n');
});

test('whoever does not stop in time is killed', async () => {
  const running = await start('stubborn');
  await running.start('node-0');
  await until(() => running.logOf('node-0').includes('deaf'));
  expect(await running.stop('node-0')).toMatchObject({ killed: true });
});

test('a container that ends by itself is started again without its init containers, and that is told', async () => {
  const running = await start('die-once');
  await running.start('node-0');
  await until(() => running.logOf('node-0').includes('again'));
  expect(running.ended()).toEqual(['node-0/kafka: 7']);
  expect(readFileSync(claim(running, 'node-0', 'starts'), 'utf8')).toBe('once\n');
});

test('an init container that fails is told with what it said', async () => {
  const running = await start('serve', 'refuse');
  await expect(running.start('node-0')).rejects.toThrow('pod node-0: init container prepare ended with 1\nit will not');
  expect(running.isRunning('node-0')).toBe(false);
});

test('a Job runs to its end, with folders in the place of paths', async () => {
  const running = await start('serve');
  const { code, output } = await running.runJob('job');
  expect(code).toBe(0);
  expect(output).toContain('-cp /jars/* show');
  expect(output).toContain(join(running.folder, 'pods', 'job-1', 'volumes', 'config'));
  expect(running.replacements().map(({ kind, from }) => `${kind} ${from}`)).toEqual(expect.arrayContaining(['jars /opt/kafka/libs', 'default path /etc/kafka/config', 'mount path /etc/kafka/config']));
});

test('files are those of the pod: paths are folders, listeners are its own', async () => {
  const running = await start('serve');
  await running.start('node-0');
  const written = readFileSync(join(running.folder, 'pods', 'node-0', 'volumes', 'config', 'server.properties'), 'utf8');
  expect(written).toBe(`listeners=A://127.2.1.1:9092\nlog.dirs=${claim(running, 'node-0', 'data')}\n`);
});

test('a command runs in a container, and not longer than it may', async () => {
  const running = await start('serve');
  await running.start('node-0');
  expect((await running.exec('node-0', ['java', '/etc/kafka/config/x', 'show'])).stdout).toContain(`${join(running.folder, 'pods', 'node-0', 'volumes', 'config')}/x`);
  await expect(running.exec('node-0', ['java', 'stubborn'], { timeoutMs: 300 })).rejects.toThrow('it has not ended after 300 ms');
});

test('nothing is left when it is closed', async () => {
  const running = await start('stubborn');
  await running.start('node-0');
  const { pid } = running.container('node-0');
  await running.close();
  expect(existsSync(running.folder)).toBe(false);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
