import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Names, Yaml, YamlOutputType, type App, type Chart } from 'cdk8s';
import { createSynthesis, type Synthesis } from './_synthesis';
import { writeInPieces } from './_pieces';
import { createProfile, type Profile } from './profile';
import { createProgress } from './progress';
import { yamlStreamOf } from '../manifests/yaml';

/**
 * Writes the manifests of any cdk8s app: the same files with the same bytes as `app.synth()`, and the same errors, in time that grows with the
 * number of objects, however many charts there are and however they depend on each other.
 *
 * @throws Error what `app.synth()` throws: a failed validation, a circle of dependencies, an object that cannot be rendered.
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export function synth(app: App): void {
  mkdirSync(app.outdir, { recursive: true });
  const profile = createProfile();
  const synthesis = createSynthesis(app, profile, { validateFirst: true });
  const fileOf = (...names: readonly string[]) => join(app.outdir, ...names) + app.outputFileExtension;
  const save = (file: string, ...manifests: readonly unknown[]) => {
    const text = profile.time('yaml', () => textOf(manifests));
    profile.time('write', () => writeFileSync(file, text));
  };
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      if (synthesis.charts.length) profile.time('write', () => writeInPieces(fileOf('app'), documentsOf(synthesis, profile)));
      break;
    case YamlOutputType.FILE_PER_CHART:
      eachChart(synthesis, profile, (chart, name) => {
        const file = fileOf(name());
        const manifests = synthesis.manifestsOf(chart);
        save(file, ...manifests);
        return manifests.length;
      });
      break;
    case YamlOutputType.FILE_PER_RESOURCE:
      eachChart(synthesis, profile, chart => {
        const manifests = synthesis.manifestsOf(chart).filter(manifest => manifest !== undefined);
        for (const manifest of manifests) save(fileOf(fileNameOf(manifest as Named)), manifest);
        return manifests.length;
      });
      break;
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      eachChart(synthesis, profile, (chart, name) => {
        const folder = name();
        const objects = synthesis.objectsOf(chart);
        mkdirSync(join(app.outdir, folder), { recursive: true });
        for (const object of objects) {
          const file = fileOf(folder, fileNameOf(object));
          save(file, profile.time('render', () => object.toJson() as unknown));
        }
        return objects.length;
      });
      break;
  }
  if (recordsConstructs(app)) recordConstructs(app, synthesis);
  profile.end();
}

/**
 * The manifests of any cdk8s app as one text: the same as `app.synthYaml()`.
 *
 * @throws Error what `app.synthYaml()` throws.
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export function synthYaml(app: App): string {
  const profile = createProfile();
  const text = [...documentsOf(createSynthesis(app, profile, { validateFirst: false }), profile)].join('');
  profile.end();
  return text;
}

/** What a file of one object is named after. */
interface Named { readonly kind: string; readonly metadata: { readonly name?: string } }

const fileNameOf = ({ kind, metadata }: Named) => `${kind}.${metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');

const textOf = (manifests: readonly unknown[]) => yamlStreamOf(manifests, document => Yaml.stringify(document));

/** Goes through the charts in their order; the name of a chart's file or folder begins with its place when the order matters. */
function eachChart({ charts, amongCharts }: Synthesis, profile: Profile, work: (chart: Chart, name: () => string) => number): void {
  const progress = createProgress('charts synthesized', charts.length);
  charts.forEach((chart, index) => {
    const name = () => (amongCharts ? `${String(index).padStart(4, '0')}-` : '') + Names.toDnsLabel(chart);
    profile.chart(chart.node.path, () => work(chart, name), objects => objects);
    progress.step();
  });
}

/** All charts as one text of many documents, a chart at a time. */
function* documentsOf(synthesis: Synthesis, profile: Profile): Generator<string> {
  const progress = createProgress('charts synthesized', synthesis.charts.length);
  let first = true;
  for (const chart of synthesis.charts) {
    const { text } = profile.chart(chart.node.path, () => {
      const manifests = synthesis.manifestsOf(chart);
      return { text: profile.time('yaml', () => textOf(manifests)), objects: manifests.length };
    }, ({ objects }) => objects);
    progress.step();
    if (!text) continue;
    yield first ? text : `---\n${text}`;
    first = false;
  }
}

/** The app keeps this to itself, and has no other way to tell it. */
const recordsConstructs = (app: App) => Reflect.get(app, 'recordConstructMetadata') === true;

function recordConstructs(app: App, synthesis: Synthesis): void {
  const objects = synthesis.charts.flatMap(chart => synthesis.objectsOf(chart));
  const resources = Object.fromEntries(objects.map(({ name, node }) => [name, { path: node.path }]));
  writeFileSync(join(app.outdir, 'construct-metadata.json'), JSON.stringify({ version: '1.0.0', resources }));
}
