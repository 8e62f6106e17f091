/**
 * What kind of mistake a problem is.
 *
 * `unknown-kind` stands apart: no schema knows the kind, so nothing but its metadata was checked, and the caller decides whether a foreign
 * kind is welcome. `version` is right in another version of Kubernetes than the one asked for.
 */
export type ProblemReason =
  | 'unknown-kind' | 'unknown-field' | 'missing' | 'type' | 'value' | 'duplicate' | 'version';

/** One mistake in one manifest. */
export interface Problem {
  readonly reason: ProblemReason;
  /** Where it is, such as `spec.template.spec.containers[0].image`; empty for the object itself. */
  readonly path: string;
  /** What is there, in words; `[hidden]` where it is secret. */
  readonly got: string;
  /** What may be there. */
  readonly expected: string;
  /** All of it as one sentence, with what to do about it where that can be said. */
  readonly message: string;
}
