import { adoptionProblems, type Adopted } from './adoption';
import { cpuLimitProblems } from './container-defaults';
import { chainOf, type PlatformSpec } from './environments';
import { isAtLeast } from './kubernetes-version';
import { mounts } from './names';
import { fewestReplicas, type ScaleSpec } from './scale';
import { looksSecret } from './secrets';
import { settle, type Settled } from './varying';
import { configMapBytes, type VolumeSpec } from './volumes';
import { isLasting, isScaled } from './workload';
import type { Problem } from '../errors';
import type { Environment } from './environment';
import type { MicroserviceData } from './microservice';

type Data = MicroserviceData;
type Written = Readonly<Record<string, unknown>>;

/** What is wrong with how a service runs, where one field contradicts another. */
export function operationProblems(platform: PlatformSpec, data: Data, written: Written): Problem[] {
  return [
    ...kindProblems(data, written),
    ...mountProblems(data),
    ...containerProblems(data),
    ...variableProblems(data),
    ...Object.keys(platform.environments)
      .flatMap(environment => environmentalProblems(data, environment, chainOf(platform.environments, environment))),
  ].filter(({ path, message }, index, all) => all.findIndex(other => other.path === path && other.message === message) === index);
}

const adoptedOf = (adopt: unknown): object => (typeof adopt === 'object' && adopt !== null ? adopt : {});

/** Fields that mean nothing for what keeps the pods running. */
function kindProblems({ workload: { kind }, ports, health, name, migration, adopt, volumes }: Data, written: Written): Problem[] {
  const said = (field: string) => written[field] !== undefined;
  const problems: Problem[] = [];
  const refuse = (fields: readonly string[], why: string) => fields.filter(said).forEach(path => problems.push({ path, message: why }));
  if (!isLasting(kind)) refuse(['ports', 'scale', 'disruption', 'exposure', 'health', 'rollout', 'migration', 'sidecars'], `means nothing for a ${kind}, whose pods end; remove it`);
  if (kind === 'job') refuse(['adopt'], 'means nothing for a job, which is a new one each time; remove it');
  if (kind === 'daemon') refuse(['scale', 'disruption'], 'means nothing for a daemon, which runs once on every node; remove it');
  if (kind === 'stateful') refuse(['rollout'], 'means nothing for a stateful service, which is rolled one replica at a time; remove it');
  const probed = 'perEnvironment' in health ? Object.values(health.perEnvironment) : [health];
  for (const { port } of probed) {
    if (port !== undefined && !ports[port]) problems.push({ path: 'health.port', message: `is "${port}", expected a port of the service: ${Object.keys(ports).join(', ') || 'there is none'}` });
  }
  const adopted = 'perEnvironment' in adoptedOf(adopt) ? Object.values((adopt as { perEnvironment: object }).perEnvironment) : [adopt];
  for (const live of adopted as readonly ('none' | Adopted)[]) {
    if (typeof live === 'object') problems.push(...adoptionProblems(live, { name, kind, volumes, ports }));
    if (kind !== 'deployment' && kind !== 'daemon' && typeof live === 'object' && live.name?.includes('.')) {
      problems.push({ path: 'adopt.name', message: `is "${live.name}", expected a DNS label, which the name of a ${kind} has to be` });
    }
  }
  if (migration && name.length > 46) problems.push({ path: 'name', message: `is ${name.length} characters long, expected at most 46 for a service with a migration, whose job adds to it` });
  return problems;
}

/** What every container needs as the kernel and Kubernetes give it. */
const ofTheSystem = ['/proc', '/sys', '/dev', '/var/run/secrets/kubernetes.io', '/run/secrets/kubernetes.io'];

