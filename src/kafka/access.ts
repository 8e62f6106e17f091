import { kafkaNames, kafkaPorts } from '../spec/kafka';
import { tellsLag } from '../spec/kafka-operator';
import { namespaceSelectorOf } from '../spec/peers';
import { metadataOf, selectorOf, type KafkaCluster, type KafkaPart } from './cluster';
import { lagName } from './lag-access';
import { programsOf, type Program } from './programs';
import type { NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer } from '../imports/kubernetes';

/** Whom a policy lets through, at which ports. */
interface Rule { readonly peers: readonly NetworkPolicyPeer[]; readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' }[] }

/**
 * Who reaches which listener: nodes the one for nodes, controllers and brokers that of controllers, and of the services those that send or
 * receive messages that of clients. Nobody else reaches anything.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function accessOf(cluster: KafkaCluster): NetworkPolicy[] {
  const { facts, spec } = cluster;
  const combined = spec.controllers === 'combined';
  const pods = (part: KafkaPart): NetworkPolicyPeer => ({ podSelector: { matchLabels: selectorOf(part) } });
  const rule = (peers: readonly NetworkPolicyPeer[], ...ports: readonly number[]): Rule => ({ peers, ports: ports.map(port => ({ port, protocol: 'TCP' as const })) });
  const inRules = (rules: readonly Rule[]): NetworkPolicyIngressRule[] => (
    rules.filter(({ peers }) => peers.length).map(({ peers, ports }) => ({ from: peers, ports })));
  const outRules = (rules: readonly Rule[]): NetworkPolicyEgressRule[] => (
    [dnsOf(cluster), ...rules.map(({ peers, ports }) => ({ to: peers, ports }))]);
  const inNamespace = (name: string): NetworkPolicyPeer => ({ namespaceSelector: namespaceSelectorOf(name) });
  const monitoring = facts.monitoring === 'none' ? [] : [rule([inNamespace(facts.monitoring.namespace)], kafkaPorts.metrics)];
  const lag = tellsLag(spec, facts) ? [pods('lag')] : [];
  const clients = clientsOf(cluster);
  const outside = outsideOf(cluster);
  const policy = (part: 'controller' | 'broker' | 'provisioning' | 'lag', ingress: readonly Rule[], egress: readonly Rule[]): NetworkPolicy => ({
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadataOf(cluster, policyNames[part], selectorOf(part)),
    spec: { podSelector: { matchLabels: selectorOf(part) }, policyTypes: ['Ingress', 'Egress'], ...(ingress.length ? { ingress: inRules(ingress) } : {}), egress: outRules(egress) },
  });
  const nodes = combined ? [pods('broker')] : [pods('controller'), pods('broker')];
  return [
    ...(combined ? [] : [policy('controller', [rule(nodes, kafkaPorts.controller), ...monitoring], [rule([pods('controller')], kafkaPorts.controller)])]),
    policy('broker', [
      rule([pods('broker'), pods('provisioning'), ...lag], kafkaPorts.replication),
      rule([...clients, pods('provisioning')], kafkaPorts.client),
      ...(combined ? [rule(nodes, kafkaPorts.controller)] : []),
      ...(outside ? [rule(outside, kafkaPorts.external)] : []),
      ...monitoring,
    ], [rule([pods('broker')], kafkaPorts.replication), rule([pods(combined ? 'broker' : 'controller')], kafkaPorts.controller)]),
    policy('provisioning', [], [rule([pods('broker')], kafkaPorts.replication, kafkaPorts.client)]),
    ...(lag.length ? [policy('lag', monitoring, [rule([pods('broker')], kafkaPorts.replication)])] : []),
  ];
}

const policyNames = { controller: kafkaNames.controller, broker: kafkaNames.broker, provisioning: 'kafka-provision', lag: lagName } as const;

/** Those who send or receive messages: services, and the programs beside the cluster. */
export function clientsOf({ spec, services, namespace }: Pick<KafkaCluster, 'spec' | 'services' | 'namespace'>, programs: readonly Program[] = programsOf(spec)): NetworkPolicyPeer[] {
  return [
    ...services.filter(({ topics }) => topics).map(({ identity, namespace: where }): NetworkPolicyPeer => ({
      ...(where === namespace ? {} : { namespaceSelector: namespaceSelectorOf(where) }), podSelector: { matchLabels: { ...identity.selector } },
    })),
    ...programs.map(({ labels }) => ({ podSelector: { matchLabels: { ...labels } } })),
  ];
}

/** What lets pods look up names. */
export function dnsOf({ facts: { dns } }: Pick<KafkaCluster, 'facts'>): NetworkPolicyEgressRule {
  return {
    to: [{ namespaceSelector: namespaceSelectorOf(dns.namespace), podSelector: { matchLabels: { ...dns.labels } } }],
    ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }],
  };
}

/** Those who come from outside of the cluster; through a Gateway they come from its namespace. */
export function outsideOf({ spec: { external }, facts: { gateway } }: Pick<KafkaCluster, 'spec' | 'facts'>): NetworkPolicyPeer[] | undefined {
  if (!external) return undefined;
  if (external.kind !== 'tls-route' || !gateway) return [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }];
  return [{ namespaceSelector: namespaceSelectorOf(gateway.namespace) }];
}

