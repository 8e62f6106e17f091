import { join } from 'node:path';
import { kustomizeTree } from '../../../../src/synth/kustomize/arrange';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type Verdict } from '../../runner/check';
import { execute, removeScratch, scratchFolder } from '../../runner/processes';
import { together } from '../../runner/together';
import { differencesBetween, objectCount } from '../compare';
import { exampleTrees, generatedTrees, seed, textsOf, writeTree, type RenderedFleet } from '../trees';

/** How many generated fleets each judge builds, besides the one that says everything. */
const fleets: Readonly<Record<string, number>> = { kustomize: Number(process.env.MARTY_FLEETS ?? 300), kubectl: 40 };

/** What Kustomize builds of base, components and overlays is what is rendered directly. */
export const kustomizeChecks: readonly Check[] = [
  kustomizeCheck('kustomize', ['build']),
  kustomizeCheck('kubectl', ['kustomize']),
];

function kustomizeCheck(name: string, command: readonly string[]): Check {
  return {
    name: `factored-${name}`,
    judges: [name],
    run: async function* ({ judge: judgeNamed }): AsyncIterable<Verdict> {
      const judge = judgeNamed(name);
      for (const fleet of exampleTrees()) {
        for (const { environment, count, problems } of await built(judge, command, fleet)) yield verdictOf(judge, `${fleet.title}/${environment}`, count, problems);
      }
      const problems: string[] = [];
      let [objects, overlays] = [0, 0];
      const made = await together(generatedTrees(fleets[name]), async fleet => (
        { title: fleet.title, environments: await built(judge, command, fleet) }));
      for (const { title, environments } of made) {
        for (const { environment, count, problems: found } of environments) {
          objects += count;
          overlays += 1;
          problems.push(...found.map(problem => `${title} in ${environment}: ${problem}`));
        }
      }
      yield verdictOf(judge, `${fleets[name] + 1} generated fleets, MARTY_SEED=${seed}`, objects, problems.slice(0, 40), `${overlays} environments`);
    },
  };
}

interface Built { readonly environment: string; readonly count: number; readonly problems: readonly string[] }

/** Builds every environment of a fleet at once, and holds it against the direct render. */
async function built(judge: FoundJudge, command: readonly string[], fleet: RenderedFleet): Promise<Built[]> {
  const folder = scratchFolder('factored');
  try {
    const { tree, layout } = kustomizeTree(fleet.tree);
    const indexes = new Map<string, string[]>();
    for (const place of tree.keys()) {
      const index = layout.indexOf(place);
      if (index) indexes.set(index.folder, [...indexes.get(index.folder) ?? [], index.entry]);
    }
    writeTree(tree, folder);
    writeTree(new Map([...indexes].map(([place, resources]) => [place, { owner: '', files: new Map([['kustomization.yaml', { text: JSON.stringify({ resources }), construct: '' }]]) }])), folder);
    return await Promise.all(fleet.environments.map(async environment => {
      const texts = textsOf(fleet, environment);
      const { code, stdout, stderr } = await execute(judge.path, [...command, join(folder, '_environments', environment)]);
      const problems = code === 0 ? differencesBetween(stdout, texts, judge.name) : [`${judge.name} ended with ${code}: ${stderr.trim().slice(0, 500)}`];
      return { environment, count: objectCount(texts), problems };
    }));
  } finally {
    removeScratch(folder);
  }
}
