import { join } from 'node:path';
import { ownershipFile } from '../../src/synth/ownership';
import { both, deploy, object, project, resultOf, staged, synth } from './_staged';
import { appWriting, contentOf, emptyFolder, martyHere, removeFolders, write, type World } from './_world';

afterAll(removeFolders);

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
