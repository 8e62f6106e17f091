import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { createJiti } from 'jiti';
import { parse } from 'yaml';
import { execute, scratchFolder } from '../runner/processes';
import { seed } from './trees';
import { fleetsOf, fullFleet } from '../../support/arbitrary-fleet';
import { clustersOf } from '../../support/delivered';
import { releasesOf } from '../../support/manifests';
import { PlatformChart } from '../../../src/charts';
import { parseDescription } from '../../../src/spec/description';
import { synthesize, type DeliveryOptions } from '../../../src/synth';
import type { MicroserviceSpec } from '../../../src/spec';
import type { KubernetesObject, Manifest } from '../kubernetes/manifest';

const examples = join(__dirname, '../../../examples');

/** A fleet, and the environments that it is rendered in. */
export interface Fleet { readonly title: string; readonly services: readonly MicroserviceSpec[]; readonly environments: readonly string[] }

/** The examples that describe fleets, the fleet that says everything, and generated ones. */
export function fleets(generated: number): Fleet[] {
  const load = createJiti(__filename);
  return [
    ...['petstore', 'workloads', 'databases'].map(title => ({ title, ...load(join(examples, title, 'fleet.ts')) as Omit<Fleet, 'title'> })),
    ...[fullFleet(), ...fleetsOf(seed, generated)].map((document, index) => (
      { title: `fleet ${index} of seed ${seed}`, services: parseDescription(document), environments: Object.keys(document.platform.environments) })),
  ];
}

/** An output in a Git repository, as a delivery tool finds it. */
export interface Repository {
  readonly folder: string;
  /** What tells the tool of it, all environments. */
  readonly manifests: readonly Manifest[];
  /** The folders that the branch has. */
  readonly folders: ReadonlySet<string>;
}

export const branch = 'main';
export const path = 'deploy';

/** Renders a fleet with what delivers it and commits all of it, as a user does. */
export async function repositoryOf({ services, environments }: Fleet, deliver: DeliveryOptions): Promise<Repository> {
  const folder = scratchFolder('delivered');
  const app = new App();
  for (const environment of environments) new PlatformChart(app, environment, { environment, services, releases: releasesOf(services) });
  synthesize(app, { outdir: join(folder, path), owner: 'conformance', deliver: deliver.tool === 'argo-cd' ? { clusters: clustersOf(environments), ...deliver } : deliver });
  await git(folder, 'init', '--quiet', `--initial-branch=${branch}`);
  await git(folder, 'add', '--all');
  await git(folder, '-c', 'user.name=conformance', '-c', 'user.email=conformance@example.com', 'commit', '--quiet', '--message', 'deploy');
  return {
    folder,
    manifests: manifestsBelow(join(folder, path, deliver.tool === 'flux' ? '_flux' : '_argo-cd')),
    folders: new Set((await git(folder, 'ls-tree', '-r', '-d', '--name-only', branch)).split('\n')),
  };
}

function manifestsBelow(folder: string): Manifest[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.yaml') && entry.name !== 'kustomization.yaml')
    .map(entry => join(entry.parentPath, entry.name)).sort()
    .map(file => {
      const text = readFileSync(file, 'utf8');
      return { file, text, object: parse(text) as KubernetesObject };
    });
}

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await execute('git', args, { cwd });
  if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}: ${stderr}`);
  return stdout.trim();
}
