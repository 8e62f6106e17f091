import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import type { Check } from '../../runner/check';
import { freePort } from '../../runner/ports';
import { subjects, type Subject } from '../subjects';
import { perSubject } from './per-subject';

const example = resolve(__dirname, '../../../../examples/petstore');
const jiti = require.resolve('jiti/package.json').replace('package.json', 'lib/jiti-cli.mjs');

const node = { name: 'node', version: process.version, path: process.execPath };

/** The process of a service, started with the very ConfigMap that was rendered for it: called, probed, reconfigured and stopped. */
export const processChecks: readonly Check[] = [{
  name: 'process',
  judges: [],
  run: () => perSubject(node, subjects().filter(({ example: name, environment }) => name === 'petstore' && environment === 'production'), judge),
}];

async function judge(subject: Subject) {
  const folder = mkdtempSync(join(tmpdir(), 'marty-process-'));
  const written = JSON.parse(runtimeJsonOf(subject)) as RuntimeJson;
  const failures: string[] = [];
  let count = 0;
  const expect = (what: string, holds: boolean) => {
    count += 1;
    if (!holds) failures.push(what);
  };
  try {
    const [http, management] = [await freePort(), await freePort()];
    const environment = { MARTY__PORTS__HTTP__PORT: String(http), MARTY__MANAGEMENT__PORT: String(management) };
    const running = start(folder, written, environment);
    try {
      expect('the process is ready within 20 s', await until(async () => (await fetch(`http://127.0.0.1:${management}/health/ready`)).ok));
      expect('it is alive', (await fetch(`http://127.0.0.1:${management}/health/live`)).ok);
      expect('its metrics name the service', (await (await fetch(`http://127.0.0.1:${management}/metrics`)).text()).includes('service="orders"'));
      const answer = await fetch(`http://127.0.0.1:${http}/orders`);
      const body = await answer.json() as { environment?: string; limits?: object };
      expect('it obeys the configuration of production', body.environment === 'production' && JSON.stringify(body.limits) === JSON.stringify(written.config.limits));
      expect('it refuses what the configuration forbids', (await fetch(`http://127.0.0.1:${http}/orders?items=51`)).status === 422);
      running.child.kill('SIGTERM');
      expect('it stops being ready at once when asked to stop', await until(async () => (await fetch(`http://127.0.0.1:${management}/health/ready`)).status === 503, 2000));
      expect('it still serves while the cluster learns that it leaves', (await fetch(`http://127.0.0.1:${http}/orders`)).ok);
      expect('it ends with 0', await running.ended === 0);
    } finally {
      running.child.kill('SIGKILL');
    }

    // The ConfigMap of a later description, read by the build of this one.
    const moved = await freePort();
    const later = start(folder, { ...written, ports: { http: { protocol: 'http', port: moved } } }, { MARTY__MANAGEMENT__PORT: String(management) });
    try {
      expect('it obeys a changed port', await until(async () => (await fetch(`http://127.0.0.1:${moved}/orders`)).ok));
    } finally {
      later.child.kill('SIGKILL');
    }
    await later.ended;
    const { payments: _removed, ...calls } = written.calls;
    const unfit = start(folder, { ...written, calls, required: [...written.required, 'region'], config: { ...written.config, region: 'eu' } }, environment);
    expect('it refuses a ConfigMap that does not fit', await unfit.ended === 1);
    expect('it names the removed call', /calls?\.?\s?.*payments/.test(unfit.said()));
    expect('it names the new required key', unfit.said().includes('region'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { count, problems: failures };
}

interface RuntimeJson {
  readonly ports: object;
  readonly calls: { readonly payments?: object };
  readonly required: readonly string[];
  readonly config: { readonly limits?: object };
}

function runtimeJsonOf({ directory }: Subject): string {
  const { data } = parse(readFileSync(join(directory, 'orders/configmap-orders-config.yaml'), 'utf8')) as { data: Record<string, string> };
  return data['runtime.json'];
}

interface Started { readonly child: ChildProcess; readonly ended: Promise<number | null>; readonly said: () => string }

function start(folder: string, config: object, environment: Readonly<Record<string, string>>): Started {
  const file = join(folder, 'runtime.json');
  writeFileSync(file, JSON.stringify(config));
  const child = spawn(process.execPath, [jiti, join(example, 'orders.ts')], {
    env: { ...process.env, ...environment, MARTY_CONFIG_FILE: file }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', chunk => { text += String(chunk); });
  child.stderr.on('data', chunk => { text += String(chunk); });
  return { child, ended: once(child, 'exit').then(([code]) => code as number | null), said: () => text };
}

async function until(holds: () => Promise<boolean>, milliseconds = 20_000): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await wait(100)) {
    if (await holds().catch(() => false)) return true;
  }
  return false;
}
