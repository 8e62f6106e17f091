import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';

/** What a synth spends its time on. */
export const phases = ['validate', 'order', 'render', 'check', 'yaml', 'compare', 'write'] as const;
export type Phase = (typeof phases)[number];

/** Where the time of a process went, as it stands in the file that `MARTY_PROFILE_FILE` names. */
export interface ProfileReport {
  /** From the start of the process to the start of the first synth, in milliseconds: loading code, building the app. */
  readonly buildMs: number;
  /** Milliseconds per phase. */
  readonly phases: Readonly<Partial<Record<Phase, number>>>;
  /** Each chart by its path: its objects, and the milliseconds from rendering to writing them. */
  readonly charts: readonly ChartTime[];
}

export interface ChartTime { readonly path: string; readonly objects: number; readonly ms: number }

/** Takes the time of a synth, when somebody wants to know. */
export interface Profile {
  /** Does some work and counts its time. */
  time<T>(phase: Phase, work: () => T): T;
  /** Does some work for objects of a chart, and counts its time. */
  chart<T>(path: string, work: () => T, objects?: (result: T) => number): T;
  /** Says that all is done. */
  end(): void;
}

const unwatched: Profile = { time: (_, work) => work(), chart: (_, work) => work(), end: () => undefined };

/** What was counted so far in this process; an app may be synthesized in several goes. */
const counted = {
  phases: new Map<Phase, number>(),
  charts: new Map<string, { objects: number; ms: number }>(),
  buildMs: undefined as number | undefined,
};

/** Counts time when `MARTY_PROFILE_FILE` names a file for it. */
export function createProfile(file = process.env.MARTY_PROFILE_FILE): Profile {
  if (!file) return unwatched;
  counted.buildMs ??= performance.now();
  let inner = 0;
  const since = (start: number) => performance.now() - start;
  return {
    time: (phase, work) => {
      const [start, outer] = [performance.now(), inner];
      inner = 0;
      try {
        return work();
      } finally {
        // Work within work is counted once, for the inner phase.
        const total = since(start);
        counted.phases.set(phase, (counted.phases.get(phase) ?? 0) + total - inner);
        inner = outer + total;
      }
    },
    chart: (path, work, objects = () => 1) => {
      const start = performance.now();
      const result = work();
      const { objects: before, ms } = counted.charts.get(path) ?? { objects: 0, ms: 0 };
      counted.charts.set(path, { objects: before + objects(result), ms: ms + since(start) });
      return result;
    },
    end: () => {
      const charts = [...counted.charts].map(([path, time]) => ({ path, ...time }));
      const report: ProfileReport = { buildMs: counted.buildMs ?? 0, phases: Object.fromEntries(counted.phases), charts };
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(report));
    },
  };
}
