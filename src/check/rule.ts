import type { ClusterView } from './cluster-view';
import type { Finding, Severity } from './finding';
import type { NotRun } from './not-run';
import type { UpstreamId } from './upstream';

/** What there is to say about a rule besides how it decides. */
export interface RuleFacts {
  /** Kebab-case, ours, stable. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong when the rule speaks. */
  readonly title: string;
  /** Why it matters, one sentence. */
  readonly why: string;
  /** What to do about it, one sentence. */
  readonly remedy: string;
  /** The checks of other linters it stands for; a finding names those that hold for it. */
  readonly upstream: readonly UpstreamId[];
}

/** One thing to be held against a set of manifests. */
export interface Rule extends RuleFacts {
  check(view: ClusterView): readonly Finding[];
  /** What it could not judge; absent for a rule that can judge everything. */
  notRun?(view: ClusterView): readonly NotRun[];
}

/** What is wrong at one place, before it is known which object it belongs to. */
export interface Flaw {
  /** Dotted path from the object, pod spec or container the rule looked at. */
  readonly path: string;
  /** What stands there; absent means unset. */
  readonly got?: unknown;
  /** What should stand there. */
  readonly expected: string;
  /**
   * The linters that see this instance.
   * @default all of the rule's
   */
  readonly upstream?: readonly UpstreamId[];
}

/** The flaw in a list when it is one, otherwise an empty list. */
export function flawIf(isFlaw: boolean, flaw: Flaw): readonly Flaw[] {
  return isFlaw ? [flaw] : [];
}

/** The flaw as the given linters see it; no flaw when none of them does. */
export function flawSeenBy(upstream: readonly UpstreamId[], flaw: Omit<Flaw, 'upstream'>): readonly Flaw[] {
  return upstream.length === 0 ? [] : [{ ...flaw, upstream }];
}
