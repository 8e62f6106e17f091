import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const load = createRequire(__filename);

/** One thing in a process of its own: `ours` compares two folders, `peer` merely parses their files. Prints how long it took. */
async function run(work: string, before: string, after: string): Promise<void> {
  if (work === 'peer') {
    const yaml = load('js-yaml') as { loadAll(text: string): unknown[] };
    const start = performance.now();
    const count = [before, after].flatMap(folder => readdirSync(folder).map(file => yaml.loadAll(readFileSync(join(folder, file), 'utf8')).length)).reduce((sum, length) => sum + length, 0);
    print(performance.now() - start, String(count));
    return;
  }
  // As it is installed: what runs the sources would be measured with them.
  const { main } = load('../lib/cli/main') as typeof import('../src/cli/main');
  const { createIo } = load('../lib/cli/io') as typeof import('../src/cli/io');
  let data = '';
  const start = performance.now();
  await main(['diff', before, after], { ...createIo(), data: text => { data += text; }, talk: () => undefined });
  print(performance.now() - start, data);
}

function print(ms: number, data: string): void {
  process.stdout.write(JSON.stringify({ ms, digest: createHash('sha256').update(data).digest('hex'), lines: data.split('\n').length - 1 }));
}

void run(process.argv[2], process.argv[3], process.argv[4]);
