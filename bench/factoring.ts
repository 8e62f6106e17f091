import { execFileSync } from 'node:child_process';
import type { Factored } from './factoring-once';
import { compareTimes, type Result } from './measure';
import { root, scriptOf } from './synth-process';

/** Base and overlays, and charts, out of rendered environments: against rendering them, and against half as many. */
export function benchFactoring(): Result[] {
  return ['kustomize', 'helm'].flatMap(format => [againstRendering(format), doubling(format)]);
}

function againstRendering(format: string): Result {
  let last = once(format, 1);
  const result = compareTimes({
    name: `800 services × 3 environments as ${format}`, peerName: 'rendering them', goal: 2, runs: 3,
    ours: () => (last = once(format, 800)).factorMs, peer: () => last.renderMs,
  });
  return { ...result, note: `${last.objects.toLocaleString('en')} objects` };
}

function doubling(format: string): Result {
  return compareTimes({
    name: `800 services × 3 environments as ${format}`, peerName: '400 services', goal: 2.2, runs: 3,
    ours: () => once(format, 800).factorMs, peer: () => once(format, 400).factorMs,
  });
}

function once(format: string, services: number): Factored {
  const [command, ...args] = scriptOf('factoring-once.ts', format, String(services));
  return JSON.parse(execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Factored;
}
