import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { initResultSchema } from '../../src/cli/init/result';
import { contentOf, emptyFolder, install, marty, martyHere, removeFolders, repository, run, write } from './_world';

jest.setTimeout(60_000);
afterAll(removeFolders);

const files = [
  '.gitignore', 'README.md', 'cdk8s.yaml', 'fleet.ts', 'main.ts', 'package.json', 'releases/dev.json', 'releases/production.json',
  'services/greetings.ts', 'services/web.ts', 'start.ts', 'tsconfig.json',
];
const json = (text: string) => JSON.parse(text) as Record<string, Record<string, string>>;
const ours = json(readFileSync(join(repository, 'package.json'), 'utf8'));

describe('marty init', () => {
  test('writes a project into an empty folder, lists its files as data, and tells how to go on', async () => {
    const folder = emptyFolder();
    const { exit, out, err } = await martyHere(folder, ['init', 'shop']);
    expect({ exit, out }).toEqual({ exit: 0, out: files.map(file => `${file}\n`).join('') });
    expect(err).toBe('\nshop is ready. Go on with:\n  cd shop\n  npm install\n  npm run synth\n  npm start\n');
    expect(Object.keys(contentOf(join(folder, 'shop')))).toEqual(files);
  });

  test('leaves no placeholder, and depends on this version', async () => {
    const folder = emptyFolder();
    await martyHere(folder, ['init', '--name', 'shop']);
    const content = contentOf(folder);
    expect(Object.entries(content).filter(([, text]) => /__\w+__/.test(text.replace(/MARTY__\w+|__dirname/g, '')))).toEqual([]);
    expect(json(content['package.json'])).toMatchObject({ name: 'shop', dependencies: { 'marty-msf': `^${ours.version as unknown as string}` } });
    expect(content['fleet.ts']).toContain("name: 'shop'");
  });

  test('asks for the same versions of what it needs as this package', () => {
    const { dependencies, devDependencies } = json(readFileSync(join(repository, 'templates', 'init', 'package.json'), 'utf8'));
    const { 'marty-msf': _, ...needed } = { ...dependencies, ...devDependencies };
    const known = { ...ours.devDependencies, ...ours.dependencies, ...ours.peerDependencies };
    expect(needed).toEqual(Object.fromEntries(Object.keys(needed).map(name => [name, known[name]])));
  });

  test('takes the package from where --package says', async () => {
    const folder = emptyFolder();
    await martyHere(folder, ['init', '--name', 'shop', '--package', 'file:../marty "1".tgz']);
    expect(json(contentOf(folder)['package.json']).dependencies['marty-msf']).toBe('file:../marty "1".tgz');
  });

  test.each([['My Shop', 'my-shop'], ['3-shops_', 'shops'], ['a'.repeat(60), 'a'.repeat(40)]])('makes of the folder %j the name %j', async (folder, name) => {
    const { out } = await martyHere(emptyFolder(), ['init', folder, '--json', '--dry-run']);
    expect(initResultSchema.parse(JSON.parse(out)).name).toBe(name);
  });

  test.each([
    [['init', '4711'], 'gives no name to the project; give one with --name'],
    [['init', '--name', 'My Shop'], '--name is "My Shop", expected a DNS label'],
    [['init', '--name', 'a'.repeat(41)], 'expected at most 40 characters'],
  ])('refuses %j as wrong use', async (args, message) => {
    const { exit, err } = await martyHere(emptyFolder(), args);
    expect(exit).toBe(2);
    expect(err).toContain(message);
  });

  test('leaves a repository, a README and a licence as they are', async () => {
    const there = { '.git/HEAD': 'ref: refs/heads/main', 'README.md': 'mine', 'LICENSE': 'mine' };
    const folder = write(emptyFolder(), there);
    const { exit, out } = await martyHere(folder, ['init', '--name', 'shop', '--json']);
    expect(exit).toBe(0);
    expect(initResultSchema.parse(JSON.parse(out))).toEqual({
      folder, name: 'shop', dryRun: false, files: files.filter(file => file !== 'README.md'), kept: ['README.md'], next: ['npm install', 'npm run synth', 'npm start'],
    });
    expect(contentOf(folder)).toMatchObject(there);
  });

  test('overwrites nothing: it names every file that is there, and writes none', async () => {
    const there = { 'fleet.ts': 'mine', 'releases/dev.json': 'mine' };
    const folder = write(emptyFolder(), there);
    const { exit, out, err } = await martyHere(folder, ['init', '--name', 'shop']);
    expect({ exit, out }).toEqual({ exit: 3, out: '' });
    expect(err.split('\n').slice(1)).toEqual(['  fleet.ts: is there already', '  releases/dev.json: is there already', '']);
    expect(contentOf(folder)).toEqual(there);
  });

  test('lists with --dry-run what it would write', async () => {
    const folder = emptyFolder();
    const { exit, out } = await martyHere(folder, ['init', '--name', 'shop', '--dry-run']);
    expect({ exit, out }).toEqual({ exit: 0, out: files.map(file => `${file}\n`).join('') });
    expect(contentOf(folder)).toEqual({});
  });
});

test('a new project type-checks, is synthesized, and its service starts with the ConfigMap that was written', async () => {
  const folder = install(emptyFolder());
  expect(marty(folder, ['init', '--name', 'shop']).exit).toBe(0);
  expect(run(folder, join(folder, 'node_modules', '.bin', 'tsc'), ['--noEmit'])).toEqual({ exit: 0, out: '', err: '' });
  const { exit, out } = marty(folder, ['synth', '--json']);
  expect({ exit, result: JSON.parse(out) as unknown }).toMatchObject({ exit: 0, result: { total: { edited: 0 } } });
  expect(basename(folder)).not.toBe('shop');

  const [port, management, webPort, webManagement] = await freePorts(4);
  const greetings = start(folder, ['greetings'], { MARTY__PORTS__HTTP__PORT: port, MARTY__MANAGEMENT__PORT: management });
  const web = start(folder, ['web', 'production'], {
    MARTY__PORTS__HTTP__PORT: webPort, MARTY__MANAGEMENT__PORT: webManagement, MARTY__CALLS__GREETINGS__HOST: '127.0.0.1', MARTY__CALLS__GREETINGS__PORT: port,
    MARTY__CALLS__GREETINGS__TIMEOUT_MS: 10_000,
  });
  try {
    expect(await answer(`http://127.0.0.1:${port}/you`)).toBe('{"greeting":"Hello, you"}');
    expect(await answer(`http://127.0.0.1:${webPort}/%3Cyou`)).toBe('<h1>Hello, &#60;you</h1>\n');
  } finally {
    await Promise.all([greetings, web].map(async stop => stop()));
  }
});

function start(folder: string, args: readonly string[], env: Readonly<Record<string, string | number>>): () => Promise<void> {
  const child = spawn(join(folder, 'node_modules', '.bin', 'jiti'), ['start.ts', ...args], {
    cwd: folder, stdio: 'inherit', env: { ...process.env, ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)])) },
  });
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  return async () => {
    child.kill('SIGKILL');
    await ended;
  };
}

async function answer(url: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (attempt === 150) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}

/** Ports that are free at this moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, async () => new Promise<ReturnType<typeof createServer>>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map(server => (server.address() as { port: number }).port);
  await Promise.all(servers.map(async server => new Promise(resolve => server.close(resolve))));
  return ports;
}
