import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { MicroserviceSpec } from '../../../src/spec';
import { configFile, configOf, freePorts, removeFolders } from '../config-file';
import { quotesV1, quotesV2, quotesV3 } from '../fleet';
import { endAll, root, run, statusOf, until, type Running } from './processes';

/** What ts-node brings along. */
const compiler = ['ts-node', 'typescript', '@cspotcode/source-map-support', '@jridgewell/resolve-uri', '@jridgewell/sourcemap-codec', '@jridgewell/trace-mapping', 'arg', 'create-require', 'diff', 'make-error', 'v8-compile-cache-lib', 'yn'];

jest.setTimeout(60_000);
afterEach(endAll);
afterAll(removeFolders);

/** The first version's code with the ConfigMap of a version; the ConfigMap says the ports, and they are free. */
async function quotes(description: MicroserviceSpec = quotesV1, env: Record<string, string> = {}, change: object = {}) {
  const { http, management } = await freePorts('http', 'management');
  const content = configOf(description, 'local-eu');
  const file = configFile({ ...content, ports: { ...content.ports, http: { protocol: 'http', port: http } }, management: { port: management }, ...change });
  const running = run('quotes-process', { MARTY_CONFIG_FILE: file, ...env });
  return { running, http: `http://127.0.0.1:${http}`, management: `http://127.0.0.1:${management}`, ports: { http, management } };
}

const ready = async (service: { running: Running; management: string }) => until(`${service.management}/health/ready`, 200, service.running);

describe('a process', () => {
  test('serves, answers its checks, and ends with 0 once the request under way is answered', async () => {
    const service = await quotes();
    await ready(service);
    expect(await (await fetch(`${service.http}/quick`)).json()).toEqual({ maxItems: 1, environment: 'local-eu', url: '/quick' });
    expect(await statusOf(`${service.management}/health/live`)).toBe(200);

    const slow = fetch(`${service.http}/slow`);
    await until(`${service.http}/quick`, 200);
    service.running.kill('SIGTERM');
    await until(`${service.management}/health/ready`, 503);
    const draining = await fetch(`${service.http}/draining`);
    expect([draining.status, draining.headers.get('connection')]).toEqual([200, 'close']);
    await draining.arrayBuffer();
    await until(`${service.http}/late`, undefined);
    const answer = await slow;
    expect([answer.status, ((await answer.json()) as { url: string }).url]).toEqual([200, '/slow']);
    const { code, stderr } = await service.running.ended;
    expect({ code, stderr, output: service.running.output() }).toEqual({ code: 0, stderr: '', output: 'stopped after the last answer\n' });
  });

  test('ends at once, with 1, when it is asked a second time', async () => {
    const service = await quotes(quotesV1, { MARTY__SHUTDOWN__DRAIN_SECONDS: '30', MARTY__SHUTDOWN__GRACE_SECONDS: '60' });
    await ready(service);
    service.running.kill('SIGINT');
    await until(`${service.management}/health/ready`, 503);
    service.running.kill('SIGTERM');
    expect((await service.running.ended).code).toBe(1);
  });

  test('cuts off what takes longer than it has, and says so', async () => {
    const service = await quotes(quotesV1, { MARTY__SHUTDOWN__DRAIN_SECONDS: '0', MARTY__SHUTDOWN__GRACE_SECONDS: '2' });
    await ready(service);
    const slow = fetch(`${service.http}/slow`).then(() => 'answered', () => 'cut off');
    await until(`${service.http}/quick`, 200);
    service.running.kill('SIGTERM');
    const { code, stderr } = await service.running.ended;
    expect([await slow, code, stderr]).toEqual(['cut off', 0, 'quotes: not everything was answered within 1 s, and what was not is cut off\n']);
  });

  test.each([
    ['fails', /^quotes: stop\(\) failed: the pool would not close\nError: the pool/],
    ['hangs', /^quotes: stop\(\) did not end within .* s, before the process would be killed/],
  ])('ends with 1 when stop() %s', async (how, message) => {
    const service = await quotes(quotesV1, { STOP: how, MARTY__SHUTDOWN__DRAIN_SECONDS: '0', MARTY__SHUTDOWN__GRACE_SECONDS: '2' });
    await ready(service);
    service.running.kill('SIGTERM');
    const { code, stderr } = await service.running.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });

  test('that is stopped while it starts never begins to serve, and gives back what it opened', async () => {
    const service = await quotes(quotesV1, { START: 'slow' });
    await until(`${service.management}/health/ready`, 503, service.running);
    service.running.kill('SIGTERM');
    const { code, stderr } = await service.running.ended;
    expect({ code, stderr, output: service.running.output() }).toEqual({ code: 0, stderr: '', output: 'started\nstopped after the last answer\n' });
  });

  test('obeys the ConfigMap of a newer version: its port and its values', async () => {
    const service = await quotes(quotesV2);
    await ready(service);
    expect(await (await fetch(service.http)).json()).toEqual({ maxItems: 2, environment: 'local-eu', url: '/' });
    service.running.kill('SIGTERM');
    expect((await service.running.ended).code).toBe(0);
  });

  test('obeys a variable over the ConfigMap', async () => {
    const { other } = await freePorts('other');
    const service = await quotes(quotesV1, { MARTY__CONFIG__MAX_ITEMS: '7', MARTY__PORTS__HTTP__PORT: String(other) });
    await ready(service);
    expect(await (await fetch(`http://127.0.0.1:${other}`)).json()).toMatchObject({ maxItems: 7 });
  });

  test('refuses to start with a removed call and a new required key, naming both, once', async () => {
    const { running } = await quotes(quotesV3);
    const { code, stderr } = await running.ended;
    expect(code).toBe(1);
    expect(stderr.split('\n').slice(1)).toEqual([
      '  calls.web: the ConfigMap has no call web, which this build makes; deploy the image and the ConfigMap of the same description',
      '  required: the ConfigMap requires the configuration key region, which this build does not know; deploy the image built from it',
      '',
    ]);
  });

  test('loads nothing but what it needs', async () => {
    const program = join(__dirname, 'loads.ts');
    const { stdout } = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', program], { cwd: root, encoding: 'utf8' });
    const [kind, ...packages] = stdout.trim().split(' ');
    expect([kind, packages.filter(name => !compiler.includes(name))]).toEqual(['function', ['zod']]);
  });
});
