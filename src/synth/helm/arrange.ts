import { guardedFile } from '../guarded';
import type { Layout } from '../layout';
import { servicesOf } from '../services';
import type { Folder, Tree } from '../tree';
import { chartOf } from './chart';

/**
 * A tree of all environments as a Helm chart per service, `<service>/Chart.yaml`, with the values of each environment in `values-<environment>.yaml`:
 * `helm template` with that file gives exactly what stood in `<environment>/<service>`.
 *
 * @throws OUTPUT_CONFLICT when services cannot be put together.
 */
export function helmTree(plain: Tree): { readonly tree: Tree; readonly layout: Layout } {
  const tree = new Map<string, Folder>();
  for (const service of servicesOf(plain)) {
    const { files, templates } = chartOf(service);
    tree.set(service.name, { owner: service.owner, files: new Map([...files].map(([file, text]) => [file, { text, construct: '' }])) });
    tree.set(`${service.name}/templates`, { owner: service.owner, files: templates });
  }
  return { tree, layout };
}

const isTemplates = (folder: string) => folder.endsWith('/templates');

const layout: Layout = {
  placeOf: folder => ({ service: folder.split('/')[0], environment: isTemplates(folder) ? 'templates' : 'chart' }),
  indexOf: () => undefined,
  guardedIn: (_, file) => (file.startsWith(`${guardedFile}-`) ? file.slice(guardedFile.length + 1) : undefined),
  holdsObject: isTemplates,
};
