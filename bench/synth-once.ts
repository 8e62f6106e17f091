import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ApiObject, Yaml, type App } from 'cdk8s';
import { largeApp } from './fixtures/large-app';
import { yamlOf } from '../lib/manifests/yaml';
import { synth } from '../lib/synth/synth';

/** One thing to take the time of, in a process of its own; what it prints is read by bench/synth.ts. */
const works: Readonly<Record<string, (app: App) => void>> = {
  'cdk8s': app => app.synth(),
  'ours': app => synth(app),
  // The least that any synth has to do: what every object is in the end, and nothing of what to do with it.
  'json': app => void manifestsOf(app),
};

/** What prints every object of an app, which is made beforehand. */
const printers: Readonly<Record<string, (manifest: unknown) => string>> = {
  'yaml-package': manifest => Yaml.stringify(manifest),
  'yaml-ours': manifest => yamlOf(manifest, document => Yaml.stringify(document)),
};

export interface Timed { readonly ms: number; readonly digest: string }

function run(work: string, charts: number, chain: boolean): Timed {
  const outdir = mkdtempSync(join(tmpdir(), 'marty-bench-'));
  try {
    const app = largeApp({ charts, chain, outdir });
    const print = printers[work];
    return print ? timePrinter(print, manifestsOf(app)) : { ms: time(() => works[work](app)), digest: digestOf(filesIn(outdir)) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function timePrinter(print: (manifest: unknown) => string, manifests: readonly unknown[]): Timed {
  const texts: string[] = [];
  const ms = time(() => { for (const manifest of manifests) texts.push(print(manifest)); });
  return { ms, digest: digestOf(texts) };
}

const manifestsOf = (app: App) => app.node.findAll().filter(construct => ApiObject.isApiObject(construct)).map(object => object.toJson() as unknown);

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const filesIn = (folder: string) => readdirSync(folder).sort().flatMap(file => [file, readFileSync(join(folder, file), 'utf8')]);

function digestOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

const [work, charts, chain] = process.argv.slice(2);
process.stdout.write(JSON.stringify(run(work, Number(charts), chain === 'chain')));
