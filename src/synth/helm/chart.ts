import type { Source } from '../../manifests/factoring/source';
import { printed } from '../../manifests/factoring/source';
import { guardedFile, guardedTextOf, type KnownParts } from '../guarded';
import type { Service } from '../services';
import { valuesFilesOf, type ChartValue } from './chart-values';
import { capitalized, createNames, keyOfKind } from './names';
import { withSharedValues } from './shared-values';
import { conditional, mark, staticTemplate, templateOf, wholeTemplate } from './template';
import { mergedObject, type Merged } from './values';

/** The files of a chart, and its templates. */
export interface ChartFiles {
  readonly files: ReadonlyMap<string, string>;
  readonly templates: ReadonlyMap<string, { readonly text: string; readonly construct: string }>;
}

/** One template on its way. */
interface Draft {
  readonly file: string;
  readonly key: string;
  readonly holders: ReadonlyMap<string, Source>;
  /** Undefined when the file is the same wherever it is, null when it is a value as a whole. */
  readonly merged: Merged | undefined | null;
}

/** The Helm chart of a service: what is not the same in all environments is a value. */
export function chartOf({ name, environments }: Service): ChartFiles {
  const names = [...environments.keys()];
  const drafts = draftsOf(environments);
  const taken = drafts.map(({ key }) => key);
  const own = withSharedValues(drafts.flatMap(valuesOf), taken);
  const enabled = drafts.filter(({ holders }) => holders.size < names.length).map(({ key, file, holders }): ChartValue => (
    { path: [key, 'enabled'], optional: false, description: `whether there is ${file}`, values: new Map(names.map(environment => [environment, holders.has(environment)])) }));
  const { defaults, environments: values, schema } = valuesFilesOf([...enabled, ...own], names);
  let used = 0;
  const templates = new Map(drafts.map(draft => {
    const expressions = own.slice(used, used += valuesOf(draft).length);
    const body = draft.merged ? templateOf(draft.merged.object, expressions)
      : draft.merged === null ? wholeTemplate(expressions[0].path) : staticTemplate([...draft.holders.values()][0]);
    const text = draft.holders.size < names.length ? conditional(body, [draft.key, 'enabled']) : body;
    return [draft.file, { text, construct: [...draft.holders.values()][0].construct }];
  }));
  const known: KnownParts = new Map();
  const guarded = [...environments].flatMap(([environment, sources]) => {
    const text = guardedTextOf(sources, known);
    return text ? [[`${guardedFile}-${environment}`, text] as const] : [];
  });
  const files = new Map([
    ...guarded,
    ['Chart.yaml', printed({ apiVersion: 'v2', name: name.replace(/^_+/, ''), description: `Objects of ${name}`, type: 'application', version: '0.1.0' })],
    ['.helmignore', '.marty-*\n'],
    ['values.yaml', printed(defaults)],
    ...[...values].map(([environment, each]) => [`values-${environment}.yaml`, printed(each)] as const),
    ['values.schema.json', `${JSON.stringify(schema, null, 2)}\n`],
  ]);
  return { files, templates };
}

function draftsOf(environments: Service['environments']): Draft[] {
  const files = [...new Set([...environments.values()].flatMap(sources => [...sources.keys()]))].sort();
  const held = files.map(file => ({ file, holders: new Map([...environments].flatMap(([name, sources]) => {
    const source = sources.get(file);
    return source ? [[name, source] as const] : [];
  })) }));
  const kinds = held.map(({ file, holders }) => kindIn([...holders.values()][0].text) ?? capitalized(file));
  const names = createNames();
  return held.map(({ file, holders }, index) => {
    const isOnly = kinds.filter(kind => kind === kinds[index]).length === 1;
    const key = names.free(keyOfKind(kinds[index]) + (isOnly ? '' : capitalized(file.replace(/\.ya?ml$/, '').slice(kinds[index].length))));
    return { file, key, holders, merged: mergedOf(holders) };
  });
}

/** As its text says, so that what is the same everywhere need not be read. */
const kindIn = (text: string) => /^kind: ([A-Za-z]+)$/m.exec(text)?.[1];

function mergedOf(holders: ReadonlyMap<string, Source>): Draft['merged'] {
  const [first, ...others] = holders.values();
  if (others.every(({ text }) => text === first.text)) return undefined;
  const objects = new Map([...holders].map(([name, { object }]) => [name, object]));
  return [...objects.values()].every(object => object !== undefined) ? mergedObject(objects, mark) : null;
}

function valuesOf({ file, key, holders, merged }: Draft): ChartValue[] {
  if (merged === undefined) return [];
  if (merged === null) return [{ path: [key, 'text'], optional: false, description: file, values: new Map([...holders].map(([name, { text }]) => [name, text])) }];
  return merged.leaves.map(({ path, values, optional }) => ({ path: [key, ...path], values, optional, description: `${path.join('.')} in ${file}` }));
}
