import { MartyError } from '../errors';
import { sourceOf, type Sources } from '../manifests/factoring/source';
import { deliveryFolders } from './delivery-folders';
import { environmentOf } from './plan';
import type { Tree } from './tree';

/** One service in all its environments. */
export interface Service {
  /** As its folder is called. */
  readonly name: string;
  readonly owner: string;
  readonly environments: ReadonlyMap<string, Sources>;
}

/** The environment of what belongs to none, as in a plain cdk8s app. */
const noEnvironment = 'default';

/**
 * The services of a tree, each with its files by environment and name. Left out are the
 * kustomizations, which only list files, and what tells a delivery tool of the plain layout.
 *
 * @throws OUTPUT_CONFLICT when the folders of one service belong to several owners, or two services would get one folder.
 */
export function servicesOf(tree: Tree): Service[] {
  const services = new Map<string, { name: string; owner: string; folder: string; environments: Map<string, Sources> }>();
  for (const [folder, { owner, files }] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (deliveryFolders.has(folder.split('/')[0])) continue;
    const own = folder.includes('/');
    const inside = own ? folder.slice(environmentOf(folder).length + 1) : folder || 'app';
    const name = inside.replaceAll('/', '--');
    const service = services.get(name) ?? { name, owner, folder: inside, environments: new Map<string, Sources>() };
    if (service.owner !== owner) throw conflict(name, `belongs to "${service.owner}" and "${owner}"; let one of them write it in every environment`);
    if (service.folder !== inside) throw conflict(name, `is the folder of ${service.folder} and of ${inside}; rename one of the charts`);
    services.set(name, service);
    const manifests = [...files].filter(([file]) => file !== 'kustomization.yaml');
    const sources = new Map(manifests.map(([file, { text, construct }]) => [file, sourceOf(text, construct)]));
    service.environments.set(own ? environmentOf(folder) : noEnvironment, sources);
  }
  return [...services.values()].map(({ name, owner, environments }) => ({ name, owner, environments }));
}

const conflict = (name: string, message: string) => new MartyError('OUTPUT_CONFLICT', `services cannot be put together: ${name} ${message}`);
