import { fleetsOf, fullFleet } from '../../support/arbitrary-fleet';
import { delivered, pathsIn, rendered, source, type Delivered } from '../../support/delivered';
import { exampleFleets } from '../../support/examples';
import { parseDescription } from '../../../src/spec/description';
import type { DeliveryOptions } from '../../../src/synth/gitops/options';

const tools: readonly DeliveryOptions[] = [
  { tool: 'argo-cd', ...source },
  { tool: 'argo-cd', ...source, applications: 'set' },
  { tool: 'argo-cd', ...source, hydrate: true },
  { tool: 'flux', ...source },
];

const fleets = [
  ...exampleFleets().map(({ name, services, environments }) => ({ name, objects: rendered(services, environments) })),
  ...[fullFleet(), ...fleetsOf(20_260_101, 20)].map((description, index) => (
    { name: `generated fleet ${index}`, objects: rendered(parseDescription(description), Object.keys(description.platform.environments)) })),
];

const all: [string, Delivered][] = tools.flatMap(options => (
  fleets.map(({ name, objects }): [string, Delivered] => [`${name} by ${JSON.stringify(options)}`, delivered(objects, options)])));

const folderAt = (path: string) => path.replace(/^(\.\/)?deploy\//, '');

/** What each object waits for by name: what it depends on, or, with Argo CD, its project. */
const namesIn = ({ spec }: Delivered['delivering'][number]) => {
  const { dependsOn = [], project, sourceRef, template } = spec as {
    dependsOn?: { name: string }[]; project?: string; sourceRef?: { name: string }; template?: { spec: { project: string } };
  };
  return [...dependsOn.map(({ name }) => name), project, sourceRef?.name, template?.spec.project].filter(name => name !== undefined);
};

test.each(all)('every path that the delivery of %s names is there', (_, { delivering, folders }) => {
  const paths = delivering.flatMap(pathsIn);
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter(path => !folders.has(folderAt(path)))).toEqual([]);
});

test.each(all)('everything of the output is delivered once by %s', (_, { delivering, objects }) => {
  const paths = delivering.flatMap(object => [...new Set(pathsIn(object))].map(path => ({ path: folderAt(path), patched: 'patches' in object.spec })));
  const folders = [...new Set(objects.map(({ folder }) => folder))].sort();
  const found = paths.filter(({ path }) => !path.startsWith('_'));
  expect([...new Set(found.map(({ path }) => path))].sort()).toEqual(folders);
  const deliveriesOf = (folder: string) => found.filter(({ path }) => path === folder);
  const twice = folders.filter(folder => deliveriesOf(folder).length > 1 && !deliveriesOf(folder).every(({ patched }) => patched));
  expect(twice).toEqual([]);
});

test.each(all)('everything that the delivery of %s refers to is there, under a name of its own', (_, { delivering }) => {
  for (const environment of new Set(delivering.map(object => object.environment))) {
    const here = delivering.filter(object => object.environment === environment);
    const names = new Set(here.map(({ metadata }) => metadata.name));
    expect(here.flatMap(namesIn).filter(name => !names.has(name))).toEqual([]);
  }
  const ids = delivering.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.filter(id => id.split('/')[1].length > 63)).toEqual([]);
});

test.each(all.filter(([name]) => name.includes('flux')))('nothing waits for itself in the delivery of %s', (_, { delivering }) => {
  const after = new Map(delivering.map(({ metadata, spec }) => (
    [metadata.name, ((spec.dependsOn ?? []) as { name: string }[]).map(({ name }) => name)])));
  const done = new Set<string>();
  for (let round = 0; round <= after.size; round++) for (const [name, before] of after) if (before.every(other => done.has(other))) done.add(name);
  expect([...after.keys()].filter(name => !done.has(name))).toEqual([]);
});

interface Kind { readonly group: string; readonly kind: string; readonly name?: string }
interface Limits {
  readonly clusterResourceWhitelist: Kind[];
  readonly namespaceResourceWhitelist: Kind[];
  readonly destinations: { namespace: string }[];
}

/** The limits of the project by which a folder is delivered. */
function limitsFor(folder: string, { delivering }: Delivered): Limits {
  const by = delivering.find(object => pathsIn(object).includes(`deploy/${folder}`));
  const [project] = by ? namesIn(by) : [];
  return delivering.find(({ kind, metadata }) => kind === 'AppProject' && metadata.name === project)?.spec as unknown as Limits;
}

test.each(all.filter(([name]) => name.includes('argo-cd')))('the project of %s allows what is rendered', (_, output) => {
  const refused = output.objects.filter(({ folder, manifest: { apiVersion, kind, metadata } }) => {
    const { clusterResourceWhitelist, namespaceResourceWhitelist, destinations } = limitsFor(folder, output);
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    const is = (allowed: Kind) => allowed.group === group && allowed.kind === kind && (allowed.name ?? metadata?.name) === metadata?.name;
    const inNamespace = namespaceResourceWhitelist.some(is) && destinations.some(({ namespace }) => namespace === metadata?.namespace);
    return !clusterResourceWhitelist.some(is) && !inNamespace;
  });
  expect(refused.map(({ folder, file }) => `${folder}/${file}`)).toEqual([]);
});
