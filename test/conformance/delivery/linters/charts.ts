import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readYaml } from '../../../../src/manifests/yaml-documents';
import { chartCatalogue, type PublicChart } from '../../adoption/catalogue';
import { obtainCharts } from '../../adoption/obtain';
import type { FoundJudge } from '../../judges/judge';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { execute, removeScratch, scratchFolder } from '../../runner/processes';
import { objectsIn, obtained, version, type Obtained } from './corpus';

/** What Helm renders of charts that others publish. */
export function chartCorpora(helm: FoundJudge): Promise<Obtained> {
  return obtained(chartCatalogue, async origin => {
    const folder = await obtainCharts(origin);
    return Promise.all(origin.charts.map(async chart => ({ name: `chart-${chart.name}`, objects: await rendered(helm, folder, chart) })));
  });
}

/** How many different charts there are; one that is rendered with several values is one chart. */
export const chartCount = new Set(chartCatalogue.flatMap(({ origin, charts }) => charts.map(({ chart }) => `${origin} ${chart}`))).size;

async function rendered(helm: FoundJudge, folder: string, { name, chart, values = {}, without = [] }: PublicChart): Promise<KubernetesObject[]> {
  const scratch = scratchFolder('chart');
  try {
    const copy = join(scratch, 'chart');
    const given = join(scratch, 'values.json');
    cpSync(join(folder, chart), copy, { recursive: true });
    leaveOut(join(copy, 'Chart.yaml'), without);
    writeFileSync(given, JSON.stringify(values));
    // In an empty home there is neither plugin nor cluster that could change what is rendered.
    const { code, stdout, stderr } = await execute(helm.path, ['template', name, copy, '--kube-version', version, '-f', given], { env: { HOME: scratch } });
    const { documents, problems } = readYaml(stdout);
    const said = code === 0 ? problems.map(({ line, message }) => `line ${line}: ${message}`) : [stderr.trim()];
    if (said.length) throw new Error(`chart ${name}: it cannot be rendered: ${said.join('; ')}`);
    const objects = objectsIn(documents.map(({ value }) => value));
    if (!objects.length) throw new Error(`chart ${name}: it renders nothing, expected objects; give it values or take it out`);
    return objects;
  } finally {
    removeScratch(scratch);
  }
}

/** Helm refuses a chart whose dependency is not there, even where the values turn it off. */
function leaveOut(file: string, names: readonly string[]): void {
  if (!names.length) return;
  const { dependencies, ...chart } = parse(readFileSync(file, 'utf8')) as { readonly dependencies: readonly { readonly name: string }[] };
  writeFileSync(file, stringify({ ...chart, dependencies: dependencies.filter(({ name }) => !names.includes(name)) }));
}
