import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { types } from 'node:util';

/** The files of the user's project. */
export interface Files {
  /** Whether there is a file, or a folder, of this name. */
  exists(path: string): boolean;
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

/** Everything outside: what commands print, read and start. The only file that touches it, so that tests can put another in place. */
export interface Io {
  /** The folder that paths are relative to. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether somebody watches: only then is progress told. */
  readonly terminal: boolean;
  /** Whether what is told may be coloured. */
  readonly color: boolean;
  readonly files: Files;
  /** Prints data, to stdout. */
  data(text: string): void;
  /** Tells something, to stderr. */
  talk(text: string): void;
  /** Everything on stdin. */
  input(): string;
  /** Runs a command line through the shell; whatever it prints is told. */
  run(command: string, options: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> }): Promise<Ended>;
}

const absent = (error: unknown) => types.isNativeError(error) && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** The files of this machine. */
export const diskFiles: Files = {
  exists: existsSync,
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

/** The terminal, files and processes of this machine. */
export function createIo(): Io {
  // Whoever reads the output may have enough of it, as `head` has.
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(128 + constants.signals.SIGPIPE);
    throw error;
  });
  const terminal = process.stderr.isTTY === true;
  return {
    cwd: process.cwd(),
    env: process.env,
    terminal,
    color: terminal && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    files: diskFiles,
    data: text => void process.stdout.write(text),
    talk: text => void process.stderr.write(text),
    input: () => readFileSync(0, 'utf8'),
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
