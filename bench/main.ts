import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { benchFactoring } from './factoring';
import { benchCloud } from './cloud';
import { benchDiff } from './diff';
import { benchCheck } from './check';
import { benchImport } from './import';
import type { Result } from './measure';
import { benchPetstore } from './petstore';
import { benchSynth } from './synth';
import { benchTypecheck } from './typecheck';
import { benchYaml } from './yaml';

/** Every benchmark by its name: `npm run bench -- import typecheck`. */
const benchmarks: Readonly<Record<string, () => Result[]>> = {
  import: benchImport, typecheck: benchTypecheck, synth: benchSynth, yaml: benchYaml,
  petstore: benchPetstore, check: benchCheck, diff: benchDiff, factoring: benchFactoring, cloud: benchCloud,
};

const usage = `usage: npm run bench [-- NAME…] [--json FILE]\nnames: ${Object.keys(benchmarks).join(', ')}`;

function main(): number {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
  const names = positionals.length ? positionals : Object.keys(benchmarks);
  const unknown = names.filter(name => !(name in benchmarks));
  if (unknown.length) {
    console.error(`there is no benchmark ${unknown.join(', ')}\n${usage}`);
    return 2;
  }
  const results = names.flatMap(name => {
    console.error(`${name} …`);
    return benchmarks[name]();
  });
  for (const { name, ours, peer, peerName, unit, ratio, goal, ok, note } of results) {
    const rest = note ? `; ${note}` : '';
    console.log(`${ok ? 'ok  ' : 'MISS'} ${name}: ${ours.toFixed(0)} ${unit}, ${peerName}: ${peer.toFixed(0)} ${unit}; ratio ${ratio.toFixed(2)}, goal ≤ ${goal.toFixed(2)}${rest}`);
  }
  if (values.json) write(values.json, results);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

function write(file: string, results: readonly Result[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, `${JSON.stringify(results, null, 2)}\n`);
  renameSync(`${file}.tmp`, file);
}

process.exitCode = main();
