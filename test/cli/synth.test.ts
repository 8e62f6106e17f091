import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { synthResultSchema, type SynthResult } from '../../src/cli/synth/result';
import { ownershipFile } from '../../src/synth/ownership';
import { appWriting, contentOf, emptyFolder, martyHere, removeFolders, write, type World } from './_world';

const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const ownership = (owner: string, ...files: readonly string[]) => JSON.stringify({
  format: 'marty-msf/ownership/v1', owner, files: Object.fromEntries(files.map(file => [file, { construct: `app/${file}`, sha256: '' }])),
});

/** What an app writes for some folders, each with one object named after it. */
function staged(folders: readonly string[], owner = 'shop'): Record<string, string> {
  return Object.fromEntries(folders.flatMap(folder => [
    [`${folder}/configmap.yaml`, object(folder.replace('/', '-'))],
    [`${folder}/kustomization.yaml`, 'resources:\n  - configmap.yaml\n'],
    [`${folder}/${ownershipFile}`, ownership(owner, 'configmap.yaml', 'kustomization.yaml')],
  ]));
}

const project = (name = 'shop') => write(emptyFolder(), { 'cdk8s.yaml': 'app: node app.js\noutput: deploy\n', 'package.json': `{ "name": "${name}" }` });
const synth = async (folder: string, files: Record<string, string>, args: readonly string[] = [], world: World = {}) =>
  await martyHere(folder, ['synth', ...args], { app: appWriting(files), ...world });
const resultOf = async (folder: string, files: Record<string, string>, ...args: readonly string[]): Promise<SynthResult> =>
  synthResultSchema.parse(JSON.parse((await synth(folder, files, [...args, '--json'])).out));
const deploy = (folder: string) => contentOf(join(folder, 'deploy'));

const both = ['dev/orders', 'dev/web', 'prod/orders', 'prod/web'];

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

describe('an output folder with several writers', () => {
  test('refuses to write over a file that it did not write, and writes nothing at all', async () => {
    const folder = write(project(), { 'deploy/dev/web/configmap.yaml': 'mine' });
    const { exit, err } = await synth(folder, staged(both));
    expect(exit).toBe(3);
    expect(err).toContain('dev/web/configmap.yaml: is there already and was not written by us; move it away');
    expect(deploy(folder)).toEqual({ 'dev/web/configmap.yaml': 'mine' });
  });

  test('refuses a folder of another owner, and says whose it is', async () => {
    const [ours, theirs, out] = [project('shop'), project('bank'), emptyFolder()];
    await synth(ours, staged(['dev/web']), ['--out', out]);
    const before = contentOf(out);
    const { exit, err } = await synth(theirs, staged(['dev/web', 'dev/ledger'], 'bank'), ['--out', out]);
    expect(exit).toBe(3);
    expect(err).toContain('dev/web: belongs to "shop", not to "bank"');
    expect(contentOf(out)).toEqual(before);
  });

  test('holds the folders of two repositories, each of which removes only its own', async () => {
    const [ours, theirs, out] = [project('shop'), project('bank'), emptyFolder()];
    await synth(ours, staged(['dev/web', 'dev/orders']), ['--out', out]);
    await synth(theirs, staged(['dev/ledger', 'dev/cards'], 'bank'), ['--out', out]);
    expect(contentOf(out)['dev/kustomization.yaml']).toContain('- cards\n  - ledger\n  - orders\n  - web\n');
    await synth(ours, staged(['dev/web']), ['--out', out]);
    expect(contentOf(out)['dev/kustomization.yaml']).toContain('- cards\n  - ledger\n  - web\n');
    expect(Object.keys(contentOf(out)).some(path => path.startsWith('dev/orders'))).toBe(false);
  });

  test('takes --owner in place of the name in package.json, and leaves owners that the app names', async () => {
    const folder = project();
    const { services } = await resultOf(folder, { ...staged(['dev/web']), ...staged(['dev/cards'], 'bank') }, '--owner', 'team-a');
    expect(services.map(({ service, owner }) => [service, owner])).toEqual([['cards', 'bank'], ['web', 'team-a']]);
  });

  test('says which files were changed by hand: what is written again, and what is left to whoever changed it', async () => {
    const folder = project();
    await synth(folder, staged(both));
    write(folder, { 'deploy/dev/web/configmap.yaml': 'edited', 'deploy/prod/web/configmap.yaml': 'edited' });
    const { err } = await synth(folder, staged(['dev/orders', 'dev/web', 'prod/orders']));
    expect(err).toContain('dev/web/configmap.yaml was changed by hand and is written again\n');
    expect(err).toContain('prod/web/configmap.yaml was changed by hand and is not removed; from now on it is yours\n');
    expect(err).toMatch(/^environment .* edited$/m);
    expect(deploy(folder)['dev/web/configmap.yaml']).toBe(object('dev-web'));
    expect(deploy(folder)['prod/web/configmap.yaml']).toBe('edited');
  });
});

