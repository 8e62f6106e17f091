import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, stampPath } from './cache';
import type { FoundJudge, Judge } from './judge';

interface InstalledFolder {
  readonly name: string;
  readonly version: string;
  /** The folder of the cache that such judges stand in. */
  readonly kind: 'sources' | 'environments' | 'jars';
  /** The texts of its pins: where one changes, it is installed again. */
  readonly pins: readonly string[];
  /** What is there when it is installed, from its folder. @default - the folder itself */
  readonly program?: string;
  /** What is told before it is installed. */
  readonly telling: string;
  /** Looks for the tools that it needs. @throws MissingTool when one is not there. */
  readonly require?: (use: 'run' | 'install') => Promise<void>;
  /** Puts everything into a folder that is there and empty. @throws Error when it cannot. */
  readonly fill: (folder: string) => Promise<void>;
}

/** A judge that is a folder of the cache, made from pins: it is there as a whole, or it is not. */
export function installedFolder({ name, version, kind, pins, program = '', telling, require: needed, fill }: InstalledFolder): Omit<Judge, 'optional'> {
  const fingerprint = createHash('sha256').update(pins.join('\0')).digest('hex');
  const folder = join(cacheFolder(), kind, `${name}-${version}`);
  const stamp = stampPath(name, version);
  const found: FoundJudge = { name, version, path: join(folder, program) };
  const isThere = () => existsSync(found.path) && existsSync(stamp) && (JSON.parse(readFileSync(stamp, 'utf8')) as { fingerprint?: string }).fingerprint === fingerprint;
  const isUsable = async () => isThere() && await (needed?.('run') ?? Promise.resolve()).then(() => true, () => false);
  return {
    name, version,
    find: async () => await isUsable() ? found : undefined,
    install: async talk => {
      await needed?.(isThere() ? 'run' : 'install');
      if (isThere()) return found;
      talk(`${name} ${version}: ${telling}`);
      const started = Date.now();
      // A second installer may be at work: each fills a folder of its own, the last rename wins, both are the same.
      const unfinished = `${folder}.${process.pid}`;
      try {
        mkdirSync(unfinished, { recursive: true });
        await fill(unfinished);
        rmSync(folder, { recursive: true, force: true });
        renameSync(unfinished, folder);
      } finally {
        rmSync(unfinished, { recursive: true, force: true });
      }
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, `${JSON.stringify({ fingerprint, seconds: Math.round((Date.now() - started) / 1000) })}\n`);
      return found;
    },
  };
}

/** The end of what a program said before it failed. */
export const lastLines = (text: string) => text.trim().split('\n').slice(-20).join('\n');
