import { dirname } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { clustersOf, source } from '../support/delivered';
import { exampleFleets } from '../support/examples';
import { filesBelow, inFolder } from '../support/folder';
import { PlatformChart } from '../../src/charts';
import { defineMicroservice } from '../../src/spec/define-microservice';
import { synthesize, type DeliveryOptions } from '../../src/synth';
import { helmTree } from '../../src/synth/helm/arrange';
import { kustomizeTree } from '../../src/synth/kustomize/arrange';
import { render } from '../../src/synth/render';
import { treeOf } from '../../src/synth/tree';
import { textsOf } from './_tree';
import type { MicroserviceSpec } from '../../src/spec';

const [petstore] = exampleFleets().filter(({ name }) => name === 'petstore');
const [{ platform }] = petstore.services;
const [pets] = petstore.services.filter(({ name }) => name === 'pets');
const stock = defineMicroservice(platform, {}, {
  name: 'stock', team: 'catalogue', image: 'ghcr.io/petstore/stock', ports: { http: { protocol: 'http', port: 8080 } }, stores: { db: { kind: 'postgres' } }, migration: { command: ['/app/migrate'] },
});
const caller = defineMicroservice(platform, {}, { name: 'stock', team: 'catalogue', image: 'ghcr.io/petstore/stock', calls: { pets: { target: pets, port: 'http', terms: {} } } });

function appOf(services: readonly MicroserviceSpec[]): App {
  const app = new App();
  for (const environment of petstore.environments) new PlatformChart(app, environment, { environment, services, releases: Object.fromEntries(services.map(({ name }) => [name, '1.0.0'])) });
  return app;
}

function write(services: readonly MicroserviceSpec[], outdir: string, deliver: readonly DeliveryOptions[]): Record<string, string> {
  synthesize(appOf(services), { outdir, owner: 'petstore', deliver });
  return filesBelow(outdir);
}

/** The folders in which something changes, environment by environment. */
function changedBy(service: MicroserviceSpec, deliver: readonly DeliveryOptions[]): string[] {
  return inFolder(outdir => {
    const before = write(petstore.services, outdir, deliver);
    const after = write([...petstore.services, service], outdir, deliver);
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(file => before[file] !== after[file]);
    return [...new Set(changed.map(dirname))].sort();
  });
}

const clusters = clustersOf(petstore.environments);
const inEach = (...folders: readonly string[]) => petstore.environments.flatMap(environment => folders.map(folder => folder.replace('*', environment))).sort();

/** Every file of the petstore in another format, whose indexes are written beside it. */
function arranged(services: readonly MicroserviceSpec[], format: typeof kustomizeTree): Record<string, string> {
  return textsOf(format(treeOf(render(appOf(services)), 'petstore')).tree);
}

describe('adding a service to the petstore changes its own folders and the indexes alone', () => {
  test.each<[string, readonly DeliveryOptions[], string[]]>([
    ['in the plain layout', [], inEach('*', '*/stock')],
    ['with Argo CD', [{ tool: 'argo-cd', clusters, ...source }], inEach('*', '*/stock', '_argo-cd/*', '_argo-cd/*/stock')],
    ['with an ApplicationSet, which is the index', [{ tool: 'argo-cd', clusters, ...source, applications: 'set' }], inEach('*', '*/stock', '_argo-cd/*/_platform')],
    ['with Flux', [{ tool: 'flux', ...source }], inEach('*', '*/stock', '_flux/*', '_flux/*/stock')],
  ])('%s', (_, deliver, folders) => {
    expect(changedBy(stock, deliver)).toEqual(folders);
  }, 30_000);

  test.each([['kustomize', kustomizeTree], ['helm', helmTree]])('as %s', (_, format) => {
    const [before, after] = [petstore.services, [...petstore.services, stock]].map(services => arranged(services, format));
    const changed = Object.keys({ ...before, ...after }).filter(path => before[path] !== after[path]);
    expect([...new Set(changed.map(path => path.split('/')[0]))]).toEqual(['stock']);
  }, 30_000);

  test('and the network policy of whom it calls', () => {
    expect(changedBy(caller, [{ tool: 'flux', ...source }])).toEqual(inEach('*', '*/pets', '*/stock', '_flux/*', '_flux/*/stock'));
  }, 30_000);
});

test('what delivers an output goes when nobody delivers it any more', () => inFolder(outdir => {
  const plain = inFolder(other => write(petstore.services, other, []));
  write(petstore.services, outdir, [{ tool: 'argo-cd', clusters, ...source }, { tool: 'flux', ...source }]);
  expect(write(petstore.services, outdir, [])).toEqual(plain);
}), 30_000);

test('of some environments, what delivers the others is left alone', () => inFolder(outdir => {
  const before = write(petstore.services, outdir, [{ tool: 'flux', ...source }]);
  const app = new App();
  new PlatformChart(app, 'dev', { environment: 'dev', services: [stock], releases: { stock: '1.0.0' } });
  synthesize(app, { outdir, owner: 'petstore', environments: ['dev'], deliver: { tool: 'flux', ...source } });
  const after = filesBelow(outdir);
  const changed = Object.keys({ ...before, ...after }).filter(file => before[file] !== after[file]);
  expect(changed.filter(file => !/^(_flux\/)?dev\//.test(file))).toEqual([]);
  expect(changed).toContain('_flux/dev/orders/kustomization-petstore.dev.orders.yaml');
}), 30_000);

test('an object that belongs to no environment is refused, since nothing would deliver it', () => inFolder(outdir => {
  const app = new App();
  new PlatformChart(app, 'dev', { environment: 'dev', services: [stock], releases: { stock: '1.0.0' } });
  new ApiObject(new Chart(app, 'legacy'), 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  expect(() => synthesize(app, { outdir, deliver: { tool: 'flux', ...source } })).toThrow('legacy/settings: belongs to no platform, so nothing would deliver it');
}));
