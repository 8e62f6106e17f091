import { arbitraryHost } from './arbitrary-environment';
import { arbitraryKind, arbitraryOperation, arbitraryResources, lasts } from './arbitrary-operation';
import { arbitraryAdoption, arbitraryCallers, arbitraryObjects, arbitraryPatches, arbitraryWaivers } from './arbitrary-adjustments';
import type { Description } from '../../src/spec/description';
import type { Dice } from './dice';

type Service = Description['services'][number];
type Value<K extends keyof Service> = NonNullable<Service[K]>;

/** What services refer to. */
export interface Surroundings {
  /** Every environment; those that stand alone first. */
  readonly environments: readonly string[];
  readonly roots: readonly string[];
  readonly topics: readonly string[];
  /** What can be called, by name, with the names of its ports. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
}

/** A value, the same everywhere or one per environment: with a default, or one for each that stands alone. */
export function varyingOf<T>(dice: Dice, { environments, roots }: Surroundings, make: () => T): T | { perEnvironment: Record<string, T> } {
  if (dice.pick('varying', [false, true])) {
    const base = dice.maybe() ? ['default'] : roots;
    const more = environments.filter(name => !base.includes(name) && dice.maybe());
    return { perEnvironment: Object.fromEntries([...base, ...more].map(name => [name, make()])) };
  }
  return make();
}

/** A service without its calls: those need every service's ports. */
export function arbitraryService(dice: Dice, around: Surroundings): Service {
  const kind = arbitraryKind(dice);
  const ports = lasts(kind) ? arbitraryPorts(dice) : {};
  const exposed = lasts(kind) && dice.maybe() ? { exposure: varyingOf(dice, around, () => arbitraryExposure(dice, ports)) } : {};
  const called = Object.keys(ports).length && !JSON.stringify(exposed).includes('"none"') && dice.maybe();
  const vary = <T>(make: () => T) => varyingOf(dice, around, make);
  return {
    name: dice.label('service', 46),
    team: dice.label('team', 63),
    image: dice.pick('image', ['orders', 'ghcr.io/acme/orders', 'registry.acme.example:5000/a/b__c.d-e']),
    ...(dice.maybe() ? { tier: dice.pick('tier', [1, 2, 3] as const) } : {}),
    ...(Object.keys(ports).length || (lasts(kind) && dice.maybe()) ? { ports } : {}),
    ...(dice.maybe() ? { stores: some(dice, 'store', () => arbitraryStore(dice, around)) } : {}),
    ...(dice.maybe() ? { secrets: some(dice, 'secret', () => ({ key: dice.pick('secret-key', ['a/b', 'arn:aws:x@y']), ...(dice.maybe() ? { property: 'p' } : {}) })) } : {}),
    ...(around.topics.length && dice.maybe() ? { produces: some(dice, 'produced', () => dice.pick('topic', around.topics)) } : {}),
    ...(around.topics.length && dice.maybe() ? { consumes: some(dice, 'consumed', () => dice.pick('topic', around.topics)) } : {}),
    ...(dice.maybe() ? { config: arbitraryConfig(dice, around) } : {}),
    ...(dice.maybe() ? { resources: vary(() => arbitraryResources(dice)) } : {}),
    ...(kind === 'deployment' || kind === 'stateful' ? arbitraryScale(dice, around) : {}),
    ...arbitraryOperation(dice, kind, vary, Object.keys(ports)),
    ...exposed,
    ...(called ? { callers: vary(() => arbitraryCallers(dice, Object.keys(ports))) } : {}),
    ...(kind !== 'job' && dice.maybe() ? { adopt: vary(() => arbitraryAdoption(dice, kind)) } : {}),
    ...(dice.maybe() ? { patches: arbitraryPatches(dice, kind) } : {}),
    ...(dice.maybe() ? { objects: vary(() => arbitraryObjects(dice)) } : {}),
    ...(dice.maybe() ? { waivers: vary(() => arbitraryWaivers(dice)) } : {}),
    ...(dice.maybe() ? { inherited: ['team'] } : {}),
  };
}

/** Calls to some of the targets. */
export function arbitraryCalls(dice: Dice, around: Surroundings): Value<'calls'> {
  return some(dice, 'call', () => {
    const service = dice.pick('target', [...around.targets.keys()]);
    return {
      service,
      port: dice.pick('target-port', around.targets.get(service) ?? []),
      ...(dice.maybe() ? { timeoutMs: varyingOf(dice, around, () => dice.int(1, 600_000)) } : {}),
      ...(dice.maybe() ? { optional: dice.pick('optional', [true, false]) } : {}),
      ...(dice.maybe() ? { idempotent: dice.pick('idempotent', [true, false]) } : {}),
    };
  });
}

function some<T>(dice: Dice, site: string, make: () => T): Record<string, T> {
  const made: Record<string, T> = {};
  for (let left = dice.count(1, 2); left > 0; left--) made[dice.alias(site, Object.keys(made))] = make();
  return made;
}

function arbitraryPorts(dice: Dice): Value<'ports'> {
  const numbers = [8080, 1024, 65_535, 9091];
  return Object.fromEntries(numbers.slice(0, dice.count(0, 3)).map(port => [dice.label('port', 15), { protocol: dice.pick('protocol', ['http', 'grpc', 'tcp'] as const), port }]));
}

function arbitraryStore(dice: Dice, around: Surroundings): Value<'stores'>[string] {
  const secret = dice.maybe() ? { secret: dice.pick('store-secret', ['kv/data/db', 'a b']) } : {};
  return dice.pick('store', ['postgres', 'redis']) === 'postgres'
    ? { kind: 'postgres', ...(dice.maybe() ? { version: dice.int(14, 18) } : {}), ...(dice.maybe() ? { storageGiB: varyingOf(dice, around, () => dice.int(1, 65_536)) } : {}), ...secret }
    : { kind: 'redis', ...(dice.maybe() ? { memoryMiB: varyingOf(dice, around, () => dice.int(16, 1_048_576)) } : {}), ...secret };
}

function arbitraryConfig(dice: Dice, { environments }: Surroundings): Value<'config'> {
  const values = () => ({
    count: dice.int(0, 1000),
    ...(dice.maybe() ? { title: dice.pick('title', ['plain', '', 'ü\n"x"', '2024-01-01', 'yes', '0x1f']) } : {}),
    ...(dice.maybe() ? { list: dice.pick('list', [[], ['a'], ['b', 'c']]) } : {}),
    ...(dice.maybe() ? { deep: { on: dice.pick('on', [true, false]), ...(dice.maybe() ? { ratio: dice.int(0, 100) / 100 } : {}) } } : {}),
  });
  return {
    schema: {
      type: 'object',
      properties: {
        count: { type: 'integer', minimum: 0, maximum: 1000 },
        title: { type: 'string' },
        list: { type: 'array', items: { type: 'string' } },
        deep: { type: 'object', properties: { on: { type: 'boolean' }, ratio: { type: 'number' } }, additionalProperties: false },
      },
      required: ['count'],
      additionalProperties: false,
    },
    values: { default: values(), ...Object.fromEntries(environments.filter(() => dice.maybe()).map(name => [name, values()])) },
    ...(dice.maybe() ? { reloadable: dice.pick('reloadable', [['deep'], ['count', 'title'], []]) } : {}),
  };
}

/** A scale and a budget that allows an eviction at the fewest replicas of it. */
function arbitraryScale(dice: Dice, around: Surroundings): Pick<Service, 'scale' | 'disruption'> {
  const floor = dice.pick('fewest', [1, 2, 5]);
  const scale = () => {
    const form = dice.pick('scale', ['fixed', 'range', 'events']);
    if (form === 'fixed') return { replicas: dice.int(floor, 1000) };
    const min = dice.int(form === 'events' && floor === 1 ? 0 : floor, 999);
    const max = dice.int(min + 1, 1000);
    const calm = dice.maybe() ? { calmSeconds: dice.int(0, 3600) } : {};
    if (form === 'events') {
      const authentication = dice.maybe() ? { authentication: 'there' } : {};
      return { min, max, ...calm, triggers: [{ type: 'cron', metadata: { timezone: 'Etc/UTC' }, ...authentication }] };
    }
    return {
      min, max, ...calm,
      ...(dice.maybe() ? { cpuPercent: dice.int(1, 100) } : {}),
      ...(dice.maybe() ? { memoryPercent: dice.int(1, 100) } : {}),
      ...(dice.maybe() ? { perReplica: { metric: 'requests_per_second', value: dice.int(1, 1000) / 2 } } : {}),
    };
  };
  const budget = () => dice.pick<Exclude<Value<'disruption'>, { perEnvironment: unknown }>>('disruption', [
    { maxUnavailable: dice.int(1, 1000) },
    { maxUnavailable: `${dice.int(1, 99)}%` },
    ...(floor > 1 ? [{ minAvailable: dice.int(1, floor - 1) }, { minAvailable: `${dice.int(1, Math.floor((100 * (floor - 1)) / floor))}%` }] : []),
  ]);
  // Two replicas run where nothing is said.
  const said = floor > 2 || dice.maybe();
  return { ...(said ? { scale: varyingOf(dice, around, scale) } : {}), ...(dice.maybe() ? { disruption: varyingOf(dice, around, budget) } : {}) };
}

function arbitraryExposure(dice: Dice, ports: Value<'ports'>): Exclude<Value<'exposure'>, { perEnvironment: unknown }> {
  const web = Object.keys(ports).filter(name => ports[name].protocol !== 'tcp');
  const choice = dice.pick('exposure', ['cluster', ...(web.length ? ['route', 'route'] : []), 'none'] as const);
  if (choice !== 'route') return choice as 'cluster' | 'none';
  return {
    ...(dice.maybe() ? { host: arbitraryHost(dice) } : {}),
    ...(dice.maybe() ? { path: dice.pick('path', ['/', '/api', '/api/v1/', '/a~b/$x', '/%41']) } : {}),
    ...(web.length > 1 || dice.maybe() ? { port: dice.pick('web', web) } : {}),
  };
}
