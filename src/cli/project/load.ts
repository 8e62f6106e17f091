import { relative, resolve } from 'node:path';
import { types } from 'node:util';
import { createJiti } from 'jiti';
import { isMartyError, MartyError } from '../../errors';
import { checkFleet } from '../../spec/fleet';
import { servicesOf } from './collect';
import { needed, type Project } from './config';
import type { Io } from '../io';
import type { MicroserviceSpec } from '../../spec/microservice';

/**
 * The services of a project: what the module named by `fleet:` exports, be it TypeScript or JavaScript, CommonJS or ESM.
 *
 * @throws PROJECT_INVALID when the module cannot be loaded or exports no service.
 * @throws PLATFORM_INVALID when its services do not fit together.
 */
export async function loadServices(io: Io, project: Project): Promise<MicroserviceSpec[]> {
  const fleet = needed(project, 'fleet');
  const path = resolve(project.folder, fleet);
  if (!io.files.exists(path)) throw new MartyError('PROJECT_INVALID', `${project.file}: fleet is ${fleet}, which is not there; expected the path of the module that exports the services`);
  const services = servicesOf(await load(path, project));
  if (!services.length) throw new MartyError('PROJECT_INVALID', `${path} exports no service; export what \`microservice({ … })\` of a platform returns, each or in a list`);
  checkFleet(services);
  return services;
}

async function load(path: string, { folder }: Project): Promise<unknown> {
  try {
    return await createJiti(path).import(path);
  } catch (cause) {
    if (isMartyError(cause)) throw cause;
    const message = types.isNativeError(cause) ? cause.message : String(cause);
    throw new MartyError('PROJECT_INVALID', `${path} cannot be loaded: ${message}${placeOf(cause, folder)}`, { cause });
  }
}

/** The first place in the user's own files that an error came by. */
function placeOf(error: unknown, folder: string): string {
  const lines = types.isNativeError(error) ? (error.stack ?? '').split('\n') : [];
  const place = lines.map(line => /(?:file:\/\/)?(\/[^()]+|[A-Z]:\\[^()]+):(\d+):\d+/.exec(line))
    .find(match => match?.[1].startsWith(folder) && !match[1].includes('node_modules'));
  return place ? ` (${relative(folder, place[1])}, line ${place[2]})` : '';
}
