import { BlockList, isIPv4 } from 'node:net';
import { allOf, type Manifest } from '../support/manifests';
import { labelsIn, matches, type Labels } from './workloads';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../src/imports/kubernetes';

/** One end of a connection: a pod, or something outside with a name, an address or both. */
export type Endpoint =
  | { readonly title: string; readonly namespace: string; readonly labels: Labels }
  | { readonly title: string; readonly host?: string; readonly address?: string };

export interface Connection { readonly from: Endpoint; readonly to: Endpoint; readonly port: number; readonly protocol: 'TCP' | 'UDP' }

type Rule = (connection: Connection) => boolean;

/** What network policies, applied together, let through, by the rules of Kubernetes and Cilium. */
export function reachability(manifests: readonly Manifest[]): (connection: Connection) => boolean {
  const policies = allOf(manifests, 'NetworkPolicy').map(({ metadata, spec }) => ({
    isAbout: (endpoint: Endpoint) => 'namespace' in endpoint && endpoint.namespace === metadata.namespace && matches(labelsIn(spec?.podSelector), endpoint.labels),
    ingress: spec?.policyTypes?.includes('Ingress') ? (spec.ingress ?? []).map(({ from, ports }) => rule(from, ports, 'from')) : undefined,
    egress: spec?.policyTypes?.includes('Egress') ? (spec.egress ?? []).map(({ to, ports }) => rule(to, ports, 'to')) : undefined,
  }));
  const named = allOf(manifests, 'CiliumNetworkPolicy').map(({ metadata, spec }) => ({
    isAbout: (endpoint: Endpoint) => 'namespace' in endpoint && endpoint.namespace === metadata.namespace && matches(labelsIn(spec?.endpointSelector as { matchLabels?: Labels }), endpoint.labels),
    ingress: undefined,
    egress: (spec?.egress ?? []).map(each => ciliumRule(each as CiliumEgress)),
  }));
  const all = [...policies, ...named];
  const lets = (side: 'ingress' | 'egress', endpoint: Endpoint, connection: Connection) => {
    const selecting = all.filter(policy => policy[side] !== undefined && policy.isAbout(endpoint));
    return selecting.length === 0 || selecting.some(policy => policy[side]?.some(allows => allows(connection)));
  };
  return connection => lets('egress', connection.from, connection) && lets('ingress', connection.to, connection);
}

function rule(peers: readonly NetworkPolicyPeer[] | undefined, ports: readonly NetworkPolicyPort[] | undefined, side: 'from' | 'to'): Rule {
  return connection => (!peers?.length || peers.some(peer => isPeer(peer, connection[side])))
    && (!ports?.length || ports.some(({ port, protocol = 'TCP' }) => Number(port) === connection.port && protocol === connection.protocol));
}

function isPeer({ namespaceSelector, podSelector, ipBlock }: NetworkPolicyPeer, endpoint: Endpoint): boolean {
  if (ipBlock) return 'address' in endpoint && endpoint.address !== undefined && contains([ipBlock.cidr], endpoint.address) && !contains(ipBlock.except ?? [], endpoint.address);
  return 'namespace' in endpoint
    && matches(labelsIn(namespaceSelector), { 'kubernetes.io/metadata.name': endpoint.namespace })
    && matches(labelsIn(podSelector), endpoint.labels);
}

interface CiliumEgress {
  readonly toEndpoints?: readonly { matchLabels?: Labels }[];
  readonly toFQDNs?: readonly { matchName?: string }[];
  readonly toPorts?: readonly { ports?: readonly { port: string; protocol?: string }[] }[];
}

function ciliumRule({ toEndpoints, toFQDNs, toPorts }: CiliumEgress): Rule {
  return ({ to, port, protocol }) => {
    const isThere = 'namespace' in to
      ? toEndpoints?.some(({ matchLabels = {} }) => matches(matchLabels, { ...to.labels, 'k8s:io.kubernetes.pod.namespace': to.namespace }))
      : toFQDNs?.some(({ matchName }) => matchName === to.host);
    return (isThere ?? false) && (toPorts ?? []).some(({ ports }) => ports?.some(each => each.port === String(port) && (each.protocol === 'ANY' || each.protocol === protocol)));
  };
}

/** Whether an address lies in one of some ranges. */
export function contains(cidrs: readonly string[], address: string): boolean {
  const list = new BlockList();
  // To Node, an address of IPv4 lies in ranges of IPv6 too; to Kubernetes it does not.
  for (const cidr of cidrs.filter(each => isIPv4(each.split('/')[0]) === isIPv4(address))) {
    const [net, bits] = cidr.split('/');
    list.addSubnet(net, Number(bits), isIPv4(net) ? 'ipv4' : 'ipv6');
  }
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
