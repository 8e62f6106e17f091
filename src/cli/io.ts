import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { types } from 'node:util';

/** The files of the user's project. */
export interface Files {
  /** Whether there is a file, or a folder, of this name. */
  exists(path: string): boolean;
  /** Whether there is a folder of this name. */
  isFolder(path: string): boolean;
  /** The text of a file; undefined where there is none. */
  text(path: string): string | undefined;
  /** Every file below a folder, by its path from there, with `/`. */
  list(folder: string): string[];
  /** Writes a file that is not there yet, and the folders above it. */
  create(path: string, text: string): void;
  /** A new, empty folder outside of the project. */
  temporary(): string;
  remove(path: string): void;
}

/** How a program ended: with a code, by a signal, or not begun at all. */
export interface Ended { readonly code?: number; readonly signal?: string }

/** What a program said, and its exit code. */
export interface Captured { readonly code: number; readonly out: string; readonly err: string }

/** Everything outside: what commands print, read and start. The only file that touches it, so that tests can put another in place. */
export interface Io {
  /** The folder that paths are relative to. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether somebody watches: only then is progress told. */
  readonly terminal: boolean;
  /** Whether what is told may be coloured. */
  readonly color: boolean;
  /** Whether data may be coloured: somebody reads them on a terminal. */
  readonly paint: boolean;
  readonly files: Files;
  /** Prints data, to stdout. */
  data(text: string): void;
  /** Tells something, to stderr. */
  talk(text: string): void;
  /** Everything on stdin. */
  input(): string;
  /** Runs a command line through the shell; whatever it prints is told. */
  run(command: string, options: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> }): Promise<Ended>;
  /** Runs a program, without a shell, and returns what it says; undefined when there is no such program. */
  capture(program: string, args: readonly string[], options: { readonly cwd: string; readonly input?: string }): Captured | undefined;
}

const absent = (error: unknown) => types.isNativeError(error) && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** The files of this machine. */
export const diskFiles: Files = {
  exists: existsSync,
  isFolder: path => existsSync(path) && statSync(path).isDirectory(),
  text: path => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      if (absent(error)) return undefined;
      // Of a folder, the system does not say which.
      throw types.isNativeError(error) && !('path' in error) ? Object.assign(error, { message: `${error.message} ${path}` }) : error;
    }
  },
  list: folder => (existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort(),
  create: (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  },
  temporary: () => mkdtempSync(join(tmpdir(), 'marty-')),
  remove: path => rmSync(path, { recursive: true, force: true }),
};

const longestOutput = 2 ** 30;

/** Runs a program of this machine to its end. */
export const capture: Io['capture'] = (program, args, { cwd, input }) => {
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, { cwd, input: input ?? '', encoding: 'utf8', maxBuffer: longestOutput });
  if (error) {
    if (absent(error)) return undefined;
    throw error;
  }
  return { code: status ?? 1, out: stdout, err: signal ? `${stderr}ended by ${signal}` : stderr };
};

/** The terminal, files and processes of this machine. */
export function createIo(): Io {
  // Whoever reads the output may have enough of it, as `head` has.
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(128 + constants.signals.SIGPIPE);
    throw error;
  });
  const terminal = process.stderr.isTTY === true;
  const mayColor = !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  return {
    cwd: process.cwd(),
    env: process.env,
    terminal,
    color: terminal && mayColor,
    paint: process.stdout.isTTY && mayColor,
    files: diskFiles,
    data: text => void process.stdout.write(text),
    talk: text => void process.stderr.write(text),
    input: () => readFileSync(0, 'utf8'),
    capture,
    run: async (command, { cwd, env }) => new Promise<Ended>((resolve, reject) => {
      // What the program prints on stdout is talk here: data is only what a command prints itself. In a group of its own, it can be stopped
      // with everything that it started; the shell alone would leave the rest behind.
      const group = process.platform !== 'win32';
      const child = spawn(command, { cwd, env, shell: true, detached: group, stdio: ['ignore', process.stderr, 'inherit'] });
      const stop = (signal: NodeJS.Signals) => void (group && child.pid ? process.kill(-child.pid, signal) : child.kill(signal));
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      const settled = <T>(done: (value: T) => void) => (value: T) => {
        signals.forEach(signal => process.off(signal, stop));
        done(value);
      };
      signals.forEach(signal => process.on(signal, stop));
      child.once('error', settled(reject));
      child.once('exit', (code, signal) => settled(resolve)(signal ? { signal } : { code: code ?? undefined }));
    }),
  };
}
