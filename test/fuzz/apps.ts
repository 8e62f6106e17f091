import { ApiObject, App, Chart, JsonPatch, Lazy, YamlOutputType, type AppProps, type IResolver } from 'cdk8s';
import { Construct, DependencyGroup, type IConstruct } from 'constructs';
import { randomOf, type Random } from './random';

const { FILE_PER_APP, FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE } = YamlOutputType;
const outputTypes = [FILE_PER_APP, FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE];
const kinds = ['ConfigMap', 'Deployment', 'CronJob', 'Odd Kind!', 'Service'];

/** What the L1 constructs of cdk8s wrap numbers and texts in. */
class IntOrString { constructor(readonly value: number | string) {} }

class Token { constructor(readonly what: unknown) {} resolve(): unknown { return this.what; } }

/** Replaces what asks for it, as resolvers of users do. */
const shouting: IResolver = {
  resolve: context => {
    if (typeof context.value === 'string' && context.value.startsWith('shout:')) context.replaceValue(`${context.value.slice(6).toUpperCase()} at ${context.key.join('.')} of ${context.obj.kind}`);
  },
};

class ChartOfItsOwn extends Chart {
  override toJson(): unknown[] { return [...super.toJson().reverse() as unknown[], undefined, { apiVersion: 'v1', kind: 'Extra', metadata: { name: this.node.id } }]; }
}

class ObjectOfItsOwn extends ApiObject {
  override toJson(): unknown { return { ...super.toJson() as object, extra: [this.node.path, this.metadata.name] }; }
}

/** An app with everything that cdk8s can do, and some of what it cannot; the same seed, the same app. */
export function fuzzedApp(seed: number, outdir: string): App {
  const random = randomOf(seed);
  const resolvers = random.chance(0.3) ? { resolvers: [shouting] } : {};
  const extension = random.chance(0.2) ? { outputFileExtension: random.pick(['.yaml', '.k8s', '']) } : {};
  const recording = random.chance(0.15) ? { recordConstructMetadata: true } : {};
  const app = new App({ outdir, yamlOutputType: random.pick(outputTypes), ...resolvers, ...extension, ...recording } satisfies AppProps);
  const scopes: IConstruct[] = [];
  const all: IConstruct[] = [];
  const objects: ApiObject[] = [];
  let count = 0;
  const idOf = (prefix: string) => `${random.pick(['', '', prefix, prefix, prefix.toUpperCase(), `${prefix} `, `0${prefix}`, 'Default-', `${prefix}/`])}${count++}`;

  random.some(6, () => undefined).forEach(() => {
    const parent = scopes.length && random.chance(0.35) ? random.pick(scopes) : app;
    const props = { ...(random.chance(0.5) ? { namespace: 'n' } : {}), ...(random.chance(0.2) ? { disableResourceNameHashes: true } : {}), ...(random.chance(0.2) ? { labels: { app: 'yes' } } : {}) };
    const chart = random.chance(0.05) ? new ChartOfItsOwn(parent, idOf('own'), props) : new Chart(parent, idOf('c'), props);
    const groups = random.some(3, () => new Construct(random.chance(0.3) ? random.pick([chart, ...scopes]) : chart, idOf('g')));
    scopes.push(chart, ...groups);
    all.push(chart, ...groups);
  });
  if (scopes.length) {
    for (let left = 1 + random.below(9); left > 0; left--) {
      const object = objectOf(random, random.pick(scopes), idOf('o'));
      all.push(object);
      objects.push(object);
      if (random.chance(0.1)) scopes.push(object);
    }
  }
  if (random.chance(0.05)) all.push(new Construct(app, idOf('outside')));
  connect(random, all);
  // What grows while it is rendered is rendered, where cdk8s looks at the app anew for every chart.
  const growing = app.yamlOutputType !== FOLDER_PER_CHART_FILE_PER_RESOURCE && !('recordConstructMetadata' in recording);
  for (const object of objects) adjust(random, object, objects, growing);
  if (random.chance(0.03) && all.length) {
    const construct = random.pick(all);
    construct.node.addValidation({ validate: () => [`${construct.node.id} is wrong`, 'and more'] });
  }
  return app;
}

