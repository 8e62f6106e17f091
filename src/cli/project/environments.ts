import { MartyError } from '../../errors';
import type { MicroserviceSpec } from '../../spec/microservice';

/** Names in one text, separated by commas. */
export function namesOf(text: string | undefined): string[] | undefined {
  const names = text?.split(',').map(name => name.trim()).filter(Boolean);
  return names?.length ? names : undefined;
}

/**
 * Checks the name of an environment that stands on the command line.
 *
 * @throws USAGE when the services know no such environment.
 */
export function checkEnvironment(services: readonly MicroserviceSpec[], environment: string): void {
  const known = Object.keys(services[0].platform.environments);
  if (!known.includes(environment)) throw new MartyError('USAGE', `environment is "${environment}", expected one of ${known.join(', ')}`);
}
