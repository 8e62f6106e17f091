import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const children = new Set<ChildProcess>();
const folders = new Set<string>();
let watching = false;

/** Makes sure that no process and no folder of this run outlives it, however it ends. */
function watchForTheEnd(): void {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const child of children) child.kill('SIGKILL');
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
}

/** Kills the child when this process ends, unless it ended before. */
export function adopt<T extends ChildProcess>(child: T): T {
  watchForTheEnd();
  children.add(child);
  child.once('exit', () => children.delete(child));
  child.once('error', () => children.delete(child));
  return child;
}

/** A new empty folder that is removed at the end of the run. */
export function scratchFolder(purpose: string): string {
  watchForTheEnd();
  const folder = mkdtempSync(join(tmpdir(), `marty-${purpose}-`));
  folders.add(folder);
  return folder;
}

export function removeScratch(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  folders.delete(folder);
}

export interface ExecuteOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Text for standard input. @default nothing */
  readonly input?: string;
  /** Kills the process after this time. @default 120000 */
  readonly timeoutMs?: number;
  /** Receives standard error as it comes. */
  readonly onStderr?: (text: string) => void;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command to its end and returns what it printed, whatever its exit code.
 *
 * @throws Error when it cannot be started or does not end in time.
 */
export function execute(command: string, args: readonly string[], options: ExecuteOptions = {}): Promise<Outcome> {
  const { timeoutMs = 120_000 } = options;
  return new Promise((resolve, reject) => {
    const child = adopt(spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['pipe', 'pipe', 'pipe'] }));
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${command}: it has not ended after ${timeoutMs} ms; it was killed`));
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr.push(chunk);
      options.onStderr?.(chunk.toString());
    });
    child.once('error', error => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const text = Buffer.concat(stderr).toString();
      resolve({
        code: code ?? 128,
        stdout: Buffer.concat(stdout).toString(),
        stderr: signal ? `${text}\nended by ${signal}` : text,
      });
    });
    // A process that ends without reading its input closes the pipe; its exit code tells, not the pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Ends a server politely, then by force. */
export async function stop(child: ChildProcess, graceMs = 5_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}
