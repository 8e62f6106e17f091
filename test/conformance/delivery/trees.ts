import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App } from 'cdk8s';
import { fleetsOf, fullFleet } from '../../support/arbitrary-fleet';
import { releasesOf } from '../../support/manifests';
import { PlatformChart } from '../../../src/charts';
import { parseDescription } from '../../../src/spec/description';
import { render } from '../../../src/synth/render';
import { treeOf, type Tree } from '../../../src/synth/tree';
import { subjects } from '../kubernetes/subjects';

/** All environments of a fleet, rendered in the plain layout. */
export interface RenderedFleet {
  readonly title: string;
  readonly tree: Tree;
  /** The environments by what they are called in other layouts, with the folders of the plain one. */
  readonly environments: readonly string[];
}

export const seed = Number(process.env.MARTY_SEED ?? 20_260_101);

/** Every example, as the program that its `cdk8s.yaml` names renders it. */
export function exampleTrees(): RenderedFleet[] {
  const byExample = new Map<string, { environment: string; directory: string }[]>();
  for (const subject of subjects()) byExample.set(subject.example, [...byExample.get(subject.example) ?? [], subject]);
  return [...byExample].map(([title, found]) => {
    const root = found[0].environment === 'default' ? found[0].directory : dirname(found[0].directory);
    return { title, tree: treeFrom(root), environments: found.map(({ environment }) => environment) };
  });
}

/** The fleet that says everything, and generated ones. */
export function* generatedTrees(count: number): Generator<RenderedFleet> {
  for (const [index, document] of [fullFleet(), ...fleetsOf(seed, count)].entries()) {
    const services = parseDescription(document);
    const app = new App();
    const environments = Object.keys(document.platform.environments);
    for (const environment of environments) {
      new PlatformChart(app, environment, { environment, services, releases: variedReleases(services, environment) });
    }
    yield { title: `fleet ${index} of seed ${seed}`, tree: treeOf(render(app), 'conformance'), environments };
  }
}

/** Environments seldom run the same versions: every second service has one of its own in each. */
function variedReleases(services: Parameters<typeof releasesOf>[0], environment: string): ReturnType<typeof releasesOf> {
  return Object.fromEntries(services.map(({ name }, index) => [name, index % 2 ? `1.0.${environment.length}` : '1.0.0']));
}

function treeFrom(root: string): Tree {
  const tree = new Map<string, { owner: string; files: Map<string, { text: string; construct: string }> }>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
    const folder = entry.parentPath.slice(root.length + 1);
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    if (entry.name === 'kustomization.yaml' && !folder.includes('/')) continue;
    const owned = tree.get(folder) ?? { owner: 'conformance', files: new Map<string, { text: string; construct: string }>() };
    tree.set(folder, owned);
    owned.files.set(entry.name, { text, construct: '' });
  }
  return tree;
}

/** Every object of an environment in the plain layout, as text. */
export function textsOf({ tree, environments }: RenderedFleet, environment: string): string[] {
  const whole = environments.length === 1 && environment === 'default';
  return [...tree].filter(([folder]) => whole || folder.startsWith(`${environment}/`))
    .flatMap(([, { files }]) => [...files].filter(([file]) => file !== 'kustomization.yaml').map(([, { text }]) => text));
}

/** Writes a tree without ownership files. */
export function writeTree(tree: Tree, folder: string): void {
  for (const [place, { files }] of tree) {
    mkdirSync(join(folder, place), { recursive: true });
    for (const [file, { text }] of files) writeFileSync(join(folder, place, file), text);
  }
}
