import { routedPortsOf } from './exposure';
import { meshFacts, meshOfPods } from './mesh';
import { scrapedPortOf } from './metrics';
import { management } from './ports';
import { podsOf, type Peer } from './peers';
import { isLasting } from './workload';
import type { Reach, SettledService } from './settle';

/** A service that calls another one, and the port it calls. */
export interface Caller {
  readonly name: string;
  readonly namespace: string;
  readonly port: string;
  /** The labels that select its pods. @default - those by which the pods of a service are selected */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Traffic that is allowed between a service and one peer. */
export interface Edge {
  readonly peer: Peer;
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
}

/** All traffic of a service; what is not listed does not flow. */
export interface Access { readonly ingress: readonly Edge[]; readonly egress: readonly Edge[] }

const tcp = (port: number) => ({ port, protocol: 'TCP' as const });

/** The traffic that follows from a description: from callers, the gateway and Prometheus; to DNS and to what it declares. */
export function accessOf(service: SettledService, callers: readonly Caller[]): Access {
  const { facts, route, ports, workload } = service;
  const lasting = isLasting(workload.kind);
  const reached = [
    ...Object.values(service.calls).map(({ peer, podPort }) => ({ peer, port: podPort })), ...Object.values(service.stores),
    ...reachedByMessages(service), ...agentsOf(service),
  ];
  const ingress: Edge[] = [
    ...[...callers, ...service.callers].map(({ name, namespace, labels, port }) => ({
      peer: labels ? { kind: 'pods' as const, namespace, labels } : podsOf(name, namespace), ports: [tcp(ports[port].port)],
    })),
    ...(route && facts.gateway ? [{ peer: { kind: 'namespace' as const, namespace: facts.gateway.namespace }, ports: routedPortsOf(route, ports).map(tcp) }] : []),
    ...replicasOf(service),
    ...scrapesOf(service, scrapedPortOf(service.metrics, ports)),
  ];
  const egress: Edge[] = [...replicasOf(service), ...reached.map(({ peer, port }) => ({ peer, ports: [tcp(port)] }))];
  return {
    ingress: merged([...carried(service, lasting, ingress), ...meshIngressOf(service, lasting)]),
    egress: [dnsOf(service), ...merged(carried(service, lasting, egress))],
  };
}

/** Who gives pods the role of their service account on EKS: a program on every node. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const podIdentityAgent = { peer: { kind: 'ranges', cidrs: ['169.254.170.23/32'], except: [] }, port: 80 } as const;

/** The programs that pods prove themselves by to what they reach without a secret. */
function agentsOf({ stores, topics }: Pick<SettledService, 'stores' | 'topics'>): Pick<Reach, 'peer' | 'port'>[] {
  return topics?.at === 'aws' || Object.values(stores).some(({ secret }) => secret === undefined) ? [podIdentityAgent] : [];
}

/** A Kafka, and what is beside it; or the services of AWS that carry messages. */
function reachedByMessages({ topics }: SettledService): Pick<Reach, 'peer' | 'port'>[] {
  if (!topics) return [];
  if (topics.at === 'aws') return topics.reached;
  const { brokers, port, registry } = topics;
  return [topics, ...(brokers ? [{ peer: brokers, port }] : []), ...(registry ? [registry] : [])];
}

/** The same traffic where a mesh carries it from pod to pod by a port of its own; to what is not in the mesh it goes as it was meant. */
function carried(service: SettledService, lasting: boolean, edges: readonly Edge[]): readonly Edge[] {
  const mesh = meshOfPods(service, lasting);
  const carrier = mesh && meshFacts[mesh.kind].carrier;
  if (carrier === undefined) return edges;
  return edges.map(({ peer, ports }) => ({ peer, ports: peer.kind === 'pods' || peer.kind === 'namespace' ? [...ports, tcp(carrier)] : ports }));
}

/** What the mesh itself brings to pods that are in it: scrapes of the proxy, and probes that seem to come from elsewhere than the node. */
function meshIngressOf(service: SettledService, lasting: boolean): Edge[] {
  const mesh = meshOfPods(service, lasting);
  if (!mesh) return [];
  const { metrics, probes } = meshFacts[mesh.kind];
  const { health, ports } = service;
  const probed = health.port === undefined ? management.port : ports[health.port].port;
  return [
    ...scrapesOf(service, metrics),
    ...(lasting && probes.length ? [{ peer: { kind: 'ranges' as const, cidrs: probes, except: [] }, ports: [tcp(probed)] }] : []),
  ];
}

/** Replicas that have names of their own talk to each other. */
function replicasOf({ workload, identity, namespace, ports }: SettledService): Edge[] {
  const numbers = Object.values(ports).map(({ port }) => tcp(port));
  return workload.kind === 'stateful' && numbers.length ? [{ peer: { kind: 'pods', namespace, labels: identity.selector }, ports: numbers }] : [];
}

/** Prometheus, where there is one, to a port that it scrapes. */
function scrapesOf({ facts: { monitoring } }: SettledService, port: number | undefined): Edge[] {
  return monitoring === 'none' || port === undefined ? [] : [{ peer: { kind: 'namespace', namespace: monitoring.namespace }, ports: [tcp(port)] }];
}

/** The traffic of a service's migration: from Prometheus; to DNS and to its stores. */
export function migrationAccessOf(service: SettledService): Access {
  const stores = [...Object.values(service.stores), ...agentsOf(service)].map(({ peer, port }) => ({ peer, ports: [tcp(port)] }));
  return {
    ingress: merged([...carried(service, false, scrapesOf(service, management.port)), ...meshIngressOf(service, false)]),
    egress: [dnsOf(service), ...merged(carried(service, false, stores))],
  };
}

/** The traffic by which names are looked up. */
export function dnsOf({ facts }: Pick<SettledService, 'facts'>): Edge {
  return {
    peer: { kind: 'pods', namespace: facts.dns.namespace, labels: facts.dns.labels },
    ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }],
  };
}

/** One edge per peer, with every port that some declaration asks for, in a stable order. */
function merged(edges: readonly Edge[]): Edge[] {
  const byPeer = new Map<string, Edge>();
  for (const edge of edges) {
    const key = JSON.stringify(edge.peer);
    const ports = [...(byPeer.get(key)?.ports ?? []), ...edge.ports];
    const unique = ports.filter((port, index) => ports.findIndex(other => other.port === port.port && other.protocol === port.protocol) === index);
    byPeer.set(key, { peer: edge.peer, ports: unique.sort((a, b) => a.port - b.port) });
  }
  return [...byPeer.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge);
}