function mountProblems({ volumes, files }: Data): Problem[] {
  const reserved = [mounts.config, mounts.secrets];
  const taken = new Map<string, string>([...reserved, '/tmp'].map(path => [path, 'what every service has there']));
  const problems: Problem[] = [];
  const claim = (at: string, path: string, what: string) => {
    const other = taken.get(at) ?? (reserved.some(mount => at.startsWith(`${mount}/`) || mount.startsWith(`${at}/`)) ? 'what every service has there' : undefined);
    if (other) problems.push({ path, message: `is "${at}", which hides ${other}; choose another path` });
    taken.set(at, what);
    if (ofTheSystem.some(folder => at === folder || at.startsWith(`${folder}/`)) && at !== '/dev/shm') problems.push({ path, message: `is "${at}", where the system keeps something of its own; choose another path` });
  };
  const names = new Map<string, string>();
  for (const [alias, { at }] of Object.entries(volumes)) {
    claim(at, `volumes.${alias}.at`, `the volume ${alias}`);
    const other = names.get(alias.toLowerCase());
    if (other) problems.push({ path: `volumes.${alias}`, message: `differs from ${other} only in capitals; choose another name` });
    names.set(alias.toLowerCase(), alias);
  }
  for (const path of Object.keys(files)) claim(path, `files.${JSON.stringify(path)}`, `the file ${path}`);
  return problems;
}

function containerProblems({ name, sidecars, initContainers, volumes }: Data): Problem[] {
  const beside = [...Object.entries(sidecars).map(entry => ['sidecars', ...entry] as const), ...Object.entries(initContainers).map(entry => ['initContainers', ...entry] as const)];
  return beside.flatMap(([field, container, spec], index) => [
    ...(container === name || beside.findIndex(other => other[1] === container) !== index
      ? [{ path: `${field}.${container}`, message: 'is the name of another container of the pod; choose another' }] : []),
    ...spec.volumes.filter(alias => !volumes[alias]).map(alias => (
      { path: `${field}.${container}.volumes`, message: `names "${alias}", expected volumes of the service: ${Object.keys(volumes).join(', ') || 'there is none'}` })),
  ]);
}

function variableProblems({ variables }: Data): Problem[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (name.startsWith('MARTY__')) return [{ path: `variables.${name}`, message: 'would override a value of the ConfigMap that says the same for all; say it under config, or where it belongs' }];
    const values: unknown[] = typeof value === 'object' && 'perEnvironment' in value ? Object.values(value.perEnvironment) : [value];
    return looksSecret(name) && values.some(item => typeof item === 'string' && item !== '')
      ? [{ path: `variables.${name}`, message: 'looks like a secret in plain sight; declare it under secrets, or refer to an object that holds it' }] : [];
  });
}

function environmentalProblems(data: Data, environment: string, chain: readonly string[]): Problem[] {
  const scale = settle(data.scale, chain) as ScaleSpec | undefined;
  const volumes = settle(data.volumes, chain) as Readonly<Record<string, Settled<VolumeSpec>>>;
  const files = settle(data.files, chain) as Readonly<Record<string, string>>;
  const problems: Problem[] = [];
  const size = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (size > configMapBytes) problems.push({ path: 'files', message: `hold ${size} bytes in ${environment}, expected at most ${configMapBytes}, which is what a ConfigMap holds` });
  if (data.workload.kind !== 'stateful' && scale) {
    const alone = data.workload.kind === 'deployment' && 'replicas' in scale && fewestReplicas(scale) === 1 && settle(data.rollout, chain)?.recreate === true;
    for (const [alias, volume] of Object.entries(volumes)) {
      if (volume.kind !== 'claim' || volume.access === 'many' || alone || !(isScaled(data.workload.kind) || data.workload.kind === 'daemon')) continue;
      problems.push({
        path: `volumes.${alias}.access`,
        message: `is "${volume.access}" in ${environment}, where several pods need it; use "many", a stateful service, or one replica with rollout.recreate`,
      });
    }
  }
  return problems;
}

/** What a service needs of an environment that it does not have. */
export function operationFactProblems(data: Settled<Data>, facts: Environment, at: string): Problem[] {
  const problems: Problem[] = [];
  const { scale, sidecars, name } = data as unknown as { scale: ScaleSpec; sidecars: object; name: string };
  if ('triggers' in scale && !facts.keda) problems.push({ path: `${at}.keda`, message: `is false, but ${name} is scaled by events; install KEDA and say so, or scale by load` });
  if (Object.keys(sidecars).length && !isAtLeast(facts.kubernetes, '1.29')) {
    problems.push({ path: `${at}.kubernetes`, message: `is "${facts.kubernetes}", but ${name} has sidecars, which exist since 1.29` });
  }
  problems.push(...cpuLimitProblems(name, data as never, facts, at));
  return problems;
}
