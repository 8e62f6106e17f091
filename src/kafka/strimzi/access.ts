import { apiServerSchema, tellsLag } from '../../spec/kafka-operator';
import { kafkaPorts, workerPort } from '../../spec/kafka';
import { dnsOf } from '../access';
import { metadataOf, type KafkaCluster } from '../cluster';
import { sourceRulesOf } from '../connect/source';
import { programNames, strimziLabelsOf } from '../programs';
import { clusterName, componentNames } from './names';
import type { CiliumNetworkPolicy } from '../../imports/cilium';
import type { NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPeer } from '../../imports/kubernetes';

/** The ports by which Strimzi's nodes talk to each other. */
const nodePorts = { controller: 9090, replication: 9091 } as const;

/**
 * What the pods that Strimzi makes may call. Who calls them it says itself, in policies of its own; but it leaves calls out to whoever
 * forbids them, as the namespace does.
 *
 * @see https://strimzi.io/docs/operators/latest/deploying#con-access-listeners-with-network-policies-str
 */
export function accessOf(cluster: KafkaCluster): (NetworkPolicy | CiliumNetworkPolicy)[] {
  const { connect, mirror } = cluster.spec;
  const component = (name: string) => ({ 'strimzi.io/name': name });
  const nodes: NetworkPolicyPeer = { podSelector: { matchLabels: component(componentNames.nodes) } };
  const brokers: NetworkPolicyPeer = { podSelector: { matchLabels: { 'strimzi.io/cluster': clusterName, 'strimzi.io/broker-role': 'true' } } };
  const to = (peers: readonly NetworkPolicyPeer[], ...ports: readonly number[]): NetworkPolicyEgressRule => (
    { to: peers, ports: ports.map(port => ({ port, protocol: 'TCP' })) });
  const workers = (kind: 'KafkaConnect' | 'KafkaMirrorMaker2', name: string, beyond: readonly NetworkPolicyEgressRule[]) => {
    const labels = strimziLabelsOf(kind, name);
    const egress = [to([brokers], kafkaPorts.client), to([{ podSelector: { matchLabels: labels } }], workerPort), ...beyond];
    return policiesOf(cluster, { name, labels, egress, callsApi: true });
  };
  const part = (name: string, egress: NetworkPolicyEgressRule, callsApi: boolean) => (
    policiesOf(cluster, { name, labels: component(name), egress: [egress], callsApi }));
  return [
    ...part(componentNames.nodes, to([nodes], nodePorts.controller, nodePorts.replication), true),
    ...part(componentNames.entityOperator, to([brokers], nodePorts.replication), true),
    ...(tellsLag(cluster.spec, cluster.facts) ? part(componentNames.exporter, to([brokers], nodePorts.replication), false) : []),
    ...(connect ? workers('KafkaConnect', programNames.connect, []) : []),
    ...(mirror ? workers('KafkaMirrorMaker2', programNames.mirror, sourceRulesOf(cluster, mirror)) : []),
  ];
}

/** Pods of one kind, and what they call. */
interface Calling {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly egress: readonly NetworkPolicyEgressRule[];
  /** Whether they read certificates and passwords from Secrets, at the API server. */
  readonly callsApi: boolean;
}

/** The policy of pods, and another one where Cilium has to know the API server: to Cilium it is nobody's range of addresses. */
function policiesOf(cluster: KafkaCluster, { name, labels, egress, callsApi }: Calling): (NetworkPolicy | CiliumNetworkPolicy)[] {
  const isCilium = cluster.facts.networkPolicies === 'cilium';
  const policy: NetworkPolicy = {
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadataOf(cluster, `${name}-egress`),
    spec: {
      podSelector: { matchLabels: labels }, policyTypes: ['Egress'],
      egress: [dnsOf(cluster), ...egress, ...(callsApi && !isCilium ? [apiServerOf(cluster)] : [])],
    },
  };
  return callsApi && isCilium ? [policy, ciliumOf(cluster, name, labels)] : [policy];
}

function ciliumOf(cluster: KafkaCluster, name: string, labels: Readonly<Record<string, string>>): CiliumNetworkPolicy {
  const ports = apiServerFactsOf(cluster).ports.map(port => ({ port: String(port), protocol: 'TCP' as const }));
  return {
    apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: metadataOf(cluster, `${name}-api-server`),
    spec: { endpointSelector: { matchLabels: labels }, egress: [{ toEntities: ['kube-apiserver'], toPorts: [{ ports }] }] },
  };
}

const apiServerFactsOf = ({ spec: { apiServer } }: KafkaCluster) => apiServer ?? apiServerSchema.parse({});

function apiServerOf(cluster: KafkaCluster): NetworkPolicyEgressRule {
  const { cidrs, ports } = apiServerFactsOf(cluster);
  return { to: cidrs.map(cidr => ({ ipBlock: { cidr } })), ports: ports.map(port => ({ port, protocol: 'TCP' })) };
}
