import type { Description } from '../../src/spec/description';
import type { Dice } from './dice';

type Service = Description['services'][number];
type Value<K extends keyof Service> = NonNullable<Service[K]>;
type Plain<K extends keyof Service> = Exclude<Value<K>, { perEnvironment: unknown }>;
type Vary = <T>(make: () => T) => T | { perEnvironment: Record<string, T> };
export type Kind = NonNullable<Value<'workload'>>['kind'];

/** Whether pods of a kind run for good, and so can be reached, scaled and checked. */
export const lasts = (kind: Kind) => kind !== 'schedule' && kind !== 'job';

/** What keeps the pods of a service running; a deployment most often. */
export function arbitraryKind(dice: Dice): Kind {
  return dice.pick('workload', ['deployment', 'stateful', 'daemon', 'schedule', 'job', 'deployment', 'deployment', 'deployment'] as const);
}

/** How a service of some kind runs. */
export function arbitraryOperation(dice: Dice, kind: Kind, vary: Vary, ports: NonNullable<Service['ports']>): Partial<Service> {
  const { volumes, paths } = arbitraryVolumes(dice, kind, vary);
  // The containers of a pod share their names, also with the service, whose name never ends so.
  const containers = () => Object.fromEntries(Array.from({ length: dice.count(1, 2) }, () => (
    [`${dice.label('container', 28)}-q`, arbitraryContainer(dice, vary, Object.keys(volumes))])));
  const lasting = lasts(kind);
  return {
    ...(kind === 'deployment' && dice.maybe() ? {} : { workload: arbitraryWorkload(dice, kind, vary) }),
    ...(lasting && dice.maybe() ? { migration: { command: ['/app/migrate', 'up'], ...(dice.maybe() ? { retries: dice.int(0, 20) } : {}), ...(dice.maybe() ? { timeLimitSeconds: dice.int(1, 86_400) } : {}) } } : {}),
    ...(dice.maybe() ? { command: ['/app/run'] } : {}),
    ...(dice.maybe() ? { args: dice.pick('args', [[], ['--verbose'], ['', 'a b']]) } : {}),
    ...(dice.maybe() ? { variables: arbitraryVariables(dice, vary) } : {}),
    ...(dice.maybe() ? { files: Object.fromEntries(paths.map(path => [path, vary(() => dice.pick('file', ['', 'a: 1\n', 'ü\t"']))])) } : {}),
    ...(Object.keys(volumes).length ? { volumes } : {}),
    ...(dice.maybe() ? { initContainers: containers() } : {}),
    ...(lasting && dice.maybe() ? { sidecars: containers() } : {}),
    ...(dice.maybe() ? { scheduling: vary(() => arbitraryScheduling(dice)) } : {}),
    ...((kind === 'deployment' || kind === 'daemon') && dice.maybe() ? { rollout: vary(() => arbitraryRollout(dice)) } : {}),
    ...(dice.maybe() ? { mesh: vary(() => dice.pick('in-mesh', [false, true])) } : {}),
    ...(dice.maybe() ? { metrics: vary(() => arbitraryMetrics(dice, lasting ? ports : {})) } : {}),
    ...(dice.maybe() ? { permissions: arbitraryPermissions(dice) } : {}),
    ...(dice.maybe() ? { cloudIdentity: vary(() => arbitraryIdentity(dice)) } : {}),
    ...(dice.maybe() ? { security: arbitrarySecurity(dice) } : {}),
    ...(dice.maybe() ? { labels: vary(() => ({ 'acme.example/cost': dice.pick('label', ['web', '', 'a.b_c']) })) } : {}),
    ...(dice.maybe() ? { annotations: vary(() => ({ 'acme.example/owner': dice.pick('annotation', ['web@acme.example', '', 'two\nlines']) })) } : {}),
    ...(lasting && dice.maybe() ? { health: vary(() => arbitraryHealth(dice, Object.keys(ports))) } : {}),
  };
}

