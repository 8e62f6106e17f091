import { management } from './ports';
import { podsOf, type Peer } from './peers';
import type { SettledService } from './settle';

/** A service that calls another one, and the port it calls. */
export interface Caller { readonly name: string; readonly namespace: string; readonly port: string }

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
  const from = new Map(callers.map(caller => [`${caller.namespace}/${caller.name}`, caller]));
  const calledPorts = ({ name, namespace }: Caller) => callers.filter(caller => caller.name === name && caller.namespace === namespace)
    .map(caller => ports[caller.port].port).sort((a, b) => a - b).map(tcp);
  const dns: Edge = {
    peer: { kind: 'pods', namespace: facts.dns.namespace, labels: facts.dns.labels },
    ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }],
  };
  const reached = [...Object.values(service.calls), ...Object.values(service.stores), ...(service.topics ? [service.topics] : [])];
  return {
    ingress: merged([
      ...[...from.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, caller]) => ({ peer: podsOf(caller.name, caller.namespace), ports: calledPorts(caller) })),
      ...(route && facts.gateway ? [{ peer: { kind: 'namespace' as const, namespace: facts.gateway.namespace }, ports: [tcp(ports[route.port].port)] }] : []),
      ...(facts.monitoring === 'none' ? [] : [{ peer: { kind: 'namespace' as const, namespace: facts.monitoring.namespace }, ports: [tcp(management.port)] }]),
    ]),
    egress: [dns, ...merged(reached.map(({ peer, port }) => ({ peer, ports: [tcp(port)] })))],
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
