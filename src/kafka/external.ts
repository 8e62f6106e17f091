import { kafkaNames, kafkaPorts, type KafkaClusterSpec } from '../spec/kafka';
import { brokersOf, metadataOf, selectorOf, type KafkaCluster } from './cluster';
import type { TLSRoute } from '../imports/gateway';
import type { Service } from '../imports/kubernetes';

/** The host under which clients outside begin. */
const bootstrapHost = (domain: string) => `bootstrap.${domain}`;
const brokerHost = (id: number | string, domain: string) => `broker-${id}.${domain}`;

/** What a broker tells clients outside of the cluster; `{id}` stands for its number, `{id+N}` for a number that follows from it. */
export function externalAddressOf({ external }: KafkaClusterSpec): string | undefined {
  switch (external?.kind) {
    case 'load-balancer': return `${brokerHost('{id}', external.domain)}:${kafkaPorts.external}`;
    case 'node-port': return `${external.domain}:{id+${external.port + 1}}`;
    case 'tls-route': return `${brokerHost('{id}', external.domain)}:${external.port}`;
    case undefined: return undefined;
  }
}

/** The names by which clients outside know the brokers, for their certificate. */
export function externalNamesOf({ external }: KafkaClusterSpec): string[] {
  if (!external) return [];
  return external.kind === 'node-port' ? [external.domain] : [`*.${external.domain}`];
}

/** A Service for each broker and one to begin with, or routes to them. */
export function externalOf(cluster: KafkaCluster): (Service | TLSRoute)[] {
  const { external } = cluster.spec;
  if (!external) return [];
  const brokers = brokersOf(cluster).map(({ id, pod }) => ({ id, name: `${pod}-external`, selector: { 'statefulset.kubernetes.io/pod-name': pod } }));
  const all = [{ id: undefined, name: `${kafkaNames.bootstrap}-external`, selector: selectorOf('broker') }, ...brokers];
  const port = { name: 'external', port: kafkaPorts.external, targetPort: 'external', protocol: 'TCP' as const };
  const service = (name: string, selector: Record<string, string>, spec: Partial<NonNullable<Service['spec']>>, annotations: Record<string, string> = {}): Service => ({
    apiVersion: 'v1', kind: 'Service',
    metadata: { ...metadataOf(cluster, name), ...(Object.keys(annotations).length ? { annotations } : {}) },
    spec: { selector, ports: [port], ...spec },
  });
  switch (external.kind) {
    case 'load-balancer': return all.map(({ id, name, selector }) => service(name, selector, { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }, {
      ...external.annotations,
      'external-dns.alpha.kubernetes.io/hostname': id === undefined ? bootstrapHost(external.domain) : brokerHost(id, external.domain),
    }));
    case 'node-port': return all.map(({ id, name, selector }) => (
      service(name, selector, { type: 'NodePort', ports: [{ ...port, nodePort: id === undefined ? external.port : external.port + 1 + id }] })));
    case 'tls-route': return all.flatMap(({ id, name, selector }) => [
      service(name, selector, { type: 'ClusterIP' }),
      routeOf(cluster, name, id === undefined ? bootstrapHost(external.domain) : brokerHost(id, external.domain)),
    ]);
  }
}

/** A route that leaves TLS to the broker. @see https://gateway-api.sigs.k8s.io/guides/tls/ */
function routeOf(cluster: KafkaCluster, name: string, host: string): TLSRoute {
  const { gateway } = cluster.facts;
  const parent = gateway && 'name' in gateway ? gateway : { name: '', namespace: '' };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1', kind: 'TLSRoute', metadata: metadataOf(cluster, name),
    spec: {
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: parent.name, namespace: parent.namespace }],
      hostnames: [host],
      rules: [{ backendRefs: [{ group: '', kind: 'Service', name, port: kafkaPorts.external, weight: 1 }] }],
    },
  };
}
