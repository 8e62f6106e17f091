/** Every error code of the package with its meaning; `docs/errors.md` tells the remedies, and a test holds the two together. */
export const errorCodes = {
  SPEC_INVALID: 'a description, or one field of it, is not what is allowed',
  PLATFORM_INVALID: 'services or environments that are each right do not fit together',
  PROPS_INVALID: 'a construct was given properties it cannot accept',
  RELEASE_INVALID: 'a release file is missing, incomplete or names no usable version',
  SECRETS_INVALID: 'a file of sealed or encrypted secrets is missing, not encrypted, or not that of the service',
  MANIFEST_INVALID: 'a rendered object would be refused by the API server of the environment',
  INFRASTRUCTURE_INVALID: 'a stack would be refused by Terraform, by its provider or by a policy',
  OUTPUT_CONFLICT: 'an output file or folder belongs to somebody else',
  UPGRADE_REFUSED: 'a cluster could not follow the change of an object, or would lose data by it',
  PROJECT_INVALID: 'cdk8s.yaml or the module it names cannot be used',
  APP_FAILED: 'the program named by app in cdk8s.yaml failed',
  POLICY_INVALID: 'a policy is not what an API server takes, or cannot be told before a request is made',
  CONFIG_INVALID: 'the configuration that a process found does not fit its code',
  START_FAILED: 'a process could not start what its description declares',
  NOT_AVAILABLE: 'the description declares it, but the library for it is not part of this version',
  STOP_FAILED: 'a process could not stop in the time it is given, or its stop function failed',
  CALL_TIMEOUT: 'a called service did not answer within the time that the description gives it',
  INPUT_INVALID: 'manifests that were given to be read are no YAML, or hold no object of a cluster',
  FILE_EXISTS: 'a file that would be written is there already',
  OBJECT_MISSING: 'a test asked an environment for an object that it does not have, or has more than once',
  KAFKA_PLAN_REFUSED: 'there is no safe way from one Kafka to the other, or not in one plan',
  CLUSTER_FAILED: 'a cluster could not be read with kubectl',
  TOOL_MISSING: 'a program that is needed is not on the machine',
  USAGE: 'the command line was used wrongly',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** One thing that is wrong, where it is, and what to do about it. */
export interface Problem {
  /** Where: the path of a field in a description, of a construct or of a file. */
  readonly path: string;
  /** What is wrong, in lower case: `is 0, expected an integer of at least 1`. */
  readonly message: string;
}

const brand = Symbol.for('marty-msf.error');

/** The one error class of the package. Use {@link isMartyError} to recognise it. */
export class MartyError extends Error {
  readonly code: ErrorCode;
  /** Everything that is wrong, not only the first thing found. */
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, summary: string, options: { problems?: readonly Problem[]; cause?: unknown } = {}) {
    const lines = (options.problems ?? []).map(({ path, message }) => `\n  ${path ? `${path}: ` : ''}${message}`);
    super(`${summary}${lines.join('')}`, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'MartyError';
    this.code = code;
    this.problems = options.problems ?? [];
    // The message tells them already; a printed error need not do so twice.
    Object.defineProperty(this, 'problems', { enumerable: false });
    Object.defineProperty(this, brand, { value: true });
  }
}

/**
 * Tells whether an error is one of this package, of any installed copy of it.
 *
 * @param code only this code, when given.
 */
export function isMartyError(error: unknown, code?: ErrorCode): error is MartyError {
  return error instanceof Error && brand in error && (code === undefined || ('code' in error && error.code === code));
}

/**
 * The candidate that was most likely meant: equal but for case, or a few edits away.
 *
 * @param within fewer edits than this. @default - 3, and 2 for short words
 */
export function closest(word: string, candidates: readonly string[], within = word.length <= 3 ? 2 : 3): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = within;
  for (const candidate of candidates) {
    const edits = candidate.toLowerCase() === lower ? 0 : distance(lower, candidate.toLowerCase(), within);
    if (edits < least) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** The question at the end of a message about a name that does not exist, `; did you mean orders?`, or nothing where none is close. */
export function didYouMean(word: string, candidates: readonly string[], within?: number): string {
  const meant = candidates.includes(word) ? undefined : closest(word, candidates, within);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** Insertions, deletions, replacements and swaps of neighbours between two words. */
function distance(a: string, b: string, within: number): number {
  if (Math.abs(a.length - b.length) >= within) return Number.POSITIVE_INFINITY;
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, rows[i - 2][j - 2] + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
