import { MartyError } from '../../errors';
import type { MicroserviceSpec } from '../../spec/microservice';

/**
 * The services of some names; all of them when none is named.
 *
 * @throws USAGE when there is no service of a name.
 */
export function selected(services: readonly MicroserviceSpec[], names: readonly string[]): MicroserviceSpec[] {
  const known = services.map(({ name }) => name);
  const unknown = names.filter(name => !known.includes(name));
  if (unknown.length) throw new MartyError('USAGE', `service: is ${unknown.join(', ')}, expected one of ${known.join(', ')}`);
  return services.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** Some services with all that they call, directly or not, so that their description stands by itself. */
export function withCalled(chosen: readonly MicroserviceSpec[], services: readonly MicroserviceSpec[]): MicroserviceSpec[] {
  const names = new Set(chosen.map(({ name }) => name));
  for (const name of names) {
    const service = services.find(other => other.name === name);
    Object.values(service?.targets ?? {}).forEach(target => names.add(target.name));
  }
  return services.filter(({ name }) => names.has(name));
}
