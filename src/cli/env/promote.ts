import { MartyError } from '../../errors';
import { problemsOf } from '../../spec/problems';
import { versionSchema } from '../../spec/releases';
import { checkEnvironment, namesOf } from '../project/environments';
import { readProject } from '../project/config';
import { loadServices } from '../project/load';
import { readReleaseFile, writeVersions } from './releases-file';
import { checkServices } from './set';
import type { Context } from '../command';

export interface PromoteOptions {
  readonly service?: string;
  readonly dryRun?: boolean;
  readonly config?: string;
}

/**
 * `marty env promote`: lets what runs in one environment run in another one, too.
 *
 * @throws USAGE when a service or environment is none.
 * @throws RELEASE_INVALID when a service has no usable version to promote.
 */
export async function promote(context: Context, { service, dryRun = false, config }: PromoteOptions, [from, to]: readonly string[]): Promise<void> {
  const project = readProject(context.io, context.cwd, config);
  const services = await loadServices(context.io, project);
  [from, to].forEach(environment => checkEnvironment(services, environment));
  if (from === to) throw new MartyError('USAGE', `environment: is "${to}" twice, expected two environments, such as dev staging`);
  if (service !== undefined && !namesOf(service)) throw new MartyError('USAGE', '--service is empty, expected services separated by commas');
  const names = namesOf(service) ?? services.map(({ name }) => name);
  checkServices(names, services);
  const { versions, path } = readReleaseFile(context, project, from);
  const problems = names.flatMap(name => (Object.hasOwn(versions, name)
    ? problemsOf(versionSchema, versions[name]).map(({ message }) => ({ path: name, message }))
    : [{ path: name, message: `has no version in ${from}; set one there, or name the services to promote with --service` }]));
  if (problems.length) throw new MartyError('RELEASE_INVALID', `${path} cannot be promoted:`, { problems });
  writeVersions(context, readReleaseFile(context, project, to), Object.fromEntries(names.map(name => [name, String(versions[name])])), dryRun);
}
