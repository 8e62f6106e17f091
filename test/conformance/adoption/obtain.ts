import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { cacheFolder } from '../judges/cache';
import { execute, removeScratch, scratchFolder } from '../runner/processes';
import type { ChartOrigin, Origin, Pinned } from './catalogue';

/** Manifests that cannot be had on this machine now; the message says why. */
export class Unobtainable extends Error {
  override readonly name = 'Unobtainable';
}

const downloadTimeoutMs = 10 * 60_000;
const isManifest = (name: string) => ['.yaml', '.yml', '.json'].includes(extname(name));

/** Where the files of a set are kept. */
export const folderOfSet = (folder: string, set: string) => join(folder, set);

/**
 * The folder that holds the sets of an origin, below the judges' cache; downloaded when it is not there in this version and selection.
 *
 * @throws Unobtainable when there is no Go or no network.
 * @throws Error when what came is not what is pinned.
 */
export function obtain(origin: Origin): Promise<string> {
  return kept('manifests', origin, origin.sets.map(({ name, files }): NamedFiles => [name, files]), isManifest);
}

/** The folder that holds the charts of an origin, each in its own place and whole; the rest is as {@link obtain}. */
export function obtainCharts(origin: ChartOrigin): Promise<string> {
  const folders = [...new Set(origin.charts.map(({ chart }) => chart))];
  return kept('charts', origin, [['', folders]], () => true);
}

type NamedFiles = readonly [name: string, files: readonly string[]];

async function kept(place: string, origin: Pinned, sets: readonly NamedFiles[], isKept: (name: string) => boolean): Promise<string> {
  const folder = join(cacheFolder(), place, `${origin.origin.replace(/\//g, '+')}@${origin.version}`);
  const stamp = join(folder, 'stamp.json');
  const wanted = JSON.stringify([origin.checksum, sets]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  const module = await download(origin);
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  for (const [name, files] of sets) files.forEach(file => copy(join(module, file), join(folderOfSet(unfinished, name), file), isKept));
  writeFileSync(join(unfinished, 'stamp.json'), wanted);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return folder;
}

interface Downloaded { readonly Dir?: string; readonly Sum?: string; readonly Error?: string }

/** The folder of a Go module, in Go's own cache. */
async function download({ origin, version, checksum }: Pinned): Promise<string> {
  const scratch = scratchFolder('manifests');
  try {
    const env = { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local', GOWORK: 'off' };
    const outcome = await execute('go', ['mod', 'download', '-json', `${origin}@${version}`], { cwd: scratch, env, timeoutMs: downloadTimeoutMs }).catch((error: unknown) => {
      throw new Unobtainable(`go cannot be run: ${error instanceof Error ? error.message : String(error)}`);
    });
    const said = parsed(outcome.stdout);
    if (!said.Dir || !said.Sum) throw new Unobtainable(`${origin}@${version} cannot be downloaded: ${(said.Error ?? outcome.stderr).trim().split('\n')[0]}`);
    if (said.Sum !== checksum) throw new Error(`${origin}@${version}: checksum is ${said.Sum}, expected ${checksum}; what came is not what is pinned`);
    return said.Dir;
  } finally {
    removeScratch(scratch);
  }
}

function parsed(text: string): Downloaded {
  try {
    return JSON.parse(text) as Downloaded;
  } catch {
    return {};
  }
}

/** Copies a file, or what is kept below a folder; what is pinned and missing is a mistake in the catalogue. */
function copy(from: string, to: string, isKept: (name: string) => boolean): void {
  if (!existsSync(from)) throw new Error(`${from} is not there, expected a file or folder of the pinned module; mend the catalogue`);
  const isFolder = statSync(from).isDirectory();
  const files = isFolder ? readdirSync(from, { recursive: true, encoding: 'utf8' }).filter(name => isKept(name) && statSync(join(from, name)).isFile()) : [''];
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
}
