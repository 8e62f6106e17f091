import { instanceLabel } from './names';
import { internetOf, isIPv6Range } from './ranges';
import type { Location } from './address';
import type { Environment } from './environment';
import type { NetworkPolicyPeer } from '../imports/kubernetes';

/** The other side of a network connection, as a network policy can name it. */
export type Peer =
  | { readonly kind: 'pods'; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'ranges'; readonly cidrs: readonly string[]; readonly except: readonly string[] }
  | { readonly kind: 'host'; readonly host: string };

/** How a location is named in a network policy; undefined where the network plugin has no way to. */
export function peerOf(at: Location, { networkPolicies, internet }: Pick<Environment, 'networkPolicies' | 'internet'>): Peer | undefined {
  if ('namespace' in at) {
    return at.labels ? { kind: 'pods', namespace: at.namespace, labels: at.labels } : { kind: 'namespace', namespace: at.namespace };
  }
  if (networkPolicies === 'cilium') return { kind: 'host', host: at.host };
  if (at.cidrs === 'internet') return { kind: 'ranges', ...internetOf(internet) };
  return at.cidrs && { kind: 'ranges', cidrs: at.cidrs, except: [] };
}

/**
 * How a location is named that sends its clients on to others, whose names nobody here knows: the second way is by its addresses, where they are
 * said and the first is by name.
 */
export function clusterPeersOf(at: Location, facts: Pick<Environment, 'networkPolicies' | 'internet'>): Peer[] {
  const named = peerOf(at, facts);
  const peers = named?.kind === 'host' ? [named, peerOf(at, { ...facts, networkPolicies: 'kubernetes' })] : [named];
  return peers.filter(peer => peer !== undefined);
}

/** The pods of a service. */
export function podsOf(name: string, namespace: string): Peer {
  return { kind: 'pods', namespace, labels: { [instanceLabel]: name } };
}

/** What selects everything in a namespace. */
export const namespaceSelectorOf = (namespace: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': namespace } });

/** A peer in the words of a NetworkPolicy, which has none for names of hosts. */
export function policyPeersOf(peer: Peer): NetworkPolicyPeer[] {
  switch (peer.kind) {
    case 'pods': return [{ namespaceSelector: namespaceSelectorOf(peer.namespace), podSelector: { matchLabels: { ...peer.labels } } }];
    case 'namespace': return [{ namespaceSelector: namespaceSelectorOf(peer.namespace) }];
    case 'ranges': return peer.cidrs.map(cidr => {
      // Kubernetes refuses an exception that is no part of the range.
      const except = peer.except.filter(range => isIPv6Range(range) === isIPv6Range(cidr));
      return { ipBlock: { cidr, ...(except.length ? { except } : {}) } };
    });
    case 'host': return [];
  }
}
