import { isMartyError } from '../../errors';

/**
 * Writes an error to stderr, where the log of a container is read.
 *
 * @param what what failed, where the error does not say it itself.
 */
export function report(error: unknown, what?: string): void {
  process.stderr.write(`${what === undefined ? '' : `${what}: `}${textOf(error)}\n`);
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An error as its reader needs it: what we checked in words, everything else with the place it comes from. */
function textOf(error: unknown): string {
  if (isMartyError(error)) return error.cause instanceof Error && error.code !== 'CONFIG_INVALID' ? `${error.message}\n${textOf(error.cause)}` : error.message;
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
