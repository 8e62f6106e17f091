import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeApp } from './fixtures/large-app';
import { compareTimes, median, timeProcess, type Result } from './measure';
import { agreeing, scriptOf, timedRun, versionOf } from './synth-process';
import { programOnPath } from '../test/conformance/judges/path-judge';
import { synth } from '../src/synth/synth';

const objects = (charts: number) => `${charts.toLocaleString('en')} charts × 10 objects`;

/** Our synth against that of cdk8s, and against itself where cdk8s does not come to an end. */
export function benchSynth(): Result[] {
  return [againstCdk8s(800, 6, 5), againstCdk8s(1600, 10, 3), doubling(), chain(), ...kustomize()];
}

function againstCdk8s(charts: number, times: number, runs: number): Result {
  const run = agreeing();
  const result = compareTimes({
    name: `synth of ${objects(charts)}`, peerName: `App.synth() of cdk8s ${versionOf('cdk8s')}`, goal: 1 / times, runs,
    ours: () => run('ours', charts), peer: () => run('cdk8s', charts),
  });
  const floor = median([1, 2, 3].map(() => timedRun('json', charts).ms));
  return { ...result, note: `${(1 / result.ratio).toFixed(1)} times as fast with the same bytes; ${share(floor, result.ours)} of our time is ApiObject.toJson(), which any synth needs` };
}

const share = (part: number, whole: number) => `${Math.min(100, Math.round(100 * part / whole))} %`;

function doubling(): Result {
  return compareTimes({
    name: `synth of ${objects(1600)}`, peerName: `synth of ${objects(800)}`, goal: 2.2, runs: 7,
    ours: () => timedRun('ours', 1600).ms, peer: () => timedRun('ours', 800).ms,
  });
}

function chain(): Result {
  return compareTimes({
    name: 'synth of a chain of 100 charts, each depending on the last', peerName: 'synth of 100 independent charts', goal: 2,
    ours: () => timedRun('ours', 100, true).ms, peer: () => timedRun('ours', 100).ms,
  });
}

/** What people use in our place; the objects are the same, and are on the disk already. */
function kustomize(): Result[] {
  const program = programOnPath('kubectl');
  if (!program) {
    console.error('kubectl is not on the PATH: kubectl kustomize is not compared');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'marty-bench-'));
  try {
    synth(largeApp({ charts: 800, chain: false, outdir: folder }));
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: readdirSync(folder) }));
    // Once is enough: it takes minutes, and the difference is no matter of chance.
    const [command, ...args] = scriptOf('synth-once.ts', 'ours', '800', 'free');
    const peer = timeProcess([program, 'kustomize', folder]);
    return [compareTimes({
      name: `process that builds and synthesizes ${objects(800)}`, peerName: 'kubectl kustomize', goal: 1, runs: 3,
      ours: () => timeProcess([command, ...args]), peer: () => peer,
    })];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
