/** What is so, and what it has to be. */
export type Fact = readonly [what: string, found: unknown, expected: unknown];

/** What a part of a check found. */
export interface Finding {
  readonly facts: readonly Fact[];
  /** Figures, a line each. */
  readonly remarks: readonly string[];
}

/** One line for each fact that is not as expected. */
export const problemsOf = (facts: readonly Fact[]): string[] => facts.flatMap(([what, found, expected]) => (
  JSON.stringify(found) === JSON.stringify(expected) ? [] : [`${what} is ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`]));

/** Seconds since a time, for a remark. */
export const since = (began: number): string => `${((Date.now() - began) / 1000).toFixed(1)} s`;
