import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Timed } from './synth-once';

export const root = join(__dirname, '..');
const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs');

/** The version of an installed package. */
export const versionOf = (name: string) => (createRequire(__filename)(`${name}/package.json`) as { version: string }).version;

/** A file of bench/ as a command. */
export const scriptOf = (file: string, ...args: readonly string[]): string[] => [process.execPath, jiti, join(__dirname, file), ...args];

/** Takes the time of one thing in a process of its own, so that nothing is warm and nothing is left from what went before. */
export function timedRun(work: string, charts: number, chain = false): Timed {
  const [command, ...args] = scriptOf('synth-once.ts', work, String(charts), chain ? 'chain' : 'free');
  return JSON.parse(execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Timed;
}

/** A run whose result has to be the same every time, whoever makes it. */
export function agreeing(): (work: string, charts: number, chain?: boolean) => number {
  let digest: string | undefined;
  return (work, charts, chain) => {
    const timed = timedRun(work, charts, chain);
    digest ??= timed.digest;
    if (timed.digest !== digest) throw new Error(`${work}, ${charts} charts: wrote other bytes than the run before it`);
    return timed.ms;
  };
}
