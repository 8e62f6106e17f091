import { closest, MartyError, type Problem } from '../../errors';
import { problemsOf } from '../../spec/problems';
import { versionSchema, type Releases } from '../../spec/releases';
import { checkEnvironment } from '../project/environments';
import { readProject } from '../project/config';
import { loadServices } from '../project/load';
import { readReleaseFile, writeVersions } from './releases-file';
import type { Context } from '../command';
import type { MicroserviceSpec } from '../../spec/microservice';

export interface SetOptions {
  readonly environment?: string;
  readonly dryRun?: boolean;
  readonly config?: string;
}

/**
 * `marty env set`: which versions run in an environment.
 *
 * @throws USAGE when a service, an environment or an assignment is none.
 * @throws RELEASE_INVALID when a version cannot be used.
 */
export async function setVersions(context: Context, options: SetOptions, assignments: readonly string[]): Promise<void> {
  const { environment, dryRun = false, config } = options;
  const project = readProject(context.io, context.cwd, config);
  const services = await loadServices(context.io, project);
  const chosen = environment ?? Object.keys(services[0].platform.environments)[0];
  checkEnvironment(services, chosen);
  writeVersions(context, readReleaseFile(context, project, chosen), versionsIn(assignments, services), dryRun);
}

/** What `orders=1.4.2` says, of every service that is named. */
function versionsIn(assignments: readonly string[], services: readonly MicroserviceSpec[]): Releases {
  const pairs = assignments.map((text): readonly [string, string] => {
    const at = text.indexOf('=');
    if (at < 1) throw new MartyError('USAGE', `assignment: is "${text}", expected <service>=<version>, such as orders=1.4.2`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
  const names = pairs.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new MartyError('USAGE', `assignment: gives ${twice} two versions; leave one of them out`);
  checkServices(names, services);
  const problems = pairs.flatMap(([path, version]): Problem[] => problemsOf(versionSchema, version).map(({ message }) => ({ path, message })));
  if (problems.length) throw new MartyError('RELEASE_INVALID', 'the versions cannot be used:', { problems });
  return Object.fromEntries(pairs);
}

/**
 * Checks names of services that stand on the command line.
 *
 * @throws USAGE when there is no service of a name.
 */
export function checkServices(names: readonly string[], services: readonly MicroserviceSpec[]): void {
  const known = services.map(({ name }) => name);
  const unknown = names.filter(name => !known.includes(name));
  if (!unknown.length) return;
  const meant = unknown.map(name => closest(name, known)).filter(name => name !== undefined);
  throw new MartyError('USAGE', `service: is ${unknown.join(', ')}, expected one of ${known.join(', ')}${meant.length ? `; did you mean ${meant.join(', ')}?` : ''}`);
}
