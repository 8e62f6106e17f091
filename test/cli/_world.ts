import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { capture, diskFiles, type Ended, type Io } from '../../src/cli/io';
import { main } from '../../src/cli/main';

export const repository = join(__dirname, '..', '..');

const made: string[] = [];

/** An empty folder, removed with the others by `removeFolders`. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'marty-test-'));
  made.push(folder);
  return folder;
}

export function removeFolders(): void {
  made.splice(0).forEach(folder => rmSync(folder, { recursive: true, force: true }));
}

/** Writes files below a folder. */
export function write(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Every file below a folder with its text, but for what was installed. */
export function contentOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = entries.map(entry => relative(folder, join(entry.parentPath, entry.name))).filter(path => !path.startsWith('node_modules'));
  return Object.fromEntries(paths.sort().map(path => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Installs this package and what its users have beside it, as links. */
export function install(folder: string): string {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  const packages = ['.bin', '@types', 'cdk8s', 'cdk8s-cli', 'cdk8s-plus-28', 'constructs', 'jiti', 'ts-node', 'typescript', 'yaml', 'zod'];
  packages.forEach(name => symlinkSync(join(repository, 'node_modules', name), join(modules, name)));
  symlinkSync(repository, join(modules, 'marty-msf'));
  return folder;
}

/** A copy of the petstore as a project of its own. */
export function petstore(): string {
  const folder = install(emptyFolder());
  cpSync(join(repository, 'examples', 'petstore'), folder, { recursive: true, filter: source => !source.endsWith('deploy') });
  return write(folder, { 'package.json': '{ "name": "petstore" }' });
}

export interface Outcome { readonly exit: number | null; readonly out: string; readonly err: string }

/** Runs the real command line in a process of its own. */
export function marty(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Outcome {
  return run(cwd, process.execPath, [join(repository, 'bin', 'marty'), ...args], env);
}

export function run(cwd: string, program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', ...env } });
  return { exit: status, out: stdout, err: stderr };
}

/** What a test puts in place of the world. */
export interface World {
  readonly env?: Io['env'];
  readonly input?: string;
  readonly terminal?: boolean;
  readonly color?: boolean;
  readonly paint?: boolean;
  readonly capture?: Io['capture'];
  readonly files?: Partial<Io['files']>;
  /** What the app does: it gets its variables, and its exit code is returned. */
  readonly app?: (env: Io['env']) => Ended;
}

/** Runs the command line inside this process, with everything it prints caught. */
export async function martyHere(cwd: string, args: readonly string[], world: World = {}): Promise<Outcome> {
  const said = { out: '', err: '' };
  const io: Io = {
    cwd,
    env: world.env ?? {},
    terminal: world.terminal ?? false,
    color: world.color ?? false,
    paint: world.paint ?? false,
    capture: world.capture ?? capture,
    files: { ...diskFiles, ...world.files },
    data: text => { said.out += text; },
    talk: text => { said.err += text; },
    input: () => world.input ?? '',
    run: async (_command, { env }) => Promise.resolve(world.app?.(env) ?? { code: 0 }),
  };
  const exit = await main(args, io);
  return { exit, ...said };
}

/** An app that writes some files to where it is told to. */
export function appWriting(files: Readonly<Record<string, string>>): World['app'] {
  return env => {
    write(env.CDK8S_OUTDIR ?? '', files);
    return { code: 0 };
  };
}
