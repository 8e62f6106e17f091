import { mkdtempSync, rmSync, symlinkSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, type Result } from './measure';

const root = join(__dirname, '..');

/** What type-checking the petstore costs its users, against a file that only imports cdk8s and zod. */
export function benchTypecheck(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'marty-typecheck-'));
  try {
    const modules = join(folder, 'node_modules');
    symlinkSync(join(root, 'node_modules'), modules);
    cpSync(join(root, 'examples/petstore'), join(folder, 'petstore'), { recursive: true, filter: source => !source.includes('deploy') });
    writeFileSync(join(folder, 'peer.ts'), "import { App } from 'cdk8s';\nimport { z } from 'zod';\n\nexport const app = new App();\nexport const schema = z.string();\n");
    const config = (name: string, files: readonly string[]) => writeFileSync(join(folder, `${name}.json`), JSON.stringify({
      compilerOptions: {
        target: 'ES2022', module: 'node16', moduleResolution: 'node16', strict: true, skipLibCheck: true, noEmit: true, types: ['node'],
        paths: { 'marty-msf': [join(root, 'lib/index.d.ts')], 'marty-msf/*': [join(root, 'lib/*/index.d.ts')] },
      },
      files,
    }));
    config('ours', ['petstore/fleet.ts', 'petstore/main.ts']);
    config('peer', ['peer.ts']);
    const tsc = (name: string) => [process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', `${name}.json`];
    return [compare({ name: 'tsc of the petstore', peerName: 'tsc of imports of cdk8s and zod', goal: 2, runs: 5, ours: tsc('ours'), peer: tsc('peer'), cwd: folder })];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
