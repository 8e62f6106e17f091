import { join } from 'node:path';
import { installedFolder, lastLines } from './installed-folder';
import { MissingTool, type Judge } from './judge';
import { npmInstall, npmPins } from './npm-judge';
import { execute } from '../runner/processes';

const name = 'cdk8s-examples';
const pinned = join(__dirname, name);
const timeoutMs = 10 * 60_000;

interface Pins { readonly repository: string; readonly commit: string }

/** The public examples of cdk8s at a pinned commit, with what they stand on from a lock file; nothing of theirs runs while they are installed. */
export function examplesJudge(): Judge {
  const pins = npmPins(pinned);
  const { repository, commit } = JSON.parse(pins[0]) as Pins;
  return {
    ...installedFolder({
      name, version: commit.slice(0, 12), kind: 'sources', pins, telling: `fetching ${repository}`,
      fill: async folder => {
        await git(folder, 'init', '--quiet');
        // The commit is the digest of all that is fetched: git refuses anything else.
        await git(folder, 'fetch', '--quiet', '--depth', '1', repository, commit);
        await git(folder, 'checkout', '--quiet', '--force', 'FETCH_HEAD');
        await npmInstall(name, pinned, join(folder, 'typescript'));
      },
    }),
    // In no package registry, and not every machine that judges reaches where it is.
    optional: true,
  };
}

async function git(cwd: string, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await execute('git', args, { cwd, timeoutMs }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new MissingTool(`judge ${name}: git is missing; install it from https://git-scm.com and have git on the PATH`);
    }
    throw error;
  });
  if (code !== 0) throw new Error(`judge ${name}: git ${args[0]} ended with ${code}\n${lastLines(stderr)}`);
}
