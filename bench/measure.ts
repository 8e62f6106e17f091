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
export function compare({ name, peerName, goal, runs = 11, ours, peer, cwd }: Comparison): Result {
  const time = ([command, ...args]: readonly string[]) => {
    const start = performance.now();
    execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    return performance.now() - start;
  };
  time(ours);
  time(peer);
  const pairs = Array.from({ length: runs }, () => ({ ours: time(ours), peer: time(peer) }));
  const ratio = median(pairs.map(pair => pair.ours / pair.peer));
  return {
    name, peerName, unit: 'ms', goal,
    ours: median(pairs.map(pair => pair.ours)),
    peer: median(pairs.map(pair => pair.peer)),
    ratio,
    ok: ratio <= goal,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
