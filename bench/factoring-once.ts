import { performance } from 'node:perf_hooks';
import { App } from 'cdk8s';
import { largeFleet } from './fixtures/large-fleet';
import { PlatformChart } from '../lib/charts';
import { helmTree } from '../lib/synth/helm/arrange';
import { kustomizeTree } from '../lib/synth/kustomize/arrange';
import { render } from '../lib/synth/render';
import { treeOf } from '../lib/synth/tree';

/** What one process measures; read by bench/factoring.ts. */
export interface Factored {
  readonly objects: number;
  /** From descriptions to the text of every object. */
  readonly renderMs: number;
  /** From those texts to the texts of the other format. */
  readonly factorMs: number;
}

function run(format: string, count: number): Factored {
  const { services, environments } = largeFleet(count);
  const started = performance.now();
  const app = new App();
  const releases = (environment: string) => Object.fromEntries(services.map(({ name }) => [name, `1.0.${environment.length}`]));
  for (const environment of environments) new PlatformChart(app, environment, { environment, services, releases: releases(environment) });
  const objects = render(app);
  const tree = treeOf(objects, 'bench');
  const rendered = performance.now();
  const result = format === 'helm' ? helmTree(tree) : kustomizeTree(tree);
  if (result.tree.size < count) throw new Error('services are missing');
  return { objects: objects.length, renderMs: rendered - started, factorMs: performance.now() - rendered };
}

const [format, count] = process.argv.slice(2);
process.stdout.write(JSON.stringify(run(format, Number(count))));
