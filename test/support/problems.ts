import { MartyError, type ErrorCode, type Problem } from '../../src/errors';

/** Problems as one line each: `scale.min: is 0, expected …`. */
export function linesOf(problems: readonly Problem[]): string[] {
  return problems.map(({ path, message }) => `${path}: ${message}`);
}

/** What a call is refused with, as one line per problem; fails when it is not refused, or with another code. */
export function refusalOf(code: ErrorCode, run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof MartyError)) throw error;
    expect(error.code).toBe(code);
    return linesOf(error.problems);
  }
  throw new Error(`nothing was refused, expected ${code}`);
}

/** Two values that differ in one field: the first is accepted, the second refused with exactly one problem. */
export type Pair = readonly [rule: string, accepted: unknown, refused: unknown, problem: string];

/** One test per pair. */
export function testPairs(problemsOf: (value: unknown) => readonly Problem[], pairs: readonly Pair[]): void {
  test.each(pairs)('%s', (_, accepted, refused, problem) => {
    expect(linesOf(problemsOf(accepted))).toEqual([]);
    expect(linesOf(problemsOf(refused))).toEqual([problem]);
  });
}
