import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzzedApp } from './apps';
import { compareSynths } from './comparison';
import { documentProblem } from './documents';
import { readingProblem } from './reading';

/** What a run found. */
export interface Tally {
  /** How many ended well, alike. */
  readonly alike: number;
  /** How many failed alike, with the same words. */
  readonly failed: number;
  /** What is wrong, with the seed that shows it again. */
  readonly problems: readonly string[];
}

const problemLimit = 5;

/** Compares generated apps until so many were synthesized to the same bytes; those that both refuse are counted beside. */
export function fuzzApps(seed: number, wanted: number, tell: (alike: number) => void = () => undefined): Tally {
  const folder = mkdtempSync(join(tmpdir(), 'marty-fuzz-'));
  const problems: string[] = [];
  let [alike, failed] = [0, 0];
  try {
    for (let at = seed; alike < wanted && problems.length < problemLimit; at++) {
      const comparison = compareSynths(outdir => fuzzedApp(at, outdir), folder);
      if (comparison.problem) problems.push(`app ${at}: ${comparison.problem}`);
      else if (comparison.failed) failed++;
      else tell(++alike);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { alike, failed, problems };
}

/** Compares so many generated documents, as they are printed. */
export function fuzzDocuments(seed: number, wanted: number, tell?: (alike: number) => void): Tally {
  return fuzzed(documentProblem, seed, wanted, tell);
}

/** Compares so many generated texts, as they are read. */
export function fuzzReading(seed: number, wanted: number, tell?: (alike: number) => void): Tally {
  return fuzzed(readingProblem, seed, wanted, tell);
}

type ProblemOf = (seed: number) => string | undefined;

function fuzzed(problemOf: ProblemOf, seed: number, wanted: number, tell: (alike: number) => void = () => undefined): Tally {
  const problems: string[] = [];
  let alike = 0;
  for (let at = seed; at < seed + wanted && problems.length < problemLimit; at++) {
    const problem = problemOf(at);
    if (problem) problems.push(problem);
    else tell(++alike);
  }
  return { alike, failed: 0, problems };
}

/** The seed that was asked for, else one that changes from run to run. */
export function seedOf(env: NodeJS.ProcessEnv): number {
  const asked = env.MARTY_SEED;
  if (asked === undefined || asked === '') return Math.floor(Math.random() * 2 ** 31);
  if (!/^\d{1,10}$/.test(asked)) throw new Error(`MARTY_SEED: is "${asked}", expected a whole number`);
  return Number(asked);
}
