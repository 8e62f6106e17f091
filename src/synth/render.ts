import { ApiObject, Chart, Yaml, type App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { MartyError, type Problem } from '../errors';
import { problemsOfManifest } from '../manifests/schema';
import { kubernetesVersionOf, placementOf, selfCheckedKey } from '../spec/placement';
import { fileNamesOf, type Manifest } from './_file-name';

/** One object, ready to be written. */
export interface RenderedObject {
  /** The folder below the output folder. */
  readonly folder: string;
  /** The file in that folder. */
  readonly file: string;
  /** The path of the construct that defined it. */
  readonly construct: string;
  readonly text: string;
}

/**
 * Every object of an app, checked and as text, in the order of the construct tree.
 *
 * @param environments only objects of these environments, when given; objects of no environment are left out then.
 * @throws MANIFEST_INVALID with everything that an API server, or a construct's own validation, would refuse.
 * @throws PLATFORM_INVALID when an environment is asked for that nothing belongs to.
 */
export function render(app: App, environments?: readonly string[]): RenderedObject[] {
  const constructs = app.node.findAll().filter(construct => belongs(construct, environments));
  checkEnvironments(app, environments);
  const problems: Problem[] = constructs.flatMap(construct => construct.node.validate().map(message => ({ path: construct.node.path, message })));
  const objects = constructs.filter(construct => ApiObject.isApiObject(construct));
  const manifests = objects.map(object => ({ object, manifest: object.toJson() as Manifest }));
  for (const { object, manifest } of manifests) {
    if (object.node.metadata.some(({ type }) => type === selfCheckedKey)) continue;
    const known = problemsOfManifest(manifest, kubernetesVersionOf(object)).filter(({ reason }) => reason !== 'unknown-kind');
    problems.push(...known.map(({ message }) => ({ path: object.node.path, message })));
  }
  const names = fileNamesOf(manifests.map(({ object, manifest }) => ({ folder: folderOf(object), manifest })));
  names.forEach((name, index) => {
    if (name === undefined) problems.push({ path: objects[index].node.path, message: `defines ${manifests[index].manifest.kind} ${manifests[index].manifest.metadata?.name} a second time` });
  });
  if (problems.length) throw new MartyError('MANIFEST_INVALID', 'the app cannot be synthesized:', { problems });
  return manifests.map(({ object, manifest }, index) => ({
    folder: folderOf(object), file: `${names[index]}.yaml`, construct: object.node.path, text: Yaml.stringify(manifest),
  }));
}

function belongs(construct: IConstruct, environments: readonly string[] | undefined): boolean {
  if (!environments) return true;
  const environment = placementOf(construct)?.environment;
  return environment !== undefined && environments.includes(environment);
}

/** Charts that say nothing get a folder named after their path. */
function folderOf(object: ApiObject): string {
  return placementOf(object)?.folder ?? Chart.of(object).node.path.replace(/[^A-Za-z0-9/.-]/g, '-');
}

function checkEnvironments(app: App, environments: readonly string[] | undefined): void {
  if (!environments) return;
  const there = new Set(app.node.findAll().flatMap(construct => placementOf(construct)?.environment ?? []));
  const unknown = environments.filter(environment => !there.has(environment));
  if (unknown.length) throw new MartyError('PLATFORM_INVALID', `the app has no environment ${unknown.join(', ')}, expected one of ${[...there].sort().join(', ') || '(none)'}`);
}
