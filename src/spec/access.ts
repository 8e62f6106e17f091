import { routedPortsOf } from './exposure';
import { scrapedPortOf } from './metrics';
import { management } from './ports';
import { podsOf, type Peer } from './peers';
import type { SettledService } from './settle';

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
  const { facts, route, ports } = service;
  const reached = [...Object.values(service.calls), ...Object.values(service.stores), ...(service.topics ? [service.topics] : [])];
  return {
    ingress: merged([
      ...[...callers, ...service.callers].map(({ name, namespace, labels, port }) => ({
        peer: labels ? { kind: 'pods' as const, namespace, labels } : podsOf(name, namespace), ports: [tcp(ports[port].port)],
      })),
      ...(route && facts.gateway ? [{ peer: { kind: 'namespace' as const, namespace: facts.gateway.namespace }, ports: routedPortsOf(route, ports).map(tcp) }] : []),
      ...replicasOf(service),
      ...scrapesOf(service, scrapedPortOf(service.metrics, ports)),
    ]),
    egress: [dnsOf(service), ...merged([...replicasOf(service), ...reached.map(({ peer, port }) => ({ peer, ports: [tcp(port)] }))])],
  };
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
  const stores = Object.values(service.stores).map(({ peer, port }) => ({ peer, ports: [tcp(port)] }));
  return { ingress: scrapesOf(service, management.port), egress: [dnsOf(service), ...merged(stores)] };
}

function dnsOf({ facts }: SettledService): Edge {
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
