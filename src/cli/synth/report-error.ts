import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { isMartyError, type MartyError } from '../../errors';

/**
 * Loaded into the user's app before its first line, by NODE_OPTIONS. An error of ours that ends the app is printed as its message,
 * since its stack leads through code that the user did not write, and is left as JSON for marty. All other errors end as ever.
 */

/** The variable that names the file an error is left in. */
const errorFile = process.env.MARTY_ERROR_FILE;

function leave({ code, message, problems }: MartyError): void {
  if (errorFile) writeFileSync(errorFile, JSON.stringify({ code, message, problems }));
}

process.on('uncaughtExceptionMonitor', error => {
  if (!isMartyError(error) || process.listenerCount('uncaughtException') > 0) return;
  leave(error);
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

// Loaders such as jiti catch what a module throws and print it themselves.
Object.defineProperty(Error.prototype, inspect.custom, {
  configurable: true,
  get(this: unknown) {
    return isMartyError(this) ? shown : undefined;
  },
});

function shown(this: MartyError): string {
  leave(this);
  return this.message;
}
