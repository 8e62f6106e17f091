import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, stampPath } from './cache';
import { MissingTool, type FoundJudge, type Judge } from './judge';
import { execute } from '../runner/processes';

const name = 'cdk8s-examples';
const pinned = join(__dirname, name);
const timeoutMs = 10 * 60_000;

interface Pins { readonly repository: string; readonly commit: string }

/** The public examples of cdk8s at a pinned commit, with what they stand on from a lock file; nothing of theirs runs while they are installed. */
export function examplesJudge(): Judge {
  const texts = ['package.json', 'package-lock.json'].map(file => readFileSync(join(pinned, file), 'utf8'));
  const { repository, commit } = JSON.parse(texts[0]) as Pins;
  const version = commit.slice(0, 12);
  const fingerprint = createHash('sha256').update(texts.join('\0')).digest('hex');
  const path = join(cacheFolder(), 'sources', `${name}-${version}`);
  const stamp = stampPath(name, version);
  const found: FoundJudge = { name, version, path };
  const isThere = () => existsSync(path) && existsSync(stamp) && (JSON.parse(readFileSync(stamp, 'utf8')) as { fingerprint?: string }).fingerprint === fingerprint;
  return {
    // In no package registry, and not every machine that judges reaches where it is.
    name, version, optional: true,
    find: () => Promise.resolve(isThere() ? found : undefined),
    install: async talk => {
      if (isThere()) return found;
      talk(`${name} ${version}: fetching ${repository}`);
      const unfinished = `${path}.${process.pid}`;
      try {
        mkdirSync(unfinished, { recursive: true });
        await git(unfinished, 'init', '--quiet');
        // The commit is the digest of all that is fetched: git refuses anything else.
        await git(unfinished, 'fetch', '--quiet', '--depth', '1', repository, commit);
        await git(unfinished, 'checkout', '--quiet', '--force', 'FETCH_HEAD');
        for (const file of ['package.json', 'package-lock.json']) cpSync(join(pinned, file), join(unfinished, 'typescript', file));
        await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], join(unfinished, 'typescript'));
        rmSync(path, { recursive: true, force: true });
        renameSync(unfinished, path);
      } finally {
        rmSync(unfinished, { recursive: true, force: true });
      }
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, `${JSON.stringify({ fingerprint })}\n`);
      return found;
    },
  };
}

async function git(folder: string, ...args: readonly string[]): Promise<void> {
  await run('git', args, folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new MissingTool(`judge ${name}: git is missing; install it from https://git-scm.com and have git on the PATH`);
    }
    throw error;
  });
}

async function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, stderr } = await execute(program, args, { cwd, timeoutMs });
  if (code !== 0) throw new Error(`judge ${name}: ${program} ${args[0]} ended with ${code}\n${stderr.trim().split('\n').slice(-20).join('\n')}`);
}