function arbitraryWorkload(dice: Dice, kind: Kind, vary: Vary): Value<'workload'> {
  const bounds = () => ({
    ...(dice.maybe() ? { retries: dice.int(0, 20) } : {}),
    ...(dice.maybe() ? { timeLimitSeconds: dice.int(1, 604_800) } : {}),
  });
  if (kind === 'stateful') return { kind, ...(dice.maybe() ? { order: dice.pick('order', ['ordered', 'parallel'] as const) } : {}) };
  if (kind === 'job') return { kind, ...bounds(), ...(dice.maybe() ? { keepSeconds: dice.int(60, 2_592_000) } : {}) };
  if (kind !== 'schedule') return { kind };
  return {
    kind,
    cron: vary(() => dice.pick('cron', ['0 3 * * *', '*/5 0-6 1,15 jan-mar mon', '@daily', '59 23 31 12 6'])),
    ...(dice.maybe() ? { timeZone: dice.pick('zone', ['Europe/Berlin', 'Etc/UTC', 'America/New_York']) } : {}),
    ...(dice.maybe() ? { concurrency: dice.pick('concurrency', ['forbid', 'allow', 'replace'] as const) } : {}),
    ...(dice.maybe() ? { startWithinSeconds: dice.int(10, 86_400) } : {}),
    ...(dice.maybe() ? { keepSucceeded: dice.int(0, 100) } : {}),
    ...(dice.maybe() ? { keepFailed: dice.int(0, 100) } : {}),
    ...bounds(),
    ...(dice.maybe() ? { suspended: vary(() => dice.pick('suspended', [true, false])) } : {}),
  };
}

/** Volumes that the pods of a kind can share, and paths that are free for files. */
function arbitraryVolumes(dice: Dice, kind: Kind, vary: Vary): { volumes: Value<'volumes'>; paths: string[] } {
  const kinds = ['scratch', 'claim', 'existing-claim', 'config-map', 'secret'] as const;
  const volumes: Value<'volumes'> = {};
  for (let index = dice.count(0, 5); index > 0; index--) {
    const at = `/data/${index}`;
    const chosen = dice.pick('volume', kinds);
    const access = dice.pick('access', ['one-pod', 'one-node', 'many'] as const);
    volumes[dice.alias('volume', Object.keys(volumes))] = chosen === 'scratch'
      ? { kind: chosen, at, ...(dice.maybe() ? { sizeMiB: dice.int(1, 1_048_576) } : {}), ...(dice.maybe() ? { memory: dice.pick('memory', [true, false]) } : {}) }
      : chosen === 'claim'
        ? {
          kind: chosen,
          at,
          sizeGiB: vary(() => dice.int(1, 65_536)),
          ...(kind === 'stateful' ? dice.maybe() ? { access } : {} : { access: 'many' as const }),
          ...(dice.maybe() ? { storageClass: vary(() => dice.label('class', 40)) } : {}),
        }
        : chosen === 'existing-claim'
          ? { kind: chosen, at, name: 'archive', ...(dice.maybe() ? { readOnly: dice.pick('read-only', [true, false]) } : {}) }
          : { kind: chosen, at, name: chosen === 'secret' ? 'there-secret' : 'there-config' };
  }
  return { volumes, paths: ['/etc/app/a.yaml', '/etc/app/b c.txt'].slice(0, dice.count(1, 2)) };
}

