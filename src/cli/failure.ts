import { types } from 'node:util';
import { CommanderError } from 'commander';
import { isMartyError, MartyError, type ErrorCode, type Problem } from '../errors';
import { jsonText } from './command';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code';
import type { Io } from './io';

/** Tells an error, or prints it as JSON, and says how the command ends. */
export function failed(thrown: unknown, io: Io, json: boolean): ExitCode {
  if (thrown instanceof CommanderError) return usageFailed(thrown, io, json);
  const error = refusedBySystem(thrown) ? new MartyError('PROJECT_INVALID', thrown.message, { cause: thrown }) : thrown;
  const exit = exitCodeOf(error);
  const known = isMartyError(error);
  const message = types.isNativeError(error) ? error.message : String(error);
  const label = io.color ? '\u001B[31merror:\u001B[39m' : 'error:';
  if (json) print(io, known ? error.code : 'INTERNAL', message, known ? error.problems : []);
  else if (known) io.talk(`${label} ${message}\n`);
  if (!known) io.talk(`${label} ${types.isNativeError(error) ? error.stack ?? message : message}\nThis is a mistake of marty itself; please report it with the lines above.\n`);
  return exit;
}

/** What the operating system refuses, such as a file that may not be read, is no mistake of ours. */
function refusedBySystem(error: unknown): error is Error {
  return types.isNativeError(error) && 'syscall' in error;
}

/** Commander has told it by then; help and version that were asked for are no failure. */
function usageFailed(error: CommanderError, io: Io, json: boolean): ExitCode {
  if (error.exitCode === 0) return exitCodes.ok;
  if (json) print(io, 'USAGE', error.message.replace(/^error: /, ''), []);
  return exitCodes.usage;
}

function print(io: Io, code: ErrorCode | 'INTERNAL', message: string, problems: readonly Problem[]): void {
  io.data(jsonText({ error: { code, message, problems: problems.map(problem => ({ path: problem.path, message: problem.message })) } }));
}
