import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { adopt } from '../../runner/processes';

/** What is run. */
export interface Program {
  readonly title: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Where its output goes, behind what is there. */
  readonly log: string;
}

/** How a process ended; the code is 128 when a signal ended it. */
export interface Ended { readonly code: number; readonly signal?: NodeJS.Signals }

export interface RunningContainer {
  readonly title: string;
  readonly pid: number;
  /** Nothing while it runs. */
  ended(): Ended | undefined;
  /** Settles when it has ended, however. */
  readonly exited: Promise<void>;
  /** What it has printed since it was started. */
  output(): string;
  /** @throws Error when it does not end in time; it is killed then. */
  wait(timeoutMs: number): Promise<Ended>;
  signal(signal: NodeJS.Signals): void;
}

/** Starts a process that ends with this one at the latest. */
export async function startContainer({ title, file, args, env, cwd, log }: Program): Promise<RunningContainer> {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  const from = statSync(log).size;
  const child = adopt(spawn(file, args, { cwd, env, stdio: ['ignore', output, output] }));
  closeSync(output);
  if (child.pid === undefined) {
    const [error] = await once(child, 'error') as [Error];
    throw new Error(`${title}: ${file} cannot be started: ${error.message}`);
  }
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()));
  return {
    title, exited,
    pid: child.pid,
    ended: () => endOf(child),
    output: () => readFileSync(log).subarray(from).toString('utf8'),
    wait: async timeoutMs => {
      const late = new AbortController();
      await Promise.race([exited, sleep(timeoutMs, undefined, { signal: late.signal }).catch(() => undefined)]);
      late.abort();
      const end = endOf(child);
      if (end) return end;
      child.kill('SIGKILL');
      await exited;
      throw new Error(`${title}: it has not ended after ${timeoutMs} ms; it was killed`);
    },
    signal: name => { child.kill(name); },
  };
}

function endOf({ exitCode, signalCode }: ChildProcess): Ended | undefined {
  if (signalCode !== null) return { code: 128, signal: signalCode };
  return exitCode === null ? undefined : { code: exitCode };
}
