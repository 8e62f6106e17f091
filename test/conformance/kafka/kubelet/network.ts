import type { Service } from './objects';
import type { PlacedPod } from './options';
import { domainNameOf, isSelected, type Pod } from './pods';

/** Gives each pod a loopback address that it keeps: `127.<network>.<its set>.<its ordinal + 1>`. */
export function createAddresses(network: number): (pod: Pick<Pod, 'owner' | 'ordinal'>) => string {
  const owners: string[] = [];
  return ({ owner, ordinal }) => {
    if (!owners.includes(owner)) owners.push(owner);
    return `127.${network}.${owners.indexOf(owner) + 1}.${ordinal + 1}`;
  };
}

/** A line of a hosts file. */
export interface Host { readonly address: string; readonly names: readonly string[] }

/**
 * What the cluster's DNS answers: pods below their governing Service, Services as the addresses of all pods that they select.
 *
 * @param namespace the one whose pods ask; without one only whole names are known.
 */
export function hostsOf(pods: readonly PlacedPod[], services: readonly Service[], clusterDomain: string, namespace?: string): Host[] {
  const host = ({ address }: PlacedPod, name: string): Host => ({ address, names: searched(name, clusterDomain, namespace) });
  const nameOf = ({ metadata }: Service, pod: Pod) => `${metadata.name}.${pod.namespace}.svc.${clusterDomain}`;
  return [
    ...pods.flatMap(pod => {
      const name = domainNameOf(pod, services, clusterDomain);
      return name === undefined ? [] : [host(pod, name)];
    }),
    ...services.flatMap(service => pods.filter(pod => isSelected(service, pod)).map(pod => host(pod, nameOf(service, pod)))),
  ];
}

/** The name, and what the search path of a pod makes equal to it. */
function searched(name: string, clusterDomain: string, namespace?: string): string[] {
  if (namespace === undefined) return [name];
  const suffixes = [`.${clusterDomain}`, `.svc.${clusterDomain}`, `.${namespace}.svc.${clusterDomain}`];
  return [name, ...suffixes.filter(suffix => name.endsWith(suffix)).map(suffix => name.slice(0, -suffix.length))];
}

/** A hosts file; the only source of names of a JVM that is told of it. */
export function hostsFileOf(hosts: readonly Host[]): string {
  return hosts.map(({ address, names }) => `${address} ${names.join(' ')}\n`).join('');
}
