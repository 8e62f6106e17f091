import { MartyError } from '../../errors';
import { addCommand, jsonText, type Cli, type Context } from '../command';
import { catalogOf } from '../catalog/entities';
import { filesOf, streamOf } from '../catalog/files';
import { readProject } from '../project/config';
import { loadServices } from '../project/load';
import { checkWriteOptions, writeFiles, type WriteOptions } from '../written-files';

interface CatalogOptions extends WriteOptions {
  readonly owner?: string;
  readonly lifecycle?: string;
  readonly config?: string;
}

/** `marty catalog`: the services as entities of a Backstage catalogue. */
export function addCatalog(cli: Cli): void {
  addCommand<CatalogOptions>(cli, 'catalog', 'Print the services as entities of a Backstage catalogue', run)
    .option('--out <dir>', 'write a catalog-info.yaml per service, and one that leads to them, instead of printing them')
    .option('--owner <team>', 'who answers for what services share (default: the team with the most services)')
    .option('--lifecycle <name>', 'how mature everything is (default: production)')
    .option('--dry-run', 'with --out, list the files that would be written, and write none')
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .addHelpText('after', `
Register the catalog-info.yaml of the folder itself with Backstage: it is a Location that leads to all others.`);
}

async function run(context: Context, { out, owner, lifecycle, dryRun, config }: CatalogOptions): Promise<void> {
  checkWriteOptions({ out, dryRun });
  const { io, cwd, json } = context;
  for (const [flag, word] of Object.entries({ owner, lifecycle })) {
    if (word !== undefined && !/^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/.test(word)) throw new MartyError('USAGE', `--${flag} is "${word}", expected letters and digits, with single "-", "_" or "." between them`);
  }
  const catalog = catalogOf(await loadServices(io, readProject(io, cwd, config)), { owner, lifecycle });
  const entities = [...catalog.shared, ...Object.values(catalog.services).flat()];
  if (out === undefined) return io.data(json ? jsonText({ entities }) : streamOf(entities));
  writeFiles(context, filesOf(catalog), { out, dryRun });
}
