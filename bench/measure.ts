import { execFileSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** One comparison, as the JSON report shows it. */
export interface Result {
  readonly name: string;
  /** Median of our runs. */
  readonly ours: number;
  /** Median of the peer's runs. */
  readonly peer: number;
  readonly peerName: string;
  readonly unit: 'ms';
  /** Median of the ratios of neighbouring runs: what the machine does in the meantime hits both. */
  readonly ratio: number;
  /** The ratio that must not be exceeded. */
  readonly goal: number;
  readonly ok: boolean;
  /** What else is worth knowing. */
  readonly note?: string;
}

export interface Comparison {
  readonly name: string;
  readonly peerName: string;
  readonly goal: number;
  /** Counted runs of each. @default 11 */
  readonly runs?: number;
  /** What is timed: a command of ours and one of the peer, in this folder. */
  readonly ours: readonly string[];
  readonly peer: readonly string[];
  readonly cwd: string;
}

/** Times two commands as whole processes, in turn, after one warm-up of each. */
export function compare({ ours, peer, cwd, ...comparison }: Comparison): Result {
  return compareTimes({ ...comparison, ours: () => timeProcess(ours, cwd), peer: () => timeProcess(peer, cwd) });
}

/** Runs a command once, and returns how long it took in milliseconds. */
export function timeProcess([command, ...args]: readonly string[], cwd?: string): number {
  const start = performance.now();
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  return performance.now() - start;
}

export interface TimesComparison extends Omit<Comparison, 'ours' | 'peer' | 'cwd'> {
  /** Does something once, and returns how long it took in milliseconds. */
  readonly ours: () => number;
  readonly peer: () => number;
}

/** Compares two times, taken in turn, after one warm-up of each. */
export function compareTimes({ name, peerName, goal, runs = 11, ours, peer }: TimesComparison): Result {
  ours();
  peer();
  const pairs = Array.from({ length: runs }, () => ({ ours: ours(), peer: peer() }));
  const ratio = median(pairs.map(pair => pair.ours / pair.peer));
  return {
    name, peerName, unit: 'ms', goal,
    ours: median(pairs.map(pair => pair.ours)),
    peer: median(pairs.map(pair => pair.peer)),
    ratio,
    ok: ratio <= goal,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
