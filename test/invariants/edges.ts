import { isOwnKafka, kafkaPlaceOf, registryPlaceOf } from '../../src/spec/kafka';
import { chainOf, factsOf } from '../../src/spec/environments';
import { settle } from '../../src/spec/varying';
import { contains, reachability, type Endpoint } from './reachability';
import { matches, podsIn, type Labels } from './workloads';
import type { Description } from '../../src/spec/description';
import type { Environment, Location } from '../../src/spec';
import type { Subject } from './subjects';

type Service = Description['services'][number];
interface Destination { readonly port: number; readonly protocol: 'TCP' | 'UDP'; covers(endpoint: Endpoint): boolean }

const management = 9090;
/** A port that nobody declares. */
const stray = 4444;
const somewhere = '93.184.216.34';
const inside = '10.9.9.9';

/** Who gives pods of EKS their role, on every node. */
const agent = '169.254.170.23';

type Bound = Environment['stores'][keyof Environment['stores']];
type Single = NonNullable<Bound>['servers'][string];

/** A bucket of S3 itself is where S3 has it. */
function withPlace(single: Single): { at: Location; port: number } {
  if ('at' in single) return single;
  const { bucket, region, cidrs } = single;
  return { at: { host: `${bucket}.s3.${region}.amazonaws.com${region === 'cn-north-1' ? '.cn' : ''}`, cidrs }, port: 443 };
}

const ofLinkerd = (component: string) => ({ 'linkerd.io/control-plane-component': component });

