import { isMartyError } from '../errors';

/** How a command ends; the same for every command. */
export const exitCodes = {
  /** It did what was asked. */
  ok: 0,
  /** It found something: findings, drift. */
  found: 1,
  /** The command line was used wrongly. */
  usage: 2,
  /** What it was given cannot be used: a description, a project, an output folder. */
  input: 3,
  /** A program that it needs is not on the machine. */
  tool: 4,
  /** Our own mistake. */
  bug: 70,
} as const;

export type ExitCode = typeof exitCodes[keyof typeof exitCodes];

/** How a command ends that was stopped by an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!isMartyError(error)) return exitCodes.bug;
  if (error.code === 'USAGE') return exitCodes.usage;
  return error.code === 'TOOL_MISSING' ? exitCodes.tool : exitCodes.input;
}
