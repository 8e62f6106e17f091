/** Every error code of the package with its meaning; `docs/errors.md` tells the remedies, and a test holds the two together. */
export const errorCodes = {
  SPEC_INVALID: 'a description, or one field of it, is not what is allowed',
  PLATFORM_INVALID: 'services or environments that are each right do not fit together',
  PROPS_INVALID: 'a construct was given properties it cannot accept',
  RELEASE_INVALID: 'a release file is missing, incomplete or names no usable version',
  MANIFEST_INVALID: 'a rendered object would be refused by the API server of the environment',
  OUTPUT_CONFLICT: 'an output file or folder belongs to somebody else',
  PROJECT_INVALID: 'cdk8s.yaml or the module it names cannot be used',
  APP_FAILED: 'the program named by app in cdk8s.yaml failed',
  CONFIG_INVALID: 'the configuration that a process found does not fit its code',
  START_FAILED: 'a process could not start what its description declares',
  NOT_AVAILABLE: 'the description declares it, but the library for it is not part of this version',
  STOP_FAILED: 'a process could not stop in the time it is given, or its stop function failed',
  CALL_TIMEOUT: 'a called service did not answer within the time that the description gives it',
  INPUT_INVALID: 'manifests that were given to be read are no YAML, or hold no object of a cluster',
  FILE_EXISTS: 'a file that would be written is there already',
  OBJECT_MISSING: 'a test asked an environment for an object that it does not have, or has more than once',
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
