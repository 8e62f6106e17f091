import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type SynthResult } from '../../src/cli/synth/result';
import { ownershipFile } from '../../src/synth/ownership';
import { both, deploy, object, project, resultOf, staged, synth } from './_staged';
import { appWriting, contentOf, martyHere, removeFolders, write, type World } from './_world';

afterAll(removeFolders);

describe('marty synth', () => {
  test('writes what the app wrote, with the ownership of each folder and an index for each environment', async () => {
    const folder = project();
    const { exit, out } = await synth(folder, staged(both));
    expect({ exit, out }).toEqual({ exit: 0, out: '' });
    expect(Object.keys(deploy(folder))).toEqual(['dev', 'prod'].flatMap(environment => [
      `${environment}/kustomization.yaml`,
      ...['orders', 'web'].flatMap(service => [ownershipFile, 'configmap.yaml', 'kustomization.yaml'].map(file => `${environment}/${service}/${file}`)),
    ]));
    expect(JSON.parse(deploy(folder)[`dev/orders/${ownershipFile}`])).toMatchObject({ owner: 'shop', files: { 'configmap.yaml': { construct: 'app/configmap.yaml' } } });
    expect(deploy(folder)['dev/kustomization.yaml']).toContain('resources:\n  - orders\n  - web\n');
  });

  test('tells in a table what happened to each service', async () => {
    const folder = project();
    const { err } = await synth(folder, staged(both));
    expect(err.split('\n').slice(0, -2)).toEqual([
      'environment  service  objects  written  kept  removed',
      'dev          orders         1        2     0        0',
      '             web            1        2     0        0',
      'prod         orders         1        2     0        0',
      '             web            1        2     0        0',
      'total                       4        8     0        0',
    ]);
    expect(err).toMatch(/\d\.\d s, written to .*deploy\n$/);
    expect((await synth(folder, staged(both))).err).toMatch(/total {23}4 {8}0 {5}8 {8}0\n\d\.\d s, .*deploy was up to date\n$/);
  });

  test('touches no file when it runs a second time', async () => {
    const folder = project();
    await synth(folder, staged(both));
    const times = () => Object.keys(deploy(folder)).map(path => [path, statSync(join(folder, 'deploy', path), { bigint: true }).mtimeNs]);
    const before = times();
    const { total, files } = await resultOf(folder, staged(both));
    expect({ total, files }).toEqual({ total: { objects: 4, written: 0, kept: 8, removed: 0, edited: 0 }, files: [] });
    expect(times()).toEqual(before);
  });

  test('removes what is defined no more, its folder and its entry in the index, and nothing else', async () => {
    const folder = project();
    await synth(folder, staged(both));
    write(folder, { 'deploy/dev/web/notes.txt': 'mine', 'deploy/dev/foreign/x.yaml': object('foreign') });
    const { files } = await resultOf(folder, staged(['dev/orders', 'prod/orders']));
    expect(files.map(({ action, path }) => `${action} ${path}`)).toEqual([
      'write dev/kustomization.yaml', 'remove dev/web/configmap.yaml', 'remove dev/web/kustomization.yaml',
      'write prod/kustomization.yaml', 'remove prod/web/configmap.yaml', 'remove prod/web/kustomization.yaml',
    ]);
    expect(Object.keys(deploy(folder)).filter(path => !path.includes('orders'))).toEqual([
      'dev/foreign/x.yaml', 'dev/kustomization.yaml', 'dev/web/notes.txt', 'prod/kustomization.yaml',
    ]);
  });

  test('lists with --dry-run what it would do, and does nothing', async () => {
    const folder = project();
    const empty = await synth(folder, staged(['dev/web']), ['--dry-run']);
    expect(empty.out).toBe('write  dev/kustomization.yaml\nwrite  dev/web/configmap.yaml\nwrite  dev/web/kustomization.yaml\n');
    expect(empty.err).toContain('a dry run: nothing was written to');
    expect(Object.keys(contentOf(folder))).toEqual(['cdk8s.yaml', 'package.json']);

    await synth(folder, staged(['dev/web', 'dev/orders']));
    const before = contentOf(folder);
    expect((await synth(folder, staged(['dev/web']), ['--dry-run'])).out).toBe('write  dev/kustomization.yaml\nremove dev/orders/configmap.yaml\nremove dev/orders/kustomization.yaml\n');
    expect(contentOf(folder)).toEqual(before);
  });

  test('leaves with --env the files of other environments as they are', async () => {
    const folder = project();
    await synth(folder, staged(both));
    const before = deploy(folder);
    const asked: (string | undefined)[] = [];
    const app: World['app'] = env => {
      asked.push(env.MARTY_ENVIRONMENTS);
      return appWriting(staged(['dev/orders']))?.(env) ?? {};
    };
    expect((await synth(folder, {}, ['--env', 'dev'], { app })).exit).toBe(0);
    expect((await synth(folder, {}, [], { app, env: { MARTY_ENVIRONMENTS: 'dev' } })).exit).toBe(0);
    expect(asked).toEqual(['dev', 'dev']);
    const after = deploy(folder);
    const changed = Object.keys(before).filter(path => after[path] !== before[path]);
    expect(changed).toEqual(['dev/kustomization.yaml', ...[ownershipFile, 'configmap.yaml', 'kustomization.yaml'].map(file => `dev/web/${file}`)]);
  });

  test('refuses with --env an environment that the app writes nothing for', async () => {
    const folder = project();
    const { exit, err } = await synth(folder, { 'app.k8s.yaml': object('plain') }, ['--env', 'dev']);
    expect({ exit, err }).toEqual({ exit: 3, err: 'error: the app wrote nothing for dev, only for (no environment)\n' });
    expect((await synth(folder, staged(both), ['--env', ','])).exit).toBe(2);
  });

  test('writes to --out, which is relative to the folder it works in', async () => {
    const folder = project();
    mkdirSync(join(folder, 'sub'));
    const { outdir } = await resultOf(folder, staged(['dev/web']), '--out', 'elsewhere');
    expect(outdir).toBe(join(folder, 'elsewhere'));
    const config = await martyHere(join(folder, 'sub'), ['synth', '--config', '../cdk8s.yaml', '--out', 'mine', '--json'], { app: appWriting(staged(['dev/web'])) });
    expect((JSON.parse(config.out) as SynthResult).outdir).toBe(join(folder, 'sub', 'mine'));
  });
});

test('what the file system refuses is told without a stack', async () => {
  const folder = write(project(), { deploy: 'a file, no folder' });
  const { exit, err } = await synth(folder, staged(['dev/web']));
  expect(exit).toBe(3);
  expect(err).toMatch(/deploy cannot be written: E\w+: .*; mend that, and run it again/);
  expect(err).not.toContain('    at ');
});

test('progress is told only where somebody watches, and never with --json', async () => {
  const folder = project();
  expect((await synth(folder, staged(both), [], { terminal: true })).err).toMatch(/^running node app\.js\ncomparing with /);
  expect((await synth(folder, staged(both), ['--json'], { terminal: true })).err).toBe('');
});
