import { jsonText, type Context } from '../command';
import { exitCodes, type ExitCode } from '../exit-code';
import { MartyError } from '../../errors';
import { diffMarkdown } from './markdown';
import { isEqual, type DiffResult } from './result';
import { closingText, diffText } from './text';

/**
 * Prints a result in the form that is asked for.
 *
 * @throws USAGE when there is no such form.
 */
export function printed({ io, json }: Context, result: DiffResult, format: string): ExitCode {
  checkFormat(format);
  if (json) {
    io.data(jsonText(result));
  } else if (format === 'markdown') {
    io.data(diffMarkdown(result));
  } else {
    io.data(diffText(result, io.paint));
    io.talk(closingText(result));
  }
  return isEqual(result) ? exitCodes.ok : exitCodes.found;
}

/** @throws USAGE when there is no such form. */
export function checkFormat(format: string): void {
  if (format !== 'text' && format !== 'markdown') throw new MartyError('USAGE', `--format is ${format}, expected text or markdown; --json prints JSON`);
}
