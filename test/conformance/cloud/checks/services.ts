import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { apps, type CloudApp } from '../stacks/apps';
import { controllerManifests } from '../stacks/controllers';
import { deployed, type DeployedApp } from '../stacks/deployed';
import { controllerTools } from '../../../../src/cloud/controllers';
import { root } from '../../../support/documents';
import { createApiServer, type ApiServer } from '../../kubernetes/api-server';
import { judgeWithCrds } from '../../kubernetes/checks/api-server';
import { readManifests, type Manifest } from '../../kubernetes/manifest';
import { skipped, verdictOf, type Check, type CheckContext, type Verdict } from '../../runner/check';
import { execute, removeScratch, scratchFolder } from '../../runner/processes';

/** The whole way: what `cdktf deploy` made becomes facts of environments, and the manifests that follow are taken by an API server. */
export const serviceChecks: readonly Check[] = [{
  name: 'services',
  judges: ['cdktf-cli', 'terraform', 'etcd', 'kube-apiserver'],
  run: async function* (context): AsyncIterable<Verdict> {
    const judge = context.judge('kube-apiserver');
    const rendering = apps().filter(({ place }) => existsSync(join(root, place, 'cdk8s.yaml')));
    if (rendering.length === 0) {
      yield skipped(judge, 'services', 'none of the chosen apps renders manifests');
      return;
    }
    const server = await createApiServer({ etcd: context.judge('etcd'), server: judge });
    try {
      for (const app of rendering) {
        // Environments have a cluster each, so that one is gone again before the next comes.
        for (const { environment, manifests, problems } of await rendered(app, context)) {
          const { count, problems: refused } = manifests.length > 0 ? await judgeWithCrds(server, manifests) : { count: 0, problems: [] };
          yield verdictOf({ ...judge, version: server.version }, `${app.name}/${environment}`, count, [...problems, ...refused]);
        }
        yield* await controllersTaken(app, server, context);
      }
    } finally {
      await server.close();
    }
  },
}];

/** The controllers of a cluster: one environment tells all, since the others differ in names alone. */
async function controllersTaken(app: CloudApp, server: ApiServer, { judge }: CheckContext): Promise<Verdict[]> {
  const deployment = await deployed(app, { cli: judge('cdktf-cli'), terraform: judge('terraform') });
  const [environment] = Object.keys(deployment.outputs).slice(-1);
  const verdicts: Verdict[] = [];
  for (const tool of deployment.problems.length > 0 ? [] : controllerTools) {
    const { count, problems } = await judgeWithCrds(server, controllerManifests(deployment, environment, tool));
    verdicts.push(verdictOf({ ...judge('kube-apiserver'), version: server.version }, `${app.name}, controllers by ${tool}`, count, problems));
  }
  return verdicts;
}

interface Rendered { readonly environment: string; readonly manifests: readonly Manifest[]; readonly problems: readonly string[] }

async function rendered(app: CloudApp, { judge }: CheckContext): Promise<readonly Rendered[]> {
  const failed = (...problems: string[]): Rendered[] => [{ environment: 'all', manifests: [], problems }];
  const deployment = await deployed(app, { cli: judge('cdktf-cli'), terraform: judge('terraform') });
  if (deployment.problems.length > 0) return failed('it was not deployed: see the check deploy');
  const folder = projectOf(app);
  try {
    const before = await marty(folder, 'synth', '--out', 'before');
    const taken = await marty(folder, 'infra', 'config', deployment.outputsFile, '--out', 'infrastructure');
    const after = await marty(folder, 'synth', '--out', 'deploy');
    // Until its stack is there, nothing can say where a store is.
    const early = /stores\.postgres/.test(before) ? [] : [`before it was deployed, marty said ${before || 'nothing'}, expected that stores have no place`];
    const problems = [...early, ...[taken, after].filter(Boolean)];
    if (problems.length > 0) return failed(...problems);
    return Object.keys(deployment.outputs).map(environment => {
      const manifests = readdirSync(join(folder, 'deploy', environment), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && entry.name.endsWith('.yaml') && entry.name !== 'kustomization.yaml')
        .flatMap(entry => readManifests(join(entry.parentPath, entry.name)));
      return { environment, manifests, problems: told(deployment, environment, manifests) };
    });
  } finally {
    removeScratch(folder);
  }
}

/** A copy of an example as a project of its own, with this package installed. */
function projectOf({ place }: CloudApp): string {
  const folder = scratchFolder('services');
  cpSync(join(root, place), folder, { recursive: true, filter: source => !/\/(deploy|cdktf\.out|node_modules)$/.test(source) });
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(root, 'node_modules'))) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  symlinkSync(root, join(modules, 'marty-msf'));
  return folder;
}

/** Runs the command line. @returns nothing, or what it complained of. */
async function marty(cwd: string, ...args: readonly string[]): Promise<string> {
  const { code, stderr } = await execute(process.execPath, [join(root, 'bin/marty'), ...args], { cwd, timeoutMs: 120_000 });
  return code === 0 ? '' : `marty ${args.join(' ')} ended with ${code}: ${stderr.trim()}`;
}

type Store = { readonly kind: 'postgres'; readonly host: string; readonly secret: string }
  | { readonly kind: 'bucket'; readonly bucket: string; readonly region: string };

interface Outputs {
  readonly network: { readonly data: readonly string[] };
  readonly stores: Readonly<Record<string, Store>>;
}

/** What gives pods their role, on every node. */
const agent = '169.254.170.23/32';

/** What manifests of an environment have to say of every store that its stack made: where it is, and what lets its service in. */
function told({ outputs }: DeployedApp, environment: string, manifests: readonly Manifest[]): string[] {
  const { network, stores } = outputs[environment].infrastructure as unknown as Outputs;
  return Object.entries(stores).flatMap(([store, made]) => {
    const [service, alias] = store.split('.');
    const own = manifests.filter(({ file }) => file.includes(`/${environment}/${service}/`));
    const says = (kind: string, text: string) => own.some(({ object, file }) => object.kind === kind && textOf(file).includes(text));
    if (made.kind === 'bucket') {
      return [
        ...[made.bucket, made.region].filter(text => !says('ConfigMap', text)).map(text => `${environment}: the ConfigMap of ${service} does not name ${text}`),
        ...(says('NetworkPolicy', agent) ? [] : [`${environment}: no NetworkPolicy of ${service} lets it reach ${agent}`]),
        ...(says('ServiceAccount', service) ? [] : [`${environment}: ${service} has no ServiceAccount that a role could be given to`]),
        ...(says('ExternalSecret', `stores.${alias}.`) ? [`${environment}: an ExternalSecret of ${service} reads a key pair of ${store}`] : []),
      ];
    }
    const { host, secret } = made;
    return [
      ...(says('ConfigMap', host) ? [] : [`${environment}: the ConfigMap of ${service} does not name ${host}`]),
      ...(says('ExternalSecret', secret) ? [] : [`${environment}: no ExternalSecret of ${service} reads ${secret}`]),
      ...network.data.filter(range => !says('NetworkPolicy', range)).map(range => `${environment}: no NetworkPolicy of ${service} lets it reach ${range}`),
    ];
  });
}

const textOf = (file: string) => JSON.stringify(parseDocument(readFileSync(file, 'utf8')).toJS());
