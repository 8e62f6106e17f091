import { instanceLabel } from './names';
import { internetOf } from './ranges';
import type { Location } from './address';
import type { Environment } from './environment';

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

/** The pods of a service. */
export function podsOf(name: string, namespace: string): Peer {
  return { kind: 'pods', namespace, labels: { [instanceLabel]: name } };
}
