import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, stampPath } from './cache';
import type { FoundJudge, Judge } from './judge';
import { execute } from '../runner/processes';

const timeoutMs = 10 * 60_000;

/**
 * A judge that is an npm package, installed from the lock file beside its pins; nothing of it runs while it is installed.
 *
 * @param name the folder of its pins, of whose dependencies the first one is the judge.
 */
export function npmJudge(name: string): Judge {
  const pinned = join(__dirname, name);
  const texts = ['package.json', 'package-lock.json'].map(file => readFileSync(join(pinned, file), 'utf8'));
  const [[dependency, wanted]] = Object.entries((JSON.parse(texts[0]) as { dependencies: Record<string, string> }).dependencies);
  // One that stands under the name of another is asked for as npm:<name>@<version>.
  const version = wanted.replace(/^npm:.*@/, '');
  const fingerprint = createHash('sha256').update(texts.join('\0')).digest('hex');
  const folder = join(cacheFolder(), 'sources', `${name}-${version}`);
  const stamp = stampPath(name, version);
  const found: FoundJudge = { name, version, path: join(folder, 'node_modules', dependency) };
  const isThere = () => existsSync(found.path) && existsSync(stamp) && (JSON.parse(readFileSync(stamp, 'utf8')) as { fingerprint?: string }).fingerprint === fingerprint;
  return {
    name, version, optional: false,
    find: () => Promise.resolve(isThere() ? found : undefined),
    install: async talk => {
      if (isThere()) return found;
      talk(`${name} ${version}: installing ${dependency}`);
      const unfinished = `${folder}.${process.pid}`;
      try {
        mkdirSync(unfinished, { recursive: true });
        for (const file of ['package.json', 'package-lock.json']) cpSync(join(pinned, file), join(unfinished, file));
        const { code, stderr } = await execute('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: unfinished, timeoutMs });
        if (code !== 0) throw new Error(`judge ${name}: npm ci ended with ${code}\n${stderr.trim().split('\n').slice(-20).join('\n')}`);
        rmSync(folder, { recursive: true, force: true });
        renameSync(unfinished, folder);
      } finally {
        rmSync(unfinished, { recursive: true, force: true });
      }
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, `${JSON.stringify({ fingerprint })}\n`);
      return found;
    },
  };
}
