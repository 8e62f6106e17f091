import { performance } from 'node:perf_hooks';

/** Tells how far a long run is. */
export interface Progress {
  /** Says that one more is done. */
  step(): void;
}

export interface ProgressOptions {
  /** Where it is told. @default - the terminal on stderr; nowhere when it is none */
  readonly tell?: (line: string) => void;
  /** How long nothing is told, and how long then between two lines, in milliseconds. @default 2000 */
  readonly everyMs?: number;
}

/** Tells on a terminal, now and then, how many of so many things are done; a run that is over soon says nothing. */
export function createProgress(what: string, total: number, options: ProgressOptions = {}): Progress {
  const { tell = process.stderr.isTTY ? (line: string) => void process.stderr.write(line) : undefined, everyMs = 2000 } = options;
  if (!tell) return { step: () => undefined };
  let [done, told] = [0, performance.now()];
  return {
    step: () => {
      done++;
      if (performance.now() - told < everyMs) return;
      told = performance.now();
      tell(`${done} of ${total} ${what}\n`);
    },
  };
}
