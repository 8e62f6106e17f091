import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { parse } from 'yaml';
import { PlatformChart } from '../../src/charts';
import { synthesize } from '../../src/synth';
import { ownerOf } from '../../src/synth/owner';
import { filesBelow, inFolder, put } from '../support/folder';
import { minimal, shop } from '../support/shop';
import type { MicroserviceSpec } from '../../src/spec';

const service = (name: string) => shop.microservice({ ...minimal, name }) as unknown as MicroserviceSpec;

function appOf(names: readonly string[], environments: readonly string[] = ['dev', 'production'], outdir?: string): App {
  const app = new App({ outdir });
  const services = names.map(service);
  for (const environment of environments) new PlatformChart(app, environment, { environment, services, releases: Object.fromEntries(names.map(name => [name, '1.0.0'])) });
  return app;
}

const owner = 'shop';

describe('synthesize', () => {
  test('writes a folder per environment and service, each with a kustomization that lists it', () => inFolder(outdir => {
    synthesize(appOf(['api', 'orders']), { outdir, owner });
    const files = filesBelow(outdir);
    expect([...new Set(Object.keys(files).map(file => file.split('/').slice(0, -1).join('/')))]).toEqual([
      'dev/_platform', 'dev/api', 'dev', 'dev/orders', 'production/_platform', 'production/api', 'production', 'production/orders',
    ]);
    const listed = parse(files['dev/api/kustomization.yaml']) as { resources: string[] };
    expect(listed.resources).toEqual(Object.keys(files).filter(file => file.startsWith('dev/api/') && !/kustomization|ownership/.test(file)).map(file => file.slice('dev/api/'.length)));
    expect((parse(files['dev/kustomization.yaml']) as { resources: string[] }).resources).toEqual(['_platform', 'api', 'orders']);
  }));

  test('twice writes nothing the second time', () => inFolder(outdir => {
    synthesize(appOf(['api']), { outdir, owner });
    expect(synthesize(appOf(['api']), { outdir, owner }).changes.filter(({ action }) => action !== 'keep')).toEqual([]);
  }));

  test.each([
    ['adding', ['api'], ['api', 'orders'], ['orders']],
    ['removing', ['api', 'orders'], ['api'], ['orders']],
    ['renaming', ['api', 'orders'], ['api', 'stock'], ['orders', 'stock']],
  ])('%s a service changes its folders and the index alone', (_, before, after, touched) => inFolder(outdir => {
    synthesize(appOf(before, ['dev']), { outdir, owner });
    const old = filesBelow(outdir);
    synthesize(appOf(after, ['dev']), { outdir, owner });
    const now = filesBelow(outdir);
    const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(file => old[file] !== now[file]);
    expect([...new Set(changed.map(file => file.split('/').slice(1, -1).join('/')))].sort()).toEqual(['', ...touched]);
  }));

  test('of some environments leaves the others alone', () => inFolder(outdir => {
    synthesize(appOf(['api']), { outdir, owner });
    const old = filesBelow(outdir);
    synthesize(appOf(['orders']), { outdir, owner, environments: ['dev'] });
    const now = filesBelow(outdir);
    expect(Object.keys(now).filter(file => file.startsWith('production/')).map(file => now[file])).toEqual(Object.keys(old).filter(file => file.startsWith('production/')).map(file => old[file]));
    expect(Object.keys(now).some(file => file.startsWith('dev/api/'))).toBe(false);
  }));

  test('writes where the command says under `marty synth`, whatever the app says', () => inFolder(outdir => inFolder(elsewhere => {
    process.env.MARTY_OUTDIR = outdir;
    try {
      synthesize(appOf(['api']), { outdir: elsewhere, owner });
    } finally {
      delete process.env.MARTY_OUTDIR;
    }
    expect(Object.keys(filesBelow(outdir))).toContain('dev/api/deployment-api.yaml');
    expect(filesBelow(elsewhere)).toEqual({});
  })));

  test('takes the environments from MARTY_ENVIRONMENTS', () => inFolder(outdir => {
    process.env.MARTY_ENVIRONMENTS = ' dev ,';
    try {
      synthesize(appOf(['api']), { outdir, owner });
    } finally {
      delete process.env.MARTY_ENVIRONMENTS;
    }
    expect([...new Set(Object.keys(filesBelow(outdir)).map(file => file.split('/')[0]))]).toEqual(['dev']);
  }));

  test('only tells what it would do when it is asked to', () => inFolder(outdir => {
    expect(synthesize(appOf(['api']), { outdir, owner, dryRun: true }).changes.length).toBeGreaterThan(10);
    expect(filesBelow(outdir)).toEqual({});
  }));

  test('writes nothing when one object is wrong', () => inFolder(outdir => {
    synthesize(appOf(['api']), { outdir, owner });
    const old = filesBelow(outdir);
    const app = appOf(['orders']);
    new ApiObject(new Chart(app, 'more'), 'Wrong', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'Not A Name' } });
    expect(() => synthesize(app, { outdir, owner })).toThrow('the app cannot be synthesized');
    expect(filesBelow(outdir)).toEqual(old);
  }));

  test('gives the objects that cdk8s gives', () => inFolder(folder => {
    synthesize(appOf(['api', 'orders'], ['dev']), { outdir: join(folder, 'ours'), owner });
    appOf(['api', 'orders'], ['dev'], join(folder, 'theirs')).synth();
    const objectsIn = (below: string) => Object.entries(filesBelow(join(folder, below))).filter(([file]) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml')).flatMap(([, text]) => text.split('---\n').filter(Boolean)).sort();
    expect(objectsIn('ours')).toEqual(objectsIn('theirs'));
  }));
});

test('a folder is owned by the package that it is in', () => inFolder(folder => {
  put(folder, { 'package.json': '{ "name": "shop" }', 'a/package.json': '{ "private": true }', 'a/b/x': '' });
  expect([ownerOf(folder), ownerOf(join(folder, 'a/b'))]).toEqual(['shop', 'shop']);
}));