function arbitraryVariables(dice: Dice, vary: Vary): Value<'variables'> {
  return {
    LOG_LEVEL: vary(() => dice.pick('variable', ['info', '', 'yes', '0x1f'])),
    ANY: vary(() => dice.pick<Plain<'variables'>[string]>('any-variable', ['text', { field: 'metadata.name' }, { configMap: 'there-config', key: 'a' }, { secret: 'there-secret', key: 'b' }])) as never,
    POD: { field: dice.pick('field', ['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'status.podIP', 'status.hostIP'] as const) },
    REGION: dice.pick<{ configMap: string; key: string } | { secret: string; key: string }>('reference', [{ configMap: 'there-config', key: 'region' }, { secret: 'there-secret', key: 'k.e-y_1' }]),
  };
}

function arbitraryContainer(dice: Dice, vary: Vary, volumes: readonly string[]): Value<'sidecars'>[string] {
  return {
    image: dice.pick('container-image', ['ghcr.io/acme/proxy:1.2.3', `proxy@sha256:${'0a'.repeat(32)}`]),
    ...(dice.maybe() ? { command: ['/proxy'] } : {}),
    ...(dice.maybe() ? { args: ['--listen', '3128'] } : {}),
    ...(dice.maybe() ? { variables: arbitraryVariables(dice, vary) } : {}),
    ...(dice.maybe() ? { resources: arbitraryResources(dice) } : {}),
    ...(dice.maybe() ? { volumes: volumes.slice(0, 1) } : {}),
  };
}

export function arbitraryResources(dice: Dice): Plain<'resources'> {
  const preset = dice.pick('resources', ['small', 'medium', 'large', undefined] as const);
  if (preset) return preset;
  const [cpuMillis, memoryMiB] = [dice.int(1, 256_000), dice.int(4, 4_194_304)];
  return {
    cpuMillis, memoryMiB,
    ...(dice.maybe() ? { cpuLimitMillis: dice.pick<number | 'none'>('cpu-limit', ['none', dice.int(cpuMillis, 256_000)]) } : {}),
    ...(dice.maybe() ? { memoryLimitMiB: dice.int(memoryMiB, 4_194_304) } : {}),
    ...(dice.maybe() ? { diskMiB: dice.int(4, 4_194_304) } : {}),
    ...(dice.maybe() ? { devices: { 'nvidia.com/gpu': dice.int(1, 64) } } : {}),
  };
}

function arbitraryScheduling(dice: Dice): Plain<'scheduling'> {
  const how = (site: string) => dice.pick(site, ['must', 'should'] as const);
  return {
    ...(dice.maybe() ? { nodes: { 'acme.example/disk': 'ssd' } } : {}),
    ...(dice.maybe() ? { tolerations: [{ key: 'dedicated', ...(dice.maybe() ? { value: 'web' } : {}), ...(dice.maybe() ? { effect: dice.pick('effect', ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const) } : {}) }] } : {}),
    ...(dice.maybe() ? { zones: how('spread-zones') } : {}),
    ...(dice.maybe() ? { hosts: how('spread-hosts') } : {}),
  };
}

function arbitraryRollout(dice: Dice): Plain<'rollout'> {
  return {
    maxSurge: dice.pick<number | string>('surge', [dice.int(1, 1000), `${dice.int(1, 100)}%`]),
    ...(dice.maybe() ? { maxUnavailable: dice.pick<number | string>('unavailable', [dice.int(0, 1000), `${dice.int(0, 100)}%`]) } : {}),
    ...(dice.maybe() ? { recreate: dice.pick('recreate', [true, false]) } : {}),
    ...(dice.maybe() ? { minReadySeconds: dice.int(0, 599) } : {}),
    ...(dice.maybe() ? { progressSeconds: dice.int(600, 86_400) } : {}),
  };
}

function arbitraryMetrics(dice: Dice, ports: NonNullable<Service['ports']>): Plain<'metrics'> {
  if (dice.pick('metrics', ['none', 'some']) === 'none') return 'none';
  const web = Object.keys(ports).filter(name => ports[name].protocol === 'http');
  return {
    ...(dice.maybe() ? { port: dice.pick('scraped', ['management', ...web]) } : {}),
    ...(dice.maybe() ? { path: dice.pick('metrics-path', ['/metrics', '/actuator/prometheus']) } : {}),
    ...(dice.maybe() ? { intervalSeconds: dice.int(1, 3600) } : {}),
  };
}

function arbitraryPermissions(dice: Dice): Value<'permissions'> {
  return [{
    ...(dice.maybe() ? { group: dice.pick('group', ['', 'coordination.k8s.io']) } : {}),
    resources: ['configmaps', 'pods/log'].slice(0, dice.count(1, 2)),
    ...(dice.maybe() ? { names: ['leader'] } : {}),
    verbs: dice.pick('verbs', [['get'], ['list', 'watch'], ['create', 'update', 'patch', 'delete', 'deletecollection']] as const).slice(),
  }] as Value<'permissions'>;
}

function arbitraryIdentity(dice: Dice): Plain<'cloudIdentity'> {
  return dice.pick<Plain<'cloudIdentity'>>('identity', [
    { awsRoleArn: 'arn:aws-us-gov:iam::123456789012:role/path/orders' },
    { azureClientId: '6f1e8a50-4d1f-4c56-8d3c-1f0a6b6c6f6e' },
    { googleServiceAccount: 'orders@acme-prod.iam.gserviceaccount.com' },
  ]);
}

function arbitrarySecurity(dice: Dice): Value<'security'> {
  return {
    ...(dice.maybe() ? { user: dice.int(1, 2_147_483_647) } : {}),
    ...(dice.maybe() ? { writableRoot: { reason: 'writes its licence file' } } : {}),
    ...(dice.maybe() ? { lowPorts: { reason: 'speaks DNS on port 53' } } : {}),
  };
}

function arbitraryHealth(dice: Dice, ports: readonly string[]): Plain<'health'> {
  const [drainSeconds, waitSeconds] = [dice.int(0, 22), dice.int(0, 21)];
  return {
    ...(dice.maybe() ? { startSeconds: dice.int(1, 3600) } : {}),
    ...(dice.maybe() ? { periodSeconds: dice.int(1, 300) } : {}),
    ...(dice.maybe() ? { timeoutSeconds: dice.int(1, 60) } : {}),
    drainSeconds,
    waitSeconds,
    ...(dice.maybe() ? { graceSeconds: dice.int(drainSeconds + waitSeconds + 1, 3600) } : {}),
    ...(ports.length && dice.maybe() ? { port: dice.pick('probed', ports) } : {}),
    ...(dice.maybe() ? { livePath: '/live' } : {}),
    ...(dice.maybe() ? { readyPath: '/ready' } : {}),
  };
}
