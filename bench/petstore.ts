import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import ts from 'typescript';
import { compare, type Result } from './measure';
import { root } from './synth-process';

/** The peer: cdk8s, given the finished objects, a chart per folder, a file per object. It checks nothing. */
const peerProgram = `
const { ApiObject, App, Chart, YamlOutputType } = require('cdk8s');
const app = new App({ outdir: process.argv[2], yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
for (const [folder, objects] of Object.entries(require('./objects.json'))) {
  const chart = new Chart(app, folder.replace('/', '-'));
  objects.forEach((object, index) => new ApiObject(chart, 'object-' + index, object));
}
app.synth();
`;

/** The petstore in all its environments, from a cold process to files, strict checks included, against cdk8s with the same objects and none. */
export function benchPetstore(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'marty-petstore-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    compileExample(join(root, 'examples/petstore'), join(folder, 'petstore'));
    const ours = (outdir: string) => [process.execPath, '-e', `process.env.CDK8S_OUTDIR=${JSON.stringify(outdir)}; require(${JSON.stringify(join(folder, 'petstore/main.js'))})`];
    writeFileSync(join(folder, 'peer.js'), peerProgram);
    // Both write to a folder that is not there yet.
    const fresh = (command: string, args: readonly string[]) => ['bash', '-c', `rm -rf out; exec "$@"`, command, ...args];
    const out = join(folder, 'out');
    const once = compare({ name: '', peerName: '', goal: 1, runs: 1, cwd: folder, ours: ours(out), peer: [process.execPath, '-e', ''] });
    if (!once.ours) throw new Error('the petstore was not written');
    const { objects, count, environments } = objectsIn(out);
    writeFileSync(join(folder, 'objects.json'), JSON.stringify(objects));
    return [compare({
      name: `the petstore × ${environments} environments (${count} objects), from a cold process, strictly checked`,
      peerName: 'cdk8s with the same objects, unchecked', goal: 1.5, cwd: folder,
      ours: fresh('ours', ours(out)), peer: fresh('peer', [process.execPath, 'peer.js', out]),
    })];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compiles an example as its users would, without checking types; its package is the compiled one. */
function compileExample(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  cpSync(join(from, 'releases'), join(to, 'releases'), { recursive: true });
  // A package of its own, in which the name of ours leads to this repository.
  mkdirSync(join(to, 'node_modules'), { recursive: true });
  symlinkSync(root, join(to, 'node_modules/marty-msf'));
  writeFileSync(join(to, 'package.json'), '{"name":"petstore"}');
  for (const file of readdirSync(from).filter(name => name.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(from, file), 'utf8'), { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true } });
    writeFileSync(join(to, file.replace(/\.ts$/, '.js')), outputText);
  }
}

/** Every object that was written, by its folder. */
function objectsIn(outdir: string): { objects: Record<string, unknown[]>; count: number; environments: number } {
  const objects: Record<string, unknown[]> = {};
  let count = 0;
  for (const entry of readdirSync(outdir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.yaml') || entry.name === 'kustomization.yaml') continue;
    const folder = entry.parentPath.slice(outdir.length + 1);
    (objects[folder] ??= []).push(parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')));
    count++;
  }
  return { objects, count, environments: new Set(Object.keys(objects).map(folder => folder.split('/')[0])).size };
}
