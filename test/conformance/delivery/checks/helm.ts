import { join } from 'node:path';
import { helmTree } from '../../../../src/synth/helm/arrange';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type Verdict } from '../../runner/check';
import { execute, removeScratch, scratchFolder } from '../../runner/processes';
import { differencesBetween, objectCount } from '../compare';
import { exampleTrees, generatedTrees, seed, textsOf, writeTree, type RenderedFleet } from '../trees';

/** How many generated fleets are rendered, besides the one that says everything. */
const generated = Number(process.env.MARTY_CHART_FLEETS ?? 10);

/** What Helm renders of the charts with the values of an environment is what is rendered directly, and it has nothing to say against them. */
export const helmChecks: readonly Check[] = ['helm', 'helm-3'].map(name => ({
  name: `charts-${name}`,
  judges: [name],
  run: async function* ({ judge: judgeNamed }): AsyncIterable<Verdict> {
    const judge = judgeNamed(name);
    for (const fleet of exampleTrees()) {
      for (const { environment, count, problems } of await rendered(judge, fleet)) yield verdictOf(judge, `${fleet.title}/${environment}`, count, problems);
    }
    const problems: string[] = [];
    let objects = 0;
    for (const fleet of generatedTrees(generated)) {
      for (const { environment, count, problems: found } of await rendered(judge, fleet)) {
        objects += count;
        problems.push(...found.map(problem => `${fleet.title} in ${environment}: ${problem}`));
      }
    }
    yield verdictOf(judge, `${generated + 1} generated fleets, MARTY_SEED=${seed}`, objects, problems.slice(0, 40));
  },
}));

interface RenderedEnvironment { readonly environment: string; readonly count: number; readonly problems: readonly string[] }

async function rendered(judge: FoundJudge, fleet: RenderedFleet): Promise<RenderedEnvironment[]> {
  const folder = scratchFolder('charts');
  try {
    const { tree } = helmTree(fleet.tree);
    writeTree(tree, folder);
    const charts = [...tree.keys()].filter(place => !place.includes('/'));
    const results: RenderedEnvironment[] = [];
    for (const environment of fleet.environments) {
      const values = `values-${environment}.yaml`;
      const inside = charts.filter(chart => tree.get(chart)?.files.has(values));
      const texts = textsOf(fleet, environment);
      const outputs = await eachOf(inside, chart => execute(judge.path, ['template', 'release', join(folder, chart), '-f', join(folder, chart, values)]));
      const lints = await eachOf(inside, chart => execute(judge.path, ['lint', '--strict', join(folder, chart), '-f', join(folder, chart, values)]));
      const failed = [...outputs, ...lints].filter(({ code }) => code !== 0).map(({ stdout, stderr }) => `${stderr.trim()} ${stdout.trim()}`.slice(0, 500));
      const warned = lints.filter(({ stdout }) => /\[(WARNING|ERROR)\]/.test(stdout)).map(({ stdout }) => stdout.trim().slice(0, 500));
      const differences = failed.length ? [] : differencesBetween(outputs.map(({ stdout }) => stdout).join('\n---\n'), texts, judge.name);
      results.push({ environment, count: objectCount(texts), problems: [...failed, ...warned, ...differences] });
    }
    return results;
  } finally {
    removeScratch(folder);
  }
}

/** Two at a time. */
async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let index = 0; index < items.length; index += 2) results.push(...await Promise.all(items.slice(index, index + 2).map(work)));
  return results;
}
