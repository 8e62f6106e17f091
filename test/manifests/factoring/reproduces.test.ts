import { App } from 'cdk8s';
import { fleetsOf, fullFleet } from '../../support/arbitrary-fleet';
import { releasesOf } from '../../support/manifests';
import { PlatformChart } from '../../../src/charts';
import { factored, type Factored } from '../../../src/manifests/factoring/factor';
import { applyOperations, type Operation } from '../../../src/manifests/factoring/json-patch';
import { applyMerge } from '../../../src/manifests/factoring/merge-patch';
import type { Fields, SourceObject } from '../../../src/manifests/factoring/source';
import { transformed } from '../../../src/manifests/factoring/transformers';
import { readYaml } from '../../../src/manifests/yaml-documents';
import { parseDescription, type Description } from '../../../src/spec/description';
import { render } from '../../../src/synth/render';
import { servicesOf } from '../../../src/synth/services';
import { treeOf } from '../../../src/synth/tree';

const seed = Number(process.env.MARTY_SEED ?? 20_260_101);

function servicesIn(document: Description): ReturnType<typeof servicesOf> {
  const services = parseDescription(document);
  const app = new App();
  for (const environment of Object.keys(document.platform.environments)) {
    new PlatformChart(app, environment, { environment, services, releases: releasesOf(services) });
  }
  return servicesOf(treeOf(render(app), 'shop'));
}

/** What Kustomize does with an overlay, as far as we use it. */
function built({ base, components, overlays }: Factored, environment: string): SourceObject[] {
  const overlay = overlays.get(environment);
  if (!overlay) throw new Error(`there is no overlay of ${environment}`);
  const layers = [...components.filter(({ name }) => overlay.components.includes(name)), overlay];
  let objects = [base, ...layers.map(({ files }) => files)].flatMap(files => [...files.values()]).map(({ object }) => object as SourceObject);
  for (const { target, patch } of layers.flatMap(({ patches }) => patches)) {
    const said = readYaml(patch).documents[0].value;
    const patched = (object: SourceObject) => patchedObject(object, target ? said as Operation[] : said as Fields);
    objects = objects.flatMap(object => (isMeant(object, target, said as SourceObject) ? patched(object) : [object]));
  }
  return objects.map(object => transformed(object, overlay.transformers));
}

function isMeant({ apiVersion, kind, metadata }: SourceObject, target: Fields | undefined, said: SourceObject): boolean {
  const wanted = target
    ? [[target.group, target.version].filter(Boolean).join('/'), target.kind, String(target.name).replaceAll('\\', ''), target.namespace]
    : [said.apiVersion, said.kind, said.metadata.name, said.metadata.namespace];
  return JSON.stringify([apiVersion, kind, metadata.name, metadata.namespace]) === JSON.stringify(wanted);
}

function patchedObject(object: SourceObject, patch: readonly Operation[] | Fields): SourceObject[] {
  if (Array.isArray(patch)) return [applyOperations(object, patch as readonly Operation[]) as SourceObject];
  return '$patch' in patch ? [] : [applyMerge(object, patch as Fields) as SourceObject];
}

const keyOf = ({ apiVersion, kind, metadata: { name, namespace } }: SourceObject) => JSON.stringify([apiVersion, kind, namespace, name]);
const sorted = (objects: readonly SourceObject[]) => [...objects].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const fleets = [fullFleet(), ...fleetsOf(seed, 25)].map((document, index) => ({ title: index ? `fleet ${index}` : 'the fleet that says everything', document }));

test.each(fleets)(
  'every environment of $title can be built again from what is written', ({ document }) => {
    for (const { environments } of servicesIn(document)) {
      const result = factored(environments);
      for (const [environment, files] of environments) {
        expect(sorted(built(result, environment))).toEqual(sorted([...files.values()].map(({ object }) => object as SourceObject)));
      }
    }
  },
);
