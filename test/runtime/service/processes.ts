import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A service that runs as a process of its own. */
export interface Running {
  readonly output: () => string;
  /** Code or signal with which it ended, and what it said on stderr. */
  readonly ended: Promise<{ code: number | null; stderr: string; ms: number }>;
  kill(signal: NodeJS.Signals): void;
}

/** The repository. */
export const root = join(__dirname, '../../..');
const alive = new Set<Running>();

/** Starts one of the programs beside this file. */
export function run(program: string, env: Readonly<Record<string, string>>): Running {
  const began = Date.now();
  const child = spawn(process.execPath, [join(root, 'node_modules/jiti/lib/jiti-cli.mjs'), join(__dirname, `${program}.ts`)], {
    cwd: root, env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => { stdout += String(chunk); });
  child.stderr.on('data', chunk => { stderr += String(chunk); });
  const running: Running = {
    output: () => stdout + stderr,
    ended: new Promise(resolve => {
      child.once('close', code => {
        alive.delete(running);
        resolve({ code, stderr, ms: Date.now() - began });
      });
    }),
    kill: signal => { child.kill(signal); },
  };
  alive.add(running);
  return running;
}

/** Ends whatever a failed test left behind. */
export function endAll(): void {
  alive.forEach(running => running.kill('SIGKILL'));
}

/** The status of a page, once it answers at all; undefined while nobody does. */
export async function statusOf(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return undefined;
  }
}

/** Waits until a page has a status. */
export async function until(url: string, status: number | undefined, running?: Running): Promise<void> {
  for (let tries = 0; await statusOf(url) !== status; tries++) {
    if (tries > 500) throw new Error(`${url} never had status ${status}\n${running?.output() ?? ''}`);
    await sleep(20);
  }
}
