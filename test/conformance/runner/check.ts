import type { FoundJudge } from '../judges/judge';

export type Status = 'passed' | 'failed' | 'skipped';

/** What one judge says of one subject. */
export interface Verdict {
  /** Name of the judge, as in the catalogue. */
  readonly judge: string;
  /** Version that really ran, as the judge itself reports it where it can. */
  readonly version: string;
  /** What was judged, in words a reader finds again: `petstore/production`. */
  readonly subject: string;
  readonly status: Status;
  /** How many objects, records or calls were judged. */
  readonly count: number;
  /** Every problem on a line of its own when failed, otherwise a short remark or nothing. */
  readonly detail: string;
}

/** One line of the report; the JSON file is a list of these. */
export interface Result extends Verdict {
  readonly area: string;
}

export interface CheckContext {
  /** A judge that the check names in `judges`; it is there, the runner looked before. */
  judge(name: string): FoundJudge;
}

/** A named question put to one or more judges. An area's `index.ts` exports its checks as `checks`. */
export interface Check {
  /** Unique in the area. */
  readonly name: string;
  /** Judges without which the check cannot run. */
  readonly judges: readonly string[];
  /** Yields one verdict per subject; a check that yields none is a failure. */
  run(context: CheckContext): AsyncIterable<Verdict>;
}

/** `passed` without a problem, `failed` with one line for each; a judge that looked at nothing has passed nothing. */
export function verdictOf(
  judge: FoundJudge,
  subject: string,
  count: number,
  found: readonly string[],
  remark = '',
): Verdict {
  const problems = count === 0 && found.length === 0 ? ['it judged nothing, expected at least one object'] : found;
  return {
    judge: judge.name,
    version: judge.version,
    subject,
    status: problems.length === 0 ? 'passed' : 'failed',
    count,
    detail: [...problems, ...(remark === '' ? [] : [remark])].join('\n'),
  };
}

/** Says that there was nothing for this judge to look at, and why that is right. */
export function skipped(judge: FoundJudge, subject: string, reason: string): Verdict {
  return { judge: judge.name, version: judge.version, subject, status: 'skipped', count: 0, detail: reason };
}
