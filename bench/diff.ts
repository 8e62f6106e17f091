import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeApp } from './fixtures/large-app';
import { compareTimes, type Result } from './measure';
import { root, scriptOf, versionOf } from './synth-process';
import { synth } from '../src/synth/synth';

const charts = 800;

interface Timed { readonly ms: number; readonly lines: number }

/** `marty diff` over two folders of 8,000 objects each, against merely parsing the same files: where a few differ, and where every one does. */
export function benchDiff(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'marty-bench-'));
  try {
    const [before, few, all] = ['before', 'few', 'all'].map(name => join(folder, name));
    for (const outdir of [before, few, all]) synth(largeApp({ charts, chain: false, outdir }));
    change(few, (_, index) => index % 100 === 0);
    change(all, () => true);
    return [compared('20 of 8,000 objects differ', before, few), compared('all of 8,000 objects differ', before, all)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Another label on every object of the chosen files, and two replicas more. */
function change(folder: string, isChosen: (file: string, index: number) => boolean): void {
  readdirSync(folder).filter(isChosen).forEach(file => {
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), text.replace(/^( {4}app\.kubernetes\.io\/part-of: )shop$/gm, '$1store').replace('replicas: 2', 'replicas: 4'));
  });
}

function compared(title: string, before: string, after: string): Result {
  const once = (work: string): Timed => {
    const [command, ...args] = scriptOf('diff-once.ts', work, before, after);
    return JSON.parse(execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Timed;
  };
  const { lines } = once('ours');
  const result = compareTimes({
    name: `marty diff, ${title}`, peerName: `js-yaml ${versionOf('js-yaml')} parsing the same files`, goal: 3, runs: 5,
    ours: () => once('ours').ms, peer: () => once('peer').ms,
  });
  return { ...result, note: `${lines} lines of differences` };
}
