import { canonicalQuantity } from '../../manifests/canonical';
import { versionSchema } from '../../spec/releases';
import { kubernetesVersionSchema } from '../../spec/kubernetes-version';
import { meshFacts, meshOf, meshSchema, podMarksOf, type Marks } from '../../spec/mesh';
import { management } from '../../spec/ports';
import { imageSchema, labelSchema } from '../../spec/syntax';
import { sayFact, type Draft, type Take } from './draft';
import { at, fieldsAt, isSame, listAt, numberAt, said, textAt, type Fields } from './value';

/** The repository of the image, and its version as the release of the service. */
export const takeImage: Take = ({ container, source }, service, draft) => {
  const [name, digest] = (textAt(container, 'image') ?? '').split('@');
  const [, repository, tag] = /^(.*?)(?::([^/:]*))?$/s.exec(name) ?? [];
  const version = [tag, digest].filter(Boolean).join('@');
  service.image = imageSchema.safeParse(repository).success ? repository : `registry.example/${service.name}`;
  const label = textAt(source.object, 'metadata', 'labels', 'app.kubernetes.io/version');
  draft.releases[service.name] = [version, label].find(each => versionSchema.safeParse(each).success) ?? '0.0.0';
};

/** Whose it is, by the label that this package writes. */
export const takeTeam: Take = ({ podLabels, runtime, source }, service) => {
  const teams = [runtime?.team, podLabels.team, textAt(source.object, 'metadata', 'labels', 'team')];
  service.team = teams.find(team => labelSchema().safeParse(team).success) ?? 'unknown';
};

export const takeTier: Take = ({ podSpec }, service) => {
  const tier = Number(/-tier-([123])$/.exec(textAt(podSpec, 'priorityClassName') ?? '')?.[1]);
  if (tier === 1 || tier === 3) service.tier = tier;
};

/** What a port speaks, by what the Service or its name says. */
function protocolOf(port: Fields, servicePort: Fields | undefined): 'http' | 'grpc' | 'tcp' {
  const hint = `${textAt(servicePort, 'appProtocol') ?? ''} ${textAt(port, 'name') ?? ''} ${textAt(servicePort, 'name') ?? ''}`;
  if (/grpc|h2c/i.test(hint)) return 'grpc';
  return /http|web/i.test(hint) ? 'http' : 'tcp';
}

export const takePorts: Take = ({ container, service: live, runtime }, service) => {
  if (runtime) {
    if (Object.keys(runtime.ports).length) service.ports = runtime.ports;
    return;
  }
  const ports: Record<string, unknown> = {};
  const numbers = new Set<number>([management.port]);
  for (const port of listAt(container, 'ports')) {
    const number = numberAt(port, 'containerPort');
    if (number === undefined || number < 1024 || number > 65535 || numbers.has(number) || (port.protocol ?? 'TCP') !== 'TCP') continue;
    const front = listAt(live, 'spec', 'ports').find(each => [number, port.name].includes((each.targetPort ?? each.port) as never));
    const named = textAt(port, 'name') ?? textAt(front, 'name');
    const name = labelSchema(15).safeParse(named).success && named !== management.name && !named?.includes('--') ? named ?? '' : `port-${number}`;
    if (name in ports) continue;
    ports[name] = { protocol: protocolOf(port, front), port: number };
    numbers.add(number);
  }
  if (Object.keys(ports).length) service.ports = ports;
};

const presets = { small: [100, 128, 256], medium: [250, 512, 512], large: [1000, 2048, 1024] } as const;

export const takeResources: Take = ({ container }, service) => {
  service.resources = resourcesFrom(container);
  if (service.resources === undefined) delete service.resources;
};

/** What a container asks for: a preset, or numbers; undefined where it is what is asked for when nothing is said, or nothing. */
export function resourcesFrom(container: Fields): unknown {
  const amount = (kind: string, resource: string, unit: number) => {
    const value = Number(canonicalQuantity(at(container, 'resources', kind, resource))) / unit;
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  const mebi = 1024 * 1024;
  const [cpuMillis, memoryMiB] = [amount('requests', 'cpu', 0.001) ?? amount('limits', 'cpu', 0.001), amount('requests', 'memory', mebi) ?? amount('limits', 'memory', mebi)];
  if (cpuMillis === undefined || memoryMiB === undefined) return undefined;
  const [cpuLimit, memoryLimit, disk] = [amount('limits', 'cpu', 0.001), amount('limits', 'memory', mebi), amount('requests', 'ephemeral-storage', mebi)];
  const limits = Object.entries(fieldsAt(container, 'resources', 'limits')).map(([name, count]) => [name, Number(canonicalQuantity(count))] as const);
  const devices = Object.fromEntries(limits.filter(([name, count]) => name.includes('/') && Number.isInteger(count)));
  const resources = said({
    cpuMillis, memoryMiB,
    cpuLimitMillis: cpuLimit === cpuMillis * 4 ? undefined : cpuLimit ?? 'none',
    memoryLimitMiB: memoryLimit === memoryMiB ? undefined : memoryLimit,
    diskMiB: disk === 256 ? undefined : disk,
    devices: Object.keys(devices).length ? devices : undefined,
  });
  const preset = Object.entries(presets).find(([, [cpu, memory, storage]]) => cpu === cpuMillis && memory === memoryMiB && storage === (disk ?? 256)
    && resources.cpuLimitMillis === undefined && resources.memoryLimitMiB === undefined && resources.devices === undefined)?.[0];
  return preset === 'small' ? undefined : preset ?? resources;
}

/** What the pods tell of the cluster: zones that they spread over, whether nodes give them a user namespace, and how old it may be. */
/** Whether pods say that they are not in the mesh of their namespace, where they would be. */
function staysOutside(metadata: Fields, kind: string, { facts }: Draft): boolean {
  const { data: kubernetes } = kubernetesVersionSchema.safeParse(facts.kubernetes);
  const { data: mesh } = meshSchema.safeParse(facts.mesh);
  const { outside } = meshFacts[meshOf(mesh)?.kind ?? 'linkerd'];
  if (!mesh || !kubernetes || !isSaid(metadata, outside)) return false;
  return !isSaid({ ...podMarksOf({ facts: { mesh, kubernetes }, mesh: true, ports: {} }, !['schedule', 'job'].includes(kind)) }, outside);
}

const isSaid = (metadata: Fields, { labels, annotations }: Marks) => [['labels', labels] as const, ['annotations', annotations] as const]
  .every(([where, marks]) => Object.entries(marks).every(([name, value]) => fieldsAt(metadata, where)[name] === value));

export const takeCluster: Take = ({ kind, podSpec, template }, service, draft) => {
  const secrets = listAt(podSpec, 'imagePullSecrets').map(({ name }) => name);
  const isOfAll = [...draft.services.keys()].every(other => isSame(listAt(other.podSpec, 'imagePullSecrets').map(({ name }) => name), secrets));
  if (secrets.length && isOfAll) sayFact(draft, 'pullSecrets', secrets);
  if (listAt(podSpec, 'topologySpreadConstraints').some(({ topologyKey }) => topologyKey === 'topology.kubernetes.io/zone')) sayFact(draft, 'zones', 3);
  if (podSpec.hostUsers === false) sayFact(draft, 'userNamespaces', true);
  if (staysOutside(fieldsAt(template, 'metadata'), kind, draft)) service.mesh = false;
  const annotations = Object.keys(fieldsAt(template, 'metadata', 'annotations'));
  if (annotations.some(name => name.startsWith('container.apparmor.security.beta.kubernetes.io/'))) sayFact(draft, 'kubernetes', '1.29');
};