describe('the app of a project', () => {
  test('that fails leaves the output as it was', async () => {
    const folder = project();
    await synth(folder, staged(both));
    const before = contentOf(folder);
    const app: World['app'] = env => {
      appWriting(staged(['dev/web']))?.(env);
      return { code: 3 };
    };
    const { exit, err } = await synth(folder, {}, [], { app });
    expect({ exit, err }).toEqual({ exit: 3, err: 'error: app `node app.js` ended with exit code 3, as told above; nothing was written\n' });
    expect((await synth(folder, {}, [], { app: () => ({ signal: 'SIGKILL' }) })).err).toContain('was stopped by SIGKILL');
    expect(contentOf(folder)).toEqual(before);
  });

  test('that writes nothing is refused, since everything would be removed', async () => {
    const folder = project();
    await synth(folder, staged(both));
    const before = contentOf(folder);
    const { exit, err } = await synth(folder, {});
    expect(exit).toBe(3);
    expect(err).toContain('wrote no manifests, and nothing was changed');
    expect(contentOf(folder)).toEqual(before);
  });

  test('that is no command of this machine ends with a code of its own, and the command is named', async () => {
    const { exit, err } = await synth(project(), {}, [], { app: () => ({ code: 127 }) });
    expect({ exit, err }).toEqual({ exit: 4, err: 'error: app is `node app.js`, but there is no command node; install it in the project, as in: npm install --save-dev node\n' });
  });

  test('must be named', async () => {
    const { exit, err } = await synth(write(emptyFolder(), { 'cdk8s.yaml': 'fleet: fleet.ts' }), {});
    expect(exit).toBe(3);
    expect(err).toContain('app is missing, expected for example `app: jiti main.ts`');
  });

  test('may know nothing of ownership: the project owns what it writes, with files and folders as they are', async () => {
    const folder = project();
    await synth(folder, { 'web.k8s.yaml': `${object('a')}---\n${object('b')}`, 'chart/deployment.yaml': object('c'), 'construct-metadata.json': '{}' });
    const { services } = await resultOf(folder, { 'web.k8s.yaml': `${object('a')}---\n${object('b')}` });
    expect(services.map(({ environment, service, objects, removed }) => ({ environment, service, objects, removed }))).toEqual([
      { environment: '', service: '', objects: 2, removed: 0 },
      { environment: 'chart', service: '', objects: 0, removed: 1 },
    ]);
    expect(Object.keys(deploy(folder))).toEqual([ownershipFile, 'web.k8s.yaml']);
  });

  test('runs with the variables of cdk8s, and with the commands of installed packages', async () => {
    const folder = write(project(), { 'sub/cdk8s.yaml': 'app: node app.js' });
    const seen: World['env'][] = [];
    const app: World['app'] = env => {
      seen.push(env);
      return appWriting(staged(['dev/web']))?.(env) ?? {};
    };
    await martyHere(join(folder, 'sub'), ['synth'], { app, env: { PATH: '/bin', NODE_OPTIONS: '--no-warnings', KEPT: 'yes' } });
    expect(seen[0]).toMatchObject({ CDK8S_RECORD_CONSTRUCT_METADATA: 'false', KEPT: 'yes' });
    expect(seen[0]?.CDK8S_OUTDIR?.startsWith(folder)).toBe(false);
    expect(seen[0]?.PATH?.split(':').slice(0, 2)).toEqual([join(folder, 'sub', 'node_modules', '.bin'), join(folder, 'node_modules', '.bin')]);
    expect(seen[0]?.PATH?.endsWith(':/bin')).toBe(true);
    expect(seen[0]?.NODE_OPTIONS).toMatch(/^--no-warnings --require ".*report-error\.js"$/);
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
