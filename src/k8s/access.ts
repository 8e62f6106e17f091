import { Construct } from 'constructs';
import { define } from './_object';
import { hostPolicyNameOf } from '../spec/names';
import { policyPeersOf } from '../spec/peers';
import { metadataOf, selectorFor, type Workload } from './target';
import type { CiliumNetworkPolicy } from '../imports/cilium';
import type { NetworkPolicy as Manifest, NetworkPolicyEgressRule } from '../imports/kubernetes';
import type { Access, Edge } from '../spec/access';

export interface NetworkPolicyProps extends Access {
  /** The workload whose traffic is meant. */
  readonly target: Workload;
  /** The cluster's DNS server, for policies that match host names. @default - kube-dns in kube-system */
  readonly dns?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines all traffic of a workload, in both directions; what is not listed does not flow. Peers by host name become a
 * CiliumNetworkPolicy beside it. Probes need no rule: traffic from a pod's own node is always allowed.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @see https://docs.cilium.io/en/stable/security/policy/language/#dns-based
 */
export class NetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    const { target, ingress, egress, labels, dns = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } } = props;
    const isHost = ({ peer }: Edge) => peer.kind === 'host';
    const named = egress.filter(edge => !isHost(edge));
    define<Manifest>(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadataOf(target, { labels }),
      spec: {
        podSelector: selectorFor(target),
        policyTypes: ['Ingress', 'Egress'],
        // An empty list means what no list means, but a server that is given one sees a change at every apply.
        ...(ingress.length ? { ingress: ingress.map(edge => ({ from: policyPeersOf(edge.peer), ports: portsOf(edge) })) } : {}),
        ...(named.length ? { egress: egressOf(named) } : {}),
      },
    });
    const hosts = egress.filter(isHost);
    if (hosts.length) this.defineHosts(target, hosts, dns, labels);
  }

  private defineHosts(target: Workload, hosts: readonly Edge[], dns: NonNullable<NetworkPolicyProps['dns']>, labels: NetworkPolicyProps['labels']): void {
    define<CiliumNetworkPolicy>(this, 'Hosts', {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: metadataOf(target, { labels, name: hostPolicyNameOf(target.name) }),
      spec: {
        endpointSelector: selectorFor(target),
        egress: [
          {
            // Cilium learns the addresses behind a name from the answers it sees, so DNS has to go through it.
            toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': dns.namespace, ...dns.labels } }],
            toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
          },
          ...hosts.map(({ peer, ports }) => ({
            toFQDNs: [{ matchName: peer.kind === 'host' ? peer.host : '' }],
            toPorts: [{ ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol })) }],
          })),
        ],
      },
    });
  }
}

/** What lets traffic out to peers that are known by pod, namespace or address. */
export function egressOf(edges: readonly Edge[]): NetworkPolicyEgressRule[] {
  return edges.map(edge => ({ to: policyPeersOf(edge.peer), ports: portsOf(edge) }));
}

const portsOf = (edge: Edge) => edge.ports.map(({ port, protocol }) => ({ port, protocol }));
