import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { largeApp } from './fixtures/large-app';
import { compareTimes, type Result } from './measure';
import { root, versionOf } from './synth-process';
import { judgeNamed } from '../test/conformance/judges/catalogue';
import { programPath } from '../test/conformance/judges/cache';
import { synth } from '../src/synth/synth';

const parse = `
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { loadAll } = require('js-yaml');
const folder = process.argv[1];
let count = 0;
for (const file of readdirSync(folder)) count += loadAll(readFileSync(join(folder, file), 'utf8')).length;
if (count !== 8000) throw new Error('there are ' + count + ' objects, expected 8000');
`;

/** `marty check` of 8,000 objects in files, as a whole process, against a linter in Go and against merely parsing the files. */
export function benchCheck(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'marty-bench-'));
  try {
    synth(largeApp({ charts: 800, chain: false, outdir: folder }));
    const files = readdirSync(folder).map(file => join(folder, file));
    const ours = timed([process.execPath, join(root, 'bin/marty'), 'check', folder]);
    const parsing = compareTimes({
      name: 'marty check of 8,000 objects', peerName: `js-yaml ${versionOf('js-yaml')}, which only parses them`, goal: 3, runs: 11,
      ours, peer: timed([process.execPath, '-e', parse, folder]),
    });
    const { name, version } = judgeNamed('kube-score');
    const program = programPath(name, version);
    if (!isThere(program)) {
      console.error('kube-score is not built: npm run judges -- kube-score; it is not compared');
      return [parsing];
    }
    const scoring = compareTimes({
      name: 'marty check of 8,000 objects', peerName: `kube-score ${version}`, goal: 1 / 5, runs: 3, ours, peer: timed([program, 'score', ...files]),
    });
    return [parsing, { ...scoring, note: `${(1 / scoring.ratio).toFixed(1)} times as fast` }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Both linters end with 1 when they find something. */
function timed([command, ...args]: readonly string[]): () => number {
  return () => {
    const start = performance.now();
    try {
      execFileSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'ignore'] });
    } catch (error) {
      if ((error as { readonly status?: number }).status !== 1) throw error;
    }
    return performance.now() - start;
  };
}

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
