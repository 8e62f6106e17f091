import type { ObjectReference } from './finding';

/** A check that could not be made, so that its silence means nothing. */
export interface NotRun {
  /** The id of the rule. */
  readonly rule: string;
  readonly object: ObjectReference;
  /** Why it could not be made. */
  readonly reason: string;
}
