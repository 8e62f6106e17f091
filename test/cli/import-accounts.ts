import { App } from 'cdk8s';
import { parse } from 'yaml';
import { PlatformChart } from '../../src/charts';
import { isSameObject } from '../../src/manifests/canonical';
import { keyOf, type Identified } from '../../src/manifests/identity';
import { parseDescription } from '../../src/spec/description';
import { factsOf } from '../../src/spec/environments';
import { folderOf } from '../../src/spec/names';
import { render } from '../../src/synth/render';
import type { ImportResult } from '../../src/cli/import/result';
import type { Source } from '../../src/cli/import/source';

type Fields = Readonly<Record<string, unknown>>;
type Manifest = Fields & Identified;

interface Rendered { readonly folder: string; readonly object: Manifest }

/** Everything that the accounts of an import say and that is not so, by a rendering of their own. */
export function accountProblems({ objects }: Source, result: ImportResult): string[] {
  const { accounts, platform, description, equal } = result;
  if (accounts.length !== objects.length) return [`${accounts.length} objects are accounted for, expected ${objects.length}`];
  const services = (description?.services ?? []) as unknown as readonly { name: string; patches?: Fields; objects?: readonly Manifest[] }[];
  const namespace = description && namespaceOf(result);
  const there = description && accounts.some(({ as }) => as === 'described' || as === 'patched' || as === 'object') ? rendered(result) : [];
  const twice = there.map(({ object }) => keyOf(object)).filter((key, index, keys) => keys.indexOf(key) !== index);
  return [
    ...twice.map(key => `${key} is rendered twice`),
    ...accounts.flatMap(({ object: name, place, as, service, reason }, index): string[] => {
      const object = objects[index].object as Manifest;
      const say = (problem: string) => [`${place}: ${name} is ${as}, ${problem}`];
      if (name !== `${object.kind}/${String(object.metadata.name)}` || place !== objects[index].place) return say('but stands in the place of another one');
      const among = services.filter(each => each.objects?.some(other => isSameIdentity(other, object, namespace)));
      if (as === 'skipped') return reason ? [] : say('without a reason');
      if (as === 'platform') return platform.some(each => each.object === name && each.place === place) && !among.length ? [] : say('but not listed there alone');
      if (as === 'object') return among.length === 1 && among[0].name === service ? [] : say(`but among the objects of ${among.map(each => each.name).join(', ') || 'nobody'}`);
      const owner = services.find(each => each.name === service);
      const isPatched = [object.kind, name].some(key => owner?.patches && Object.hasOwn(owner.patches, key));
      if (among.length || !owner) return say('but raw too, or of no service');
      return as === 'described' && isPatched ? say('but patched') : [];
    }),
    ...equal && description ? unequal({ objects }, result, there, namespace) : [],
  ];
}

/** What is said to be rendered as it was read, and is not. */
function unequal({ objects }: Pick<Source, 'objects'>, { accounts, environment }: ImportResult, there: readonly Rendered[], namespace: string | undefined): string[] {
  return accounts.flatMap(({ object: name, place, as, service }, index) => {
    if (as === 'skipped' || as === 'platform') return [];
    const object = objects[index].object as Manifest;
    const match = there.find(each => each.folder === folderOf(environment, service) && isSameIdentity(each.object, object, namespace));
    return match && isSameObject(match.object, withoutNulls(object) as Fields, { namespace }) ? [] : [`${place}: ${name} is not rendered as it was read, but said to be`];
  });
}

/** How many objects became what, in words. */
export function outcomesOf({ accounts }: ImportResult): string {
  const counts = new Map<string, number>();
  for (const { as } of accounts) counts.set(as, (counts.get(as) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([as, count]) => `${count} ${as}`).join(', ');
}

function rendered({ description, environment, releases }: ImportResult): Rendered[] {
  const app = new App();
  new PlatformChart(app, environment, { environment, services: parseDescription(description), releases });
  return render(app).map(({ folder, text }) => ({ folder, object: parse(text) as Manifest }));
}

function namespaceOf({ description, environment }: ImportResult): string {
  const [{ platform }] = parseDescription(description);
  return factsOf(platform, environment).namespace ?? platform.name;
}

function isSameIdentity(one: Manifest, other: Manifest, namespace: string | undefined): boolean {
  const key = ({ apiVersion, kind, metadata }: Manifest) => (
    keyOf({ apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace ?? namespace } }));
  return key(one) === key(other);
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null).map(([key, item]) => [key, withoutNulls(item)]));
}
