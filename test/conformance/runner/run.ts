import type { AreaCheck } from './areas';
import type { Result, Verdict } from './check';
import { catalogue, judgeNamed } from '../judges/catalogue';
import type { FoundJudge, Judge } from '../judges/judge';

export interface RunOptions {
  /** A missing judge that is not optional is a failure. */
  readonly requireAll: boolean;
  /** Build missing judges first. */
  readonly install: boolean;
  readonly onResult: (result: Result) => void;
  /** Told when a check has said everything. @param seconds the time that it took */
  readonly onEnd?: (check: AreaCheck, seconds: number) => void;
  readonly talk: (line: string) => void;
}

/** Runs the checks one after the other; the machine's cores belong to the judge at work. */
export async function runChecks(checks: readonly AreaCheck[], options: RunOptions): Promise<Result[]> {
  const results: Result[] = [];
  const judges = await findJudges(checks, options);
  for (const { area, check } of checks) {
    const started = performance.now();
    for await (const verdict of verdicts({ area, check }, judges, options)) {
      const result = { area, ...verdict };
      results.push(result);
      options.onResult(result);
    }
    options.onEnd?.({ area, check }, (performance.now() - started) / 1000);
  }
  return results;
}

interface Search {
  readonly judge: Judge;
  readonly found?: FoundJudge;
  /** Why it could not be installed. */
  readonly problem?: string;
}

async function findJudges(checks: readonly AreaCheck[], options: RunOptions): Promise<ReadonlyMap<string, Search>> {
  const known = catalogue();
  const searches = new Map<string, Search>();
  for (const name of new Set(checks.flatMap(({ check }) => check.judges))) {
    searches.set(name, await findJudge(judgeNamed(name, known), options));
  }
  return searches;
}

async function findJudge(judge: Judge, { install, talk }: RunOptions): Promise<Search> {
  try {
    const found = (await judge.find()) ?? (install ? await judge.install?.(talk) : undefined);
    return { judge, found };
  } catch (error) {
    return { judge, problem: messageOf(error) };
  }
}

async function* verdicts(
  { check }: AreaCheck,
  judges: ReadonlyMap<string, Search>,
  options: RunOptions,
): AsyncIterable<Verdict> {
  const missing = check.judges
    .map(name => judges.get(name))
    .filter(search => search !== undefined)
    .filter(search => !search.found);
  if (missing.length > 0) {
    for (const search of missing) yield absence(check.name, search, options);
    return;
  }
  let count = 0;
  try {
    for await (const verdict of check.run({ judge: name => foundJudge(name, judges) })) {
      count += 1;
      yield verdict;
    }
    // A check that looked at nothing must never look like one that found nothing.
    if (count === 0) {
      yield failure(check.name, check.judges, judges, 'it judged nothing, expected at least one subject');
    }
  } catch (error) {
    yield failure(check.name, check.judges, judges, messageOf(error));
  }
}

function absence(subject: string, { judge, problem }: Search, { requireAll }: RunOptions): Verdict {
  const how = judge.install ? `run npm run judges -- ${judge.name}` : judge.how ?? `have ${judge.name} on the PATH`;
  return {
    judge: judge.name,
    version: judge.version,
    subject,
    status: requireAll && !judge.optional ? 'failed' : 'skipped',
    count: 0,
    detail: problem ?? `${judge.name} is not on this machine; ${how}`,
  };
}

function failure(
  subject: string,
  names: readonly string[],
  judges: ReadonlyMap<string, Search>,
  detail: string,
): Verdict {
  const versions = names.map(name => judges.get(name)?.found?.version ?? '');
  return { judge: names.join('+'), version: versions.join('+'), subject, status: 'failed', count: 0, detail };
}

function foundJudge(name: string, judges: ReadonlyMap<string, Search>): FoundJudge {
  const found = judges.get(name)?.found;
  if (!found) throw new Error(`check: judge ${name} is used but not named in judges; add it there`);
  return found;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
