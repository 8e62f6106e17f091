import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedFolder, lastLines } from './installed-folder';
import type { Judge } from './judge';
import { execute } from '../runner/processes';

const timeoutMs = 10 * 60_000;
const pinFiles = ['package.json', 'package-lock.json'];

/**
 * A judge that is an npm package, installed from the lock file beside its pins; nothing of it runs while it is installed.
 *
 * @param name the folder of its pins, of whose dependencies the first one is the judge.
 */
export function npmJudge(name: string): Judge {
  const pinned = join(__dirname, name);
  const pins = npmPins(pinned);
  const [[dependency, wanted]] = Object.entries((JSON.parse(pins[0]) as { dependencies: Record<string, string> }).dependencies);
  // One that stands under the name of another is asked for as npm:<name>@<version>.
  const version = wanted.replace(/^npm:.*@/, '');
  const program = join('node_modules', dependency);
  return { ...installedFolder({ name, version, kind: 'sources', pins, program, telling: `installing ${dependency}`, fill: folder => npmInstall(name, pinned, folder) }), optional: false };
}

/** The texts that pin what npm installs. */
export const npmPins = (pinned: string) => pinFiles.map(file => readFileSync(join(pinned, file), 'utf8'));

/** Installs into a folder what is pinned in another. */
export async function npmInstall(judge: string, pinned: string, folder: string): Promise<void> {
  for (const file of pinFiles) cpSync(join(pinned, file), join(folder, file));
  const { code, stderr } = await execute('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, timeoutMs });
  if (code !== 0) throw new Error(`judge ${judge}: npm ci ended with ${code}\n${lastLines(stderr)}`);
}