/** What each mesh needs besides what is declared, as its own manuals tell it. */
const meshes = {
  'istio-sidecar': { carrier: undefined, metrics: 15020, probed: [], control: { namespace: 'istio-system', at: [[{ app: 'istiod' }, 15012]] } },
  'istio-ambient': { carrier: 15008, metrics: undefined, probed: ['169.254.7.127', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff'], control: undefined },
  'linkerd': {
    carrier: 4143, metrics: 4191, probed: [],
    control: { namespace: 'linkerd', at: [[ofLinkerd('identity'), 8080], [ofLinkerd('destination'), 8086], [ofLinkerd('destination'), 8090]] },
  },
} as const;

interface Mesh {
  readonly kind?: keyof typeof meshes;
  readonly carrier?: number;
  readonly metrics?: number;
  readonly probed?: readonly string[];
  readonly control: readonly { readonly namespace: string; readonly labels: Labels; readonly port: number }[];
}

/** What the mesh of an environment needs, and where its control plane runs. */
function meshIn({ mesh }: Environment): Mesh {
  if (mesh === undefined || mesh === 'none') return { control: [] };
  const { kind, ...said } = typeof mesh === 'string' ? { kind: mesh } : mesh;
  const { control, ...rest } = meshes[kind];
  const namespace = 'namespace' in said ? said.namespace : control?.namespace ?? '';
  return { kind, ...rest, control: (control?.at ?? []).map(([labels, port]) => ({ namespace, labels, port })) };
}

/** Every connection that flows and is not declared, or is declared and does not flow. */
export function edgeProblems({ manifests, fleet: { document, services }, environment }: Subject): string[] {
  const flows = reachability(manifests);
  const { platform } = services[0];
  const facts = factsOf(platform, environment);
  const namespace = facts.namespace ?? platform.name;
  const chain = chainOf(platform.environments, environment);
  const contracts = document.contracts ?? [];
  const foreign = new Map(contracts.map(({ name, environments, ports }) => [name, { at: environments[environment] as Location, ports }]));
  const own = facts.kafka && isOwnKafka(facts.kafka) ? kafkaPlaceOf(facts.kafka) : undefined;
  const kafka = facts.kafka && isOwnKafka(facts.kafka)
    ? { at: { namespace, labels: own?.labels }, port: own?.port ?? 0 } : facts.kafka && { ...facts.kafka, sendsOn: true };
  const beside = facts.kafka && isOwnKafka(facts.kafka) ? registryPlaceOf(facts.kafka) : undefined;
  const registry = beside && { at: { namespace, labels: beside.labels }, port: beside.port };
  // Strimzi lets clients in by policies that it makes itself.
  const policed = facts.kafka && isOwnKafka(facts.kafka) && facts.kafka.operator === 'strimzi' ? undefined : kafka;
  const buckets = Object.values(facts.stores.bucket?.servers ?? {}).map(withPlace);
  const servers = [...Object.values(facts.stores), ...buckets, policed, registry].flatMap(server => server?.at ?? []);
  const topicsAt = (name: string): Location => ({ host: `${name}.${facts.topics?.region}.amazonaws.com`, ...(facts.topics?.cidrs ? { cidrs: facts.topics.cidrs } : {}) });
  const outside = [...(facts.topics ? ['sns', 'sqs'].map(topicsAt) : []), ...(document.externals ?? []).map(({ at }) => at), ...[...foreign.values()].map(({ at }) => at), ...servers];
  const pods = new Map(podsIn(manifests).map(({ about, labels }) => [about, { title: about, namespace, labels }]));
  const podOf = (name: string): Endpoint => pods.get(name) ?? { title: name, namespace, labels: {} };
  const callers = new Map(document.services.map(service => [service.name, settle(service.callers ?? [], chain) as ForeignCaller[]]));
  const mesh = meshIn(facts);
  const ends = (service: Service) => ['schedule', 'job'].includes(service.workload?.kind ?? 'deployment');
  const meshed = (service: Service) => (
    mesh.kind !== undefined && settle(service.mesh ?? true, chain) === true && !(mesh.kind !== 'istio-ambient' && facts.kubernetes === '1.28' && ends(service)));
  const prometheus = facts.monitoring === 'none' ? undefined : facts.monitoring.namespace;
  const strangers: Endpoint[] = [
    { title: 'a stranger next door', namespace, labels: {} }, { title: 'a stranger', namespace: 'elsewhere', labels: {} },
    { title: 'the internet', address: somewhere }, { title: 'the internet of IPv6', address: '2606:2800:220:1::1' }, { title: 'the private network of IPv6', address: 'fd12:3456::1' },
    { title: 'the metadata of the cloud', address: '169.254.169.254' }, ...facts.internet.except.map((cidr): Endpoint => ({ title: `${cidr}, which is not the internet`, address: addressIn(cidr) })),
    { title: 'the private network', address: inside }, { title: 'a strange host', host: 'evil.test' },
    ...[prometheus, facts.gateway?.namespace, facts.dns.namespace].flatMap(other => (other ? [{ title: `a pod of ${other}`, namespace: other, labels: {} }] : [])),
    ...facts.egress.map(({ cidr }): Endpoint => ({ title: cidr, address: addressIn(cidr) })),
    { title: 'DNS', namespace: facts.dns.namespace, labels: facts.dns.labels },
    ...mesh.control.map(({ namespace: there, labels, port }): Endpoint => ({ title: `the mesh at ${port}`, namespace: there, labels })),
    ...Object.values(meshes).flatMap(({ probed }) => probed.map((address): Endpoint => ({ title: `a probe from ${address}`, address }))),
    { title: 'who gives pods their role', address: agent },
    ...outside.flatMap(at => endpointsAt(at)),
    // A caller from elsewhere that is called like a service here is no stranger, but its pods.
    ...[...callers.values()].flat().filter(({ name, namespace: there = namespace }) => there !== namespace || !document.services.some(service => service.name === name)).map((caller): Endpoint => ({ title: `the caller ${caller.name}`, namespace: caller.namespace ?? namespace, labels: labelsOfCaller(caller) })),
  ];
  const shared = [...mesh.control.map(({ namespace: there, labels, port }): Destination => ({ port, protocol: 'TCP', covers: isPod(there, labels) })), ...facts.egress.flatMap(({ cidr, ports, protocols }) => ports.flatMap(port => protocols.map((protocol): Destination => (
    { port, protocol, covers: endpoint => 'address' in endpoint && contains([cidr], endpoint.address ?? '') }))))];
  const destinations = new Map(document.services.map(service => [service.name, [
    ...(['UDP', 'TCP'] as const).map((protocol): Destination => ({ port: 53, protocol, covers: isPod(facts.dns.namespace, facts.dns.labels) })),
    ...declared(service).flatMap(({ at, port, sendsOn }) => [port, ...(meshed(service) ? carriersTo(at) : [])].map((number): Destination => (
      { port: number, protocol: 'TCP', covers: typeof at === 'string' ? ({ title }) => title === at : sendsOn ? coveringAll(at, facts) : covering(at, facts) }))),
    ...(hasRole(service) ? [{ port: 80, protocol: 'TCP' as const, covers: (endpoint: Endpoint) => 'address' in endpoint && endpoint.address === agent }] : []),
    ...shared,
  ]]));

  /** Whether pods of a service reach something by who they are. */
  function hasRole(service: Service): boolean {
    const { name, stores = {} } = service;
    return (facts.topics !== undefined && servicesOfAws(service).length > 0) || Object.entries(stores).some(([alias, { kind }]) => {
      const place = kind === 'bucket' ? facts.stores.bucket?.servers[`${name}.${alias}`] : undefined;
      return place !== undefined && 'credentials' in place && place.credentials === 'pod-identity';
    });
  }

  /** What a service speaks to in AWS for its topics. */
  function servicesOfAws({ produces = {}, consumes = {} }: Service): string[] {
    return [...(Object.keys(produces).length ? ['sns'] : []), ...(Object.keys(consumes).length ? ['sqs'] : [])];
  }

  /** The port by which a mesh carries traffic to a place; to a service outside of it, and to places outside of the cluster, it carries none. */
  function carriersTo(at: Location | string): number[] {
    const called = document.services.find(({ name }) => name === at);
    const takes = typeof at === 'string' ? called !== undefined && meshed(called) : 'namespace' in at && at.namespace !== namespace;
    return mesh.carrier !== undefined && takes ? [mesh.carrier] : [];
  }

  /** What a service declares: places outside with their ports, and ports of other services, by name; some send on to others at the same addresses. */
  function declared(service: Service): { at: Location | string; port: number; sendsOn?: boolean }[] {
    return [
      ...Object.values(service.calls ?? {}).map(call => {
        const external = document.externals?.find(({ name }) => name === call.service) ?? foreign.get(call.service);
        const target = external ?? document.services.find(({ name }) => name === call.service);
        return { at: external?.at ?? call.service, port: target?.ports?.[call.port].port ?? 0 };
      }),
      ...Object.entries(service.stores ?? {}).flatMap(([alias, { kind }]) => {
        const bound = facts.stores[kind];
        const place = bound?.servers[`${service.name}.${alias}`];
        const { at, port } = place ? withPlace(place) : bound ?? { at: undefined, port: 0 };
        return at ? [{ at, port }] : [];
      }),
      ...(facts.topics ? servicesOfAws(service).map(name => ({ at: topicsAt(name), port: 443 })) : []),
      ...(Object.keys({ ...service.produces, ...service.consumes }).length && kafka ? [kafka, ...(registry ? [registry] : [])] : []),
    ];
  }

  /** Whether somebody who is no service of the platform may reach a port of one. */
  const welcomes = (service: Service, port: number, from: Endpoint) => {
    const ports = Object.entries(service.ports ?? {});
    const { port: probed } = settle(service.health ?? {}, chain) as { port?: string };
    if (!('namespace' in from)) {
      return mesh.probed !== undefined && 'address' in from && mesh.probed.some(address => address === from.address)
        && meshed(service) && !ends(service) && port === (service.ports?.[probed ?? '']?.port ?? management);
    }
    const exposure = settle(service.exposure, chain);
    const speaking = (protocol: string) => ports.filter(([, each]) => each.protocol === protocol);
    const [[only] = ['']] = [...speaking('http'), ...speaking('grpc')];
    const routed = typeof exposure === 'object' ? [...(exposure.rules ?? [{ port: undefined }])].map(rule => (service.ports ?? {})[rule.port ?? exposure.port ?? only].port) : [];
    const callable = (callers.get(service.name) ?? []).filter(caller => isPod(caller.namespace ?? namespace, labelsOfCaller(caller))(from))
      .flatMap(caller => caller.ports.flatMap(name => service.ports?.[name].port ?? []));
    const metrics = settle(service.metrics ?? {}, chain) as 'none' | { port?: string };
    const scraped = metrics === 'none' ? [] : [(service.ports ?? {})[metrics.port ?? '']?.port ?? management];
    const open = [...callable, ...(from.namespace === prometheus ? scraped : []), ...(from.namespace === facts.gateway?.namespace ? routed : [])];
    const carried = port === mesh.carrier && open.length > 0;
    return open.includes(port) || (meshed(service) && (carried || (from.namespace === prometheus && port === mesh.metrics)));
  };

  const listened = document.services.flatMap(service => Object.values(service.ports ?? {}).map(({ port }) => port));
  const ofMesh = [mesh.carrier, mesh.metrics].flatMap(port => port ?? []);
  const ports = [...new Set([stray, 53, management, ...ofMesh, ...[...destinations.values()].flat().map(({ port }) => port), ...listened])];
  const problems: string[] = [];
  const hold = (from: Endpoint, to: Endpoint, port: number, protocol: 'TCP' | 'UDP', expected: boolean) => {
    if (flows({ from, to, port, protocol }) !== expected) problems.push(`${from.title} ${expected ? 'cannot reach' : 'can reach'} ${to.title} at ${protocol} ${port}`);
  };
  const nextDoor: Endpoint = { title: 'a pod that nobody describes', namespace, labels: {} };
  for (const stranger of strangers) {
    for (const port of [stray, 53, 443, ...mesh.control.map(each => each.port)]) {
      hold(nextDoor, stranger, port, 'TCP', shared.some(each => each.port === port && each.protocol === 'TCP' && each.covers(stranger)));
      hold(stranger, nextDoor, port, 'TCP', false);
    }
  }
  for (const service of document.services) {
    const from = podOf(service.name);
    const reaches = (to: Endpoint, port: number, protocol: string) => (
      (destinations.get(service.name) ?? []).some(each => each.port === port && each.protocol === protocol && each.covers(to)));
    for (const port of ports) {
      for (const other of document.services) if (other !== service) hold(from, podOf(other.name), port, 'TCP', reaches(podOf(other.name), port, 'TCP'));
      for (const stranger of strangers) {
        // The default of the namespace keeps everything away from pods that no policy is about.
        const shut = 'namespace' in stranger && stranger.namespace === namespace && ![kafka, registry].some(each => each && covering(each.at, facts)(stranger));
        for (const protocol of port === 53 ? ['TCP', 'UDP'] as const : ['TCP'] as const) hold(from, stranger, port, protocol, !shut && reaches(stranger, port, protocol));
        if (!shut) hold(stranger, from, port, 'TCP', welcomes(service, port, stranger));
      }
    }
  }
  return problems;
}

interface ForeignCaller { readonly name: string; readonly namespace?: string; readonly labels?: Labels; readonly ports: readonly string[] }

const labelsOfCaller = ({ name, labels }: ForeignCaller): Labels => labels ?? { 'app.kubernetes.io/instance': name };

const isPod = (namespace: string, labels: Labels) => (endpoint: Endpoint) => 'namespace' in endpoint && endpoint.namespace === namespace && matches(labels, endpoint.labels);

/** What is meant by a place: by name where the network plugin can match names, else by address. */
function covering(at: Location, { networkPolicies, internet: { addresses, except } }: Environment): (endpoint: Endpoint) => boolean {
  if ('namespace' in at) return isPod(at.namespace, at.labels ?? {});
  if (networkPolicies === 'cilium') return endpoint => 'host' in endpoint && endpoint.host === at.host;
  const open = { ipv4: ['0.0.0.0/0'], ipv6: ['::/0'], both: ['0.0.0.0/0', '::/0'] }[addresses];
  const cidrs = at.cidrs === 'internet' ? open : at.cidrs ?? [];
  const never = at.cidrs === 'internet' ? ['10.0.0.0/8', '172.16.0.0/12', '169.254.0.0/16', 'fc00::/7', ...except] : [];
  return endpoint => 'address' in endpoint && endpoint.address !== undefined && contains(cidrs, endpoint.address) && !contains(never, endpoint.address);
}

/** What is meant by a place by its name or by its addresses, whatever the plugin can match. */
function coveringAll(at: Location, facts: Environment): (endpoint: Endpoint) => boolean {
  const ways = [facts, { ...facts, networkPolicies: 'kubernetes' as const }].map(each => covering(at, each));
  return endpoint => ways.some(covers => covers(endpoint));
}

/** Some address of a range. */
const addressIn = (cidr: string) => cidr.split('/')[0].replace(/\.0$/, '.1').replace(/::$/, '::1');

/** One endpoint in each part of a place. */
function endpointsAt(at: Location): Endpoint[] {
  if ('namespace' in at) {
    const { namespace, labels = {} } = at;
    return [{ title: `${namespace} with its labels`, namespace, labels }, { title: namespace, namespace, labels: {} }];
  }
  const cidrs = at.cidrs === undefined || at.cidrs === 'internet' ? [] : at.cidrs;
  return [{ title: at.host, host: at.host }, ...cidrs.map(cidr => ({ title: cidr, address: addressIn(cidr) }))];
}
