import { ApiObject, Chart, Yaml, type App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { MartyError, type Problem } from '../errors';
import { problemsOfManifest } from '../manifests/schema';
import { kubernetesVersionOf, placementOf, selfCheckedKey, type Placement, type SelfCheck } from '../spec/placement';
import { fileNamesOf, type Manifest } from './_file-name';
import { createTextRoom } from './_text';
import { createProfile, type Profile } from './profile';
import { createProgress } from './progress';
import { yamlOf } from '../manifests/yaml';

/** The annotation that says in which order the objects of one folder are applied. */
export const waveKey = 'argocd.argoproj.io/sync-wave';

/** The file of one object, ready to be written. */
export interface ObjectFile {
  /** The folder below the output folder. */
  readonly folder: string;
  /** The file in that folder. */
  readonly file: string;
  /** The path of the construct that defined it. */
  readonly construct: string;
  readonly text: string;
}

/** One object of an app, ready to be written. */
export interface RenderedObject extends ObjectFile {
  /** What it is. */
  readonly manifest: Manifest;
  /** Where the nearest chart that says anything says that it belongs. */
  readonly placement?: Placement;
}

/**
 * Every object of an app, checked and as text, in the order of the construct tree.
 *
 * @param environments only objects of these environments, when given; objects of no environment are left out then.
 * @throws MANIFEST_INVALID with everything that an API server, or a construct's own validation, would refuse.
 * @throws PLATFORM_INVALID when an environment is asked for that nothing belongs to.
 */
export function render(app: App, environments?: readonly string[], profile: Profile = createProfile()): RenderedObject[] {
  const constructs = app.node.findAll().filter(construct => belongs(construct, environments));
  checkEnvironments(app, environments);
  const invalid: Problem[] = [];
  const refused: Problem[] = [];
  const room = createTextRoom();
  const progress = createProgress('constructs rendered', constructs.length);
  // A manifest is looked at once, while it is there; what stays of it is its text, and what its file is named after.
  const rendered = constructs.flatMap(construct => {
    const path = construct.node.path;
    const object = ApiObject.isApiObject(construct) ? construct : undefined;
    const one = object && profile.chart(Chart.of(object).node.path, () => renderObject(object, profile));
    invalid.push(...profile.time('check', () => construct.node.validate()).map(message => ({ path, message })));
    progress.step();
    if (!object || !one) return [];
    refused.push(...one.problems.map(message => ({ path, message })));
    const kept = room(one.text, () => renderObject(object, profile).text);
    return [{ construct: path, folder: folderOf(object), manifest: one.named, placement: placementOf(object), kept }];
  });
  const names = fileNamesOf(rendered);
  names.forEach((name, index) => {
    const { construct, manifest } = rendered[index];
    if (name === undefined) refused.push({ path: construct, message: `defines ${manifest.kind} ${manifest.metadata?.name} a second time` });
  });
  const problems = [...invalid, ...refused];
  if (problems.length) throw new MartyError('MANIFEST_INVALID', 'the app cannot be synthesized:', { problems });
  return rendered.map(({ construct, folder, manifest, placement, kept }, index) => (
    { folder, file: `${names[index]}.yaml`, construct, manifest, placement, get text() { return kept.text; } }));
}

interface Rendering { readonly named: Manifest; readonly text: string; readonly problems: readonly string[] }

/** A manifest as the text of its file. */
export const textOf = (manifest: unknown) => yamlOf(manifest, document => Yaml.stringify(document));

/** One object as text, with what an API server would refuse about it; an object that checks itself tells that when it is validated. */
function renderObject(object: ApiObject, profile: Profile): Rendering {
  const manifest = profile.time('render', () => object.toJson() as Manifest);
  const problems = profile.time('check', () => problemsOf(object, manifest));
  const text = profile.time('yaml', () => textOf(manifest));
  const { apiVersion, kind, metadata } = manifest;
  const wave = metadata?.annotations?.[waveKey];
  const annotations = wave === undefined ? {} : { annotations: { [waveKey]: wave } };
  const named = { apiVersion, kind, metadata: { name: metadata?.name, namespace: metadata?.namespace, ...annotations } };
  return { named, text, problems };
}

function problemsOf(object: ApiObject, manifest: Manifest): string[] {
  const self = object.node.metadata.find(({ type }) => type === selfCheckedKey);
  if (self) (self.data as Partial<SelfCheck>).check?.(manifest);
  if (self) return [];
  return problemsOfManifest(manifest, kubernetesVersionOf(object)).filter(({ reason }) => reason !== 'unknown-kind').map(({ message }) => message);
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