function objectOf(random: Random, scope: IConstruct, id: string): ApiObject {
  const name = random.chance(0.4) ? { name: random.pick(['a', 'b', 'on', 'x.y', 'with_underscore', '0123']) } : {};
  const metadata = random.chance(0.6) ? { metadata: { ...name, ...(random.chance(0.3) ? { labels: { z: '1', a: 'true' } } : {}) } } : {};
  const kind = random.pick(kinds);
  const props = { apiVersion: random.pick(['v1', 'apps/v1']), kind, ...metadata, data: valueOf(random, 0), spec: { replicas: random.below(3), text: 'shout:me' } };
  return random.chance(0.05) ? new ObjectOfItsOwn(scope, id, props) : new ApiObject(scope, id, props);
}

function valueOf(random: Random, depth: number): unknown {
  switch (random.below(depth > 3 ? 6 : 11)) {
    case 0: return random.below(100) / 10;
    case 1: return random.chance(0.5);
    case 2: return random.pick([null, undefined, [], {}]);
    case 3: return random.pick(['yes', '012', 'several\nlines\n', 'a: b', '', 'shout:it']);
    case 6: return Lazy.any({ produce: () => ({ lazy: true, b: 1, a: new IntOrString('80') }) }) as unknown;
    case 7: return new Token([1, 'two', new Token('three')]);
    case 8: return new IntOrString(random.below(9));
    case 9: return random.some(4, () => valueOf(random, depth + 1));
    case 10: return Object.fromEntries(random.some(4, index => [random.pick(['b', 'a', '10', '9', 'on', `k${index}`]), valueOf(random, depth + 1)]));
    default: return `text ${random.below(5)}`;
  }
}

/** Dependencies between whatever there is, in circles too. */
function connect(random: Random, all: readonly IConstruct[]): void {
  if (all.length < 2) return;
  // Most apps go from the front to the back, some in circles, a few from a construct to itself.
  const [circles, itself] = [random.chance(0.25), random.chance(0.1)];
  random.some(6, () => undefined).forEach(() => {
    const [one, other] = [random.below(all.length), random.below(all.length)];
    const [source, target] = circles ? [all[one], all[other]] : [all[Math.max(one, other)], all[Math.min(one, other)]];
    if (source === target && !itself) return;
    if (random.chance(0.1)) source.node.addDependency(new DependencyGroup(target, random.pick(all)));
    else if (random.chance(0.03)) source.node.addDependency(namesake(target));
    else source.node.addDependency(target);
  });
}

/** The construct of the same path in another app. */
function namesake(construct: IConstruct): IConstruct {
  const [, ...scopes] = construct.node.scopes;
  return scopes.reduce<IConstruct>((scope, { node: { id } }, index) => {
    if (index === 0) return new Chart(scope, id);
    return index === scopes.length - 1 ? new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap' }) : new Construct(scope, id);
  }, new App());
}

/** Patches, changed metadata, and now and then what cannot be rendered or grows while it is. */
function adjust(random: Random, object: ApiObject, objects: readonly ApiObject[], growing: boolean): void {
  if (random.chance(0.15)) object.addJsonPatch(JsonPatch.add('/spec/added', random.pick<unknown>(['yes', 1, null, { b: 1, a: [] }])));
  if (random.chance(0.05)) object.addJsonPatch(JsonPatch.replace('/kind', 'Patched'), JsonPatch.copy('/spec', '/copy'));
  if (random.chance(0.03)) object.addJsonPatch(JsonPatch.remove('/metadata'));
  if (random.chance(0.02)) object.addJsonPatch(JsonPatch.remove('/not/there'));
  if (random.chance(0.1)) object.metadata.addLabel('late', 'on');
  if (random.chance(0.1)) object.metadata.addAnnotation('a/b', Lazy.any({ produce: () => object.node.path }) as string);
  if (random.chance(0.01)) object.metadata.add('broken', new Map());
  if (growing && random.chance(0.02)) {
    const where = random.pick(objects).chart;
    object.metadata.addAnnotation('grows', Lazy.any({ produce: () => {
      const id = `grown-${object.node.addr}`;
      if (!where.node.tryFindChild(id)) new ApiObject(where, id, { apiVersion: 'v1', kind: 'Grown' });
      return id;
    } }) as string);
  }
}
