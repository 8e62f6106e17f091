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
  const operation = arbitraryOperation(dice, kind, vary, ports);
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
    ...operation,
    ...exposed,
    ...(called ? { callers: vary(() => arbitraryCallers(dice, Object.keys(ports))) } : {}),
    ...(kind !== 'job' && dice.maybe() ? { adopt: vary(() => arbitraryAdoption(dice, kind, operation.volumes, ports)) } : {}),
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
  const kind = dice.pick('store', ['postgres', 'redis', 'bucket'] as const);
  if (kind === 'bucket') {
    return {
      kind, ...secret,
      ...(dice.maybe() ? { versionDays: varyingOf(dice, around, () => dice.int(1, 3650)) } : {}),
      ...(dice.maybe() ? { expireDays: varyingOf(dice, around, () => dice.int(1, 36_500)) } : {}),
    };
  }
  return kind === 'postgres'
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
    const policies = () => Array.from({ length: dice.count(1, 3) }, () => (dice.pick('policy', ['pods', 'percent']) === 'pods'
      ? { pods: dice.int(1, 1000), periodSeconds: dice.int(1, 1800) } : { percent: dice.int(1, 10_000), periodSeconds: dice.int(1, 1800) }));
    const pace = () => ({ ...(dice.maybe() ? { policies: policies() } : {}), ...(dice.maybe() ? { selectPolicy: dice.pick('select-policy', ['min', 'max'] as const) } : {}) });
    const calm = {
      ...(dice.maybe() ? { calmSeconds: dice.int(0, 3600) } : {}),
      ...(dice.maybe() ? { scaleUp: { ...pace(), ...(dice.maybe() ? { calmSeconds: dice.int(0, 3600) } : {}) } } : {}),
      ...(dice.maybe() ? { scaleDown: dice.pick('scale-down', ['pace', 'disabled']) === 'disabled' ? 'disabled' as const : pace() } : {}),
    };
    if (form === 'events') {
      return {
        min, max, ...calm, triggers: arbitraryTriggers(dice),
        ...(min > 0 && dice.maybe() ? { idleReplicas: 0 as const } : {}),
        ...(dice.maybe() ? { pollingSeconds: dice.int(1, 3600) } : {}),
        ...(dice.maybe() ? { fallback: { failures: dice.int(1, 1000), replicas: dice.int(0, max), ...(dice.maybe() ? { behavior: dice.pick('fallback', ['currentReplicasIfHigher', 'currentReplicasIfLower', 'currentReplicas', 'static'] as const) } : {}) } } : {}),
      };
    }
    const perReplica = dice.maybe();
    return {
      min, max, ...calm,
      ...(dice.maybe() ? { cpuPercent: perReplica ? dice.pick<number | 'none'>('cpu-percent', ['none', dice.int(1, 100)]) : dice.int(1, 100) } : {}),
      ...(dice.maybe() ? { metrics: arbitraryMetrics(dice) } : {}),
      ...(dice.maybe() ? { memoryPercent: dice.int(1, 100) } : {}),
      ...(perReplica ? { perReplica: { metric: 'requests_per_second', value: dice.int(1, 1000) / 2 } } : {}),
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

function arbitraryTriggers(dice: Dice) {
  const kind = () => (dice.maybe() ? { kind: dice.pick('authentication-kind', ['ClusterTriggerAuthentication', 'TriggerAuthentication'] as const) } : {});
  const authentication = () => (dice.maybe() ? { authentication: dice.pick('authentication', ['name', 'reference']) === 'name' ? 'there' : { name: 'there', ...kind() } } : {});
  return [
    { type: 'cron', metadata: { timezone: 'Etc/UTC' }, ...authentication(), ...(dice.maybe() ? { metricType: dice.pick('metric-type', ['AverageValue', 'Value'] as const) } : {}) },
    ...(dice.maybe() ? [{ type: 'cpu', metadata: { value: '60' }, ...authentication(), metricType: 'Utilization' as const }] : []),
  ];
}

function arbitraryMetrics(dice: Dice) {
  const labels = () => (dice.maybe() ? { labels: { 'acme.example/queue': 'orders' } } : {});
  const amount = (site: string) => (dice.pick(site, ['value', 'each']) === 'value' ? { value: dice.int(1, 1000) / 4 } : { perReplica: dice.int(1, 1000) / 4 });
  return [
    ...(dice.maybe() ? [{ kind: 'pods' as const, metric: 'jobs_waiting', ...labels(), perReplica: dice.int(1, 1000) }] : []),
    ...['a', 'b'].flatMap(name => (dice.maybe() ? [{
      kind: 'object' as const, metric: 'requests', ...labels(), ...amount('object-amount'),
      of: { ...(dice.maybe() ? { apiVersion: 'networking.k8s.io/v1' } : {}), kind: 'Ingress', name },
    }] : [])),
    ...['x', 'y'].flatMap(metric => (dice.maybe() ? [{ kind: 'external' as const, metric, ...labels(), ...amount('external-amount') }] : [])),
  ];
}

function arbitraryExposure(dice: Dice, ports: Value<'ports'>): Exclude<Value<'exposure'>, { perEnvironment: unknown }> {
  const named = (protocol: string) => Object.keys(ports).filter(name => ports[name].protocol === protocol);
  const web = named('http');
  const spoken = [...web, ...named('grpc')];
  const choice = dice.pick('exposure', ['cluster', ...(spoken.length ? ['route', 'route'] : []), ...(Object.keys(ports).length ? ['passthrough'] : []), 'none'] as const);
  if (choice === 'cluster' || choice === 'none') return choice;
  const host = dice.maybe() ? { host: dice.pick('hosts', ['one', 'several']) === 'one' ? arbitraryHost(dice) : [arbitraryHost(dice), `*.${arbitraryHost(dice)}`] } : {};
  if (choice === 'passthrough') return { ...host, tls: 'passthrough', port: dice.pick('passed', Object.keys(ports)) };
  const port = dice.pick('spoken', spoken);
  const path = () => dice.pick('path', ['/', '/api', '/api/v1/', '/a~b/$x', '/%41']);
  const rules = () => [
    { path: '/exact', match: 'exact' as const, ...(dice.maybe() ? { port: dice.pick('web', web) } : {}) }, { path: path(), ...(dice.maybe() ? { match: 'prefix' as const } : {}) },
  ];
  const paths = () => (dice.pick('paths', ['one', 'several']) === 'one' ? { path: path() } : { rules: rules() });
  return { ...host, ...(spoken.length > 1 || dice.maybe() ? { port } : {}), ...(web.includes(port) && dice.maybe() ? paths() : {}), ...(dice.maybe() ? { tls: 'terminate' as const } : {}) };
}
