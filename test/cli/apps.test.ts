import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ownershipFile } from '../../src/synth/ownership';
import { contentOf, emptyFolder, install, marty, removeFolders, repository, run, write } from './_world';

jest.setTimeout(60_000);
afterAll(removeFolders);

const project = (app: string, files: Readonly<Record<string, string>>) =>
  write(install(emptyFolder()), { 'cdk8s.yaml': `app: ${app}\n`, 'package.json': '{ "name": "shop" }', ...files });

const body = `
const app = new App();
const chart = new Chart(app, 'web');
new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { said: process.env.SAID ?? 'nothing' } });
console.log('the app says this');
`;
const typed = `import { ApiObject, App, Chart } from 'cdk8s'; import { synthesize } from 'marty-msf'; const one: number = 1; ${body} synthesize(app);`;
const esm = typed.replace('const one: number = 1;', 'await Promise.resolve();');
const commonJs = `const { ApiObject, App, Chart } = require('cdk8s'); const { synthesize } = require('marty-msf'); ${body} synthesize(app);`;

const apps: readonly (readonly [string, string, Record<string, string>])[] = [
  ['CommonJS JavaScript', 'node main.js', { 'main.js': commonJs }],
  ['ESM JavaScript', 'node main.js', { 'main.js': esm, 'package.json': '{ "name": "shop", "type": "module" }' }],
  ['TypeScript by jiti', 'jiti main.ts', { 'main.ts': typed }],
  ['ESM TypeScript by jiti', 'jiti main.ts', { 'main.ts': typed.replace('= 1;', '= await Promise.resolve(1);'), 'package.json': '{ "name": "shop", "type": "module" }' }],
  ['TypeScript by ts-node', 'ts-node -T main.ts', { 'main.ts': typed, 'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "esModuleInterop": true } }' }],
  ['a plain cdk8s app', 'node main.js', { 'main.js': commonJs.replace(/synthesize\(app\)/, 'app.synth()') }],
];

describe('marty synth runs', () => {
  test.each(apps)('%s, as cdk8s does: both write the same', (_name, app, files) => {
    const folder = project(app, files);
    const { exit, out, err } = marty(folder, ['synth'], { SAID: 'something' });
    expect({ exit, out }).toEqual({ exit: 0, out: '' });
    expect(err).toMatch(/^the app says this\n/);
    const plain = app.startsWith('node') && files['main.js'].includes('app.synth()');
    expect(contentOf(join(folder, 'dist'))[plain ? 'web.k8s.yaml' : 'web/configmap-web.yaml']).toContain('said: something');
    const cdk8s = run(folder, join(folder, 'node_modules', '.bin', 'cdk8s'), ['synth', '--output', 'other'], { SAID: 'something' });
    expect(cdk8s.exit).toBe(0);
    const { [ownershipFile]: _, ...written } = contentOf(join(folder, 'dist'));
    expect(contentOf(join(folder, 'other'))).toEqual(written);
  });
});

describe('an app that throws an error of ours', () => {
  const wrong = "definePlatform({ name: 'Shop', environments: { dev: { kubernetes: '1.37', domain: '10.0.0.1' } } });";
  const imported = `import { definePlatform } from 'marty-msf/spec'; ${wrong}`;
  const required = `const { definePlatform } = require('marty-msf/spec'); ${wrong}`;

  test.each([
    ['node', 'node main.js', { 'main.js': required }],
    ['node, as ESM', 'node main.mjs', { 'main.mjs': imported }],
    ['node, in a promise', 'node main.js', { 'main.js': `void (async () => { ${required} })();` }],
    ['jiti', 'jiti main.ts', { 'main.ts': imported }],
    ['ts-node', 'ts-node -T main.ts', { 'main.ts': imported, 'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "esModuleInterop": true } }' }],
  ])('shows under %s its message alone, and leaves its problems for --json', (_, app, files: Record<string, string>) => {
    const folder = project(app, files);
    const { exit, out, err } = marty(folder, ['synth', '--json']);
    expect(exit).toBe(3);
    expect(err).toMatch(/^the platform cannot be used:\n {2}name: .*\n {2}environments.dev.domain: .*\n$/);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'APP_FAILED', problems: [{ path: 'name' }, { path: 'environments.dev.domain' }] } });
  });

  test('may handle it itself', () => {
    const folder = project('node main.js', { 'main.js': `process.on('uncaughtException', () => { console.error('handled'); process.exit(9); }); ${required}` });
    expect(marty(folder, ['synth']).err).toBe('handled\nerror: app `node main.js` ended with exit code 9, as told above; nothing was written\n');
  });
});

test('an app that throws any other error shows where', () => {
  const { exit, err } = marty(project('node main.js', { 'main.js': '\nnull.x;' }), ['synth']);
  expect(exit).toBe(3);
  expect(err).toMatch(/main\.js:2\n/);
  expect(err).toContain('TypeError');
});

test('an app whose command is not there ends with its own exit code', () => {
  const { exit, err } = marty(project('no-such-loader main.ts', {}), ['synth']);
  expect(exit).toBe(4);
  expect(err).toContain('there is no command no-such-loader; install it in the project, as in: npm install --save-dev no-such-loader');
});

test('an app is stopped with marty, and with everything that it started', async () => {
  const folder = project('node main.js && true', { 'main.js': "require('node:fs').writeFileSync('pid', String(process.pid)); setInterval(() => undefined, 1000);" });
  const child = spawn(process.execPath, [join(repository, 'bin', 'marty'), 'synth'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const told: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => told.push(chunk));
  const ended = new Promise(resolve => child.once('close', resolve));
  while (!contentOf(folder).pid) await new Promise(resolve => setTimeout(resolve, 50));
  child.kill('SIGTERM');
  expect(await ended).toBe(3);
  expect(Buffer.concat(told).toString()).toContain('was stopped by SIGTERM');
  while (lives(Number(contentOf(folder).pid))) await new Promise(resolve => setTimeout(resolve, 50));
});

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
