import type { FoundJudge } from '../../judges/judge';
import type { Verdict } from '../../runner/check';
import { skipped, verdictOf } from '../../runner/check';
import type { Subject } from '../subjects';
import { titleOf } from '../subjects';

export interface Findings {
  /** How many objects were judged. */
  readonly count: number;
  readonly problems: readonly string[];
  readonly remarks?: readonly string[];
}

/** One verdict per subject: a judge that breaks down over one of them still judges the others. */
export async function* perSubject(
  judge: FoundJudge,
  subjects: readonly Subject[],
  ask: (subject: Subject) => Promise<Findings | string>,
): AsyncIterable<Verdict> {
  for (const subject of subjects) {
    yield await verdict(judge, titleOf(subject), () => ask(subject));
  }
}

/** A text instead of findings says why there is nothing to judge. */
async function verdict(judge: FoundJudge, title: string, ask: () => Promise<Findings | string>): Promise<Verdict> {
  try {
    const findings = await ask();
    if (typeof findings === 'string') return skipped(judge, title, findings);
    return verdictOf(judge, title, findings.count, findings.problems, (findings.remarks ?? []).join('; '));
  } catch (error) {
    return verdictOf(judge, title, 0, [error instanceof Error ? error.message : String(error)]);
  }
}
