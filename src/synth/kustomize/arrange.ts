import { factored, type Factored } from '../../manifests/factoring/factor';
import type { Sources } from '../../manifests/factoring/source';
import { guardedFile, guardedTextOf, type KnownParts } from '../guarded';
import { servicesOf, type Service } from '../services';
import type { Layout } from '../layout';
import type { Folder, Tree } from '../tree';
import { baseKustomization, componentKustomization, overlayKustomization } from './kustomization';

/** A tree in another arrangement, and which one that is. */
export interface Arranged { readonly tree: Tree; readonly layout: Layout }

/** The folder of the indexes: an environment is built by what it lists. No service can have such a name. */
const environmentsFolder = '_environments';

/**
 * A tree of all environments as `<service>/base`, `<service>/overlays/<environment>` and `<service>/components/<name>`: what environments have in
 * common is said once, and `kustomize build` of an overlay gives exactly what stood in `<environment>/<service>`.
 *
 * @throws OUTPUT_CONFLICT when services cannot be put together.
 */
export function kustomizeTree(plain: Tree): Arranged {
  const tree = new Map<string, Folder>();
  for (const service of servicesOf(plain)) {
    for (const [folder, files] of foldersOf(service, factored(service.environments))) tree.set(`${service.name}/${folder}`, { owner: service.owner, files });
  }
  return { tree, layout };
}

type Files = Map<string, { readonly text: string; readonly construct: string }>;

function foldersOf({ environments }: Service, { base, components, overlays }: Factored): Map<string, Files> {
  const folders = new Map<string, Files>();
  const add = (folder: string, files: Sources, kustomization: string) => (
    folders.set(folder, new Map([...files].map(([file, { text, construct }]) => [file, { text, construct }] as const)).set('kustomization.yaml', { text: kustomization, construct: '' })));
  if (base.size) add('base', base, baseKustomization(base.keys()));
  for (const component of components) add(`components/${component.name}`, component.files, componentKustomization(component));
  const known: KnownParts = new Map();
  for (const [name, sources] of environments) {
    const overlay = overlays.get(name);
    if (!overlay) continue;
    add(`overlays/${name}`, overlay.files, overlayKustomization(overlay, base.size > 0));
    const guarded = guardedTextOf(sources, known);
    if (guarded) folders.get(`overlays/${name}`)?.set(guardedFile, { text: guarded, construct: '' });
  }
  return folders;
}

const environmentOf = (folder: string) => /^[^/]+\/overlays\/([^/]+)$/.exec(folder)?.[1];

const layout: Layout = {
  placeOf: folder => {
    const [service, ...rest] = folder.split('/');
    return { service, environment: rest[0] === 'overlays' ? rest.slice(1).join('/') : rest.join('/') };
  },
  indexOf: folder => {
    const environment = environmentOf(folder);
    return environment === undefined ? undefined : { folder: `${environmentsFolder}/${environment}`, entry: `../../${folder}` };
  },
  guardedIn: (folder, file) => (file === guardedFile ? environmentOf(folder) : undefined),
  holdsObject: (_, file) => file !== 'kustomization.yaml' && file !== guardedFile,
};
