import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import { createJiti } from 'jiti';
import type { MicroserviceSpec } from '../../../src/spec';
import { factsOf } from '../../../src/spec/environments';
import { kubernetesVersions, type KubernetesVersion } from '../../../src/spec/kubernetes-version';
import type { Manifest } from './manifest';
import { readManifests } from './manifest';

export type { KubernetesVersion };

/** The rendered objects of one environment of one example. */
export interface Subject {
  readonly example: string;
  readonly environment: string;
  readonly kubernetesVersion: KubernetesVersion;
  /** Folder with one folder of YAML files per service, and `_platform`. */
  readonly directory: string;
  /** Whether linters have to find nothing: whole platforms where they run for real, not single replicas and not other people's workloads. */
  readonly hardened: boolean;
}

const examples = resolve(__dirname, '../../../examples');
const newest = kubernetesVersions[kubernetesVersions.length - 1];
let rendered: readonly Subject[] | undefined;

/**
 * What the checks of this area judge: every environment of every example, rendered by the program that its `cdk8s.yaml` names.
 *
 * `MARTY_SUBJECTS` names other trees, each with the version it was rendered for: `out/old@1.28:out/new@1.37`.
 */
export function subjects(): readonly Subject[] {
  const trees = process.env.MARTY_SUBJECTS?.split(delimiter);
  rendered ??= trees
    ? trees.flatMap(treeSubjects)
    : foldersIn(examples).filter(name => existsSync(join(examples, name, 'cdk8s.yaml'))).flatMap(exampleSubjects);
  return rendered;
}

function treeSubjects(tree: string): Subject[] {
  const [root, version = newest] = tree.split('@');
  if (!existsSync(root)) throw new Error(`subjects: ${root} does not exist, expected a rendered tree; synth it or change MARTY_SUBJECTS`);
  return foldersIn(root).map(environment => (
    {
      example: basename(resolve(root)),
      environment,
      kubernetesVersion: version as KubernetesVersion,
      directory: join(root, environment),
      hardened: true,
    }));
}

function exampleSubjects(example: string): Subject[] {
  const output = mkdtempSync(join(tmpdir(), `marty-${example}-`));
  process.once('exit', () => rmSync(output, { recursive: true, force: true }));
  const folder = join(examples, example);
  execFileSync(process.execPath, [require.resolve('jiti/package.json').replace('package.json', 'lib/jiti-cli.mjs'), 'main.ts'], {
    cwd: folder, env: { ...process.env, CDK8S_OUTDIR: output }, stdio: ['ignore', 'inherit', 'inherit'],
  });
  const fleet = join(folder, 'fleet.ts');
  if (!existsSync(fleet)) return [{ example, environment: 'default', kubernetesVersion: newest, directory: output, hardened: false }];
  const { services } = createJiti(__filename)(fleet) as { services: readonly MicroserviceSpec[] };
  return foldersIn(output).map(environment => (
    {
      example,
      environment,
      kubernetesVersion: factsOf(services[0].platform, environment).kubernetes,
      directory: join(output, environment),
      hardened: example === 'petstore',
    }));
}

/** How a subject is called in the report: `petstore/production (1.37)`. */
export function titleOf({ example, environment, kubernetesVersion }: Subject): string {
  return `${example}/${environment} (${kubernetesVersion})`;
}

/** Every object of the subject that a cluster is given as it stands, in the order of its files. */
export function manifestsOf({ directory }: Subject): Manifest[] {
  return filesIn(directory).flatMap(readManifests);
}

/** The files with objects for a cluster: what only steers a delivery tool, or is decrypted by one first, is none of them. */
export function filesIn(directory: string): string[] {
  return allFilesIn(directory).filter(file => !/^sops:$/m.test(readFileSync(file, 'utf8')));
}

/** The files with objects, encrypted ones among them. */
export function allFilesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name) && !/^kustomization\.ya?ml$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}

function foldersIn(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}
