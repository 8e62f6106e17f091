import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, compareTimes, type Result } from './measure';
import { root, scriptOf, versionOf } from './synth-process';

/** A stack of ours, checked, against the same resources by cdktf alone; and what type-checking it costs, against the same imports of the provider. */
export function benchCloud(): Result[] {
  const run = (which: string) => {
    const [command, ...args] = scriptOf('cloud-once.ts', which);
    return JSON.parse(execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as { ms: number; resources: number };
  };
  const { resources } = run('ours');
  return [
    compareTimes({ name: `synth of a checked stack of ${resources} resources`, peerName: `the same resources by cdktf ${versionOf('cdktf')}`, goal: 2, runs: 7, ours: () => run('ours').ms, peer: () => run('peer').ms }),
    benchCloudTypes(),
  ];
}

function benchCloudTypes(): Result {
  const folder = mkdtempSync(join(tmpdir(), 'marty-typecheck-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    cpSync(join(root, 'examples/aws/minimal'), join(folder, 'minimal'), { recursive: true });
    const aws = join(root, 'lib/cloud/aws');
    const imported = new Set(readdirSync(aws).filter(file => file.endsWith('.js'))
      .flatMap(file => [...readFileSync(join(aws, file), 'utf8').matchAll(/require\("(@cdktf\/provider-aws\/lib\/[^"]+)"\)/g)].map(([, module]) => module)));
    writeFileSync(join(folder, 'peer.ts'), `import * as cdktf from 'cdktf';\n${[...imported].sort().map((module, index) => `import * as r${index} from '${module}';`).join('\n')}\nexport const all = [cdktf, ${[...imported].map((_, index) => `r${index}`).join(', ')}];\n`);
    const config = (name: string, files: readonly string[]) => writeFileSync(join(folder, `${name}.json`), JSON.stringify({
      compilerOptions: {
        target: 'ES2022', module: 'node16', moduleResolution: 'node16', strict: true, skipLibCheck: true, noEmit: true, types: ['node'],
        paths: { 'marty-msf/cloud/aws': [join(aws, 'index.d.ts')] },
      },
      files,
    }));
    config('ours', ['minimal/main.ts']);
    config('peer', ['peer.ts']);
    const tsc = (name: string) => [process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', `${name}.json`];
    return compare({ name: 'tsc of a stack of AWS', peerName: `tsc of imports of the same ${imported.size} resources`, goal: 1.5, runs: 5, ours: tsc('ours'), peer: tsc('peer'), cwd: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
