import { kafkaPorts } from '../../spec/kafka';
import { clientsOf, outsideOf } from '../access';
import { brokersOf, type KafkaCluster } from '../cluster';
import { strimziLabelsOf } from '../programs';
import { clusterName } from './names';
import type { KafkaSpecKafkaListener, KafkaSpecKafkaListenerConfiguration } from '../../imports/strimzi';

/** Where clients reach the brokers: by name and password over TLS, those in the cluster as well as those outside. */
export function listenersOf(cluster: KafkaCluster): KafkaSpecKafkaListener[] {
  const { external } = cluster.spec;
  const authentication = { type: 'scram-sha-512' } as const;
  const clients = clientsOf(cluster);
  // No peers at all would let everybody in.
  const peers = clients.length ? clients : [{ podSelector: { matchLabels: strimziLabelsOf('Kafka', clusterName) } }];
  return [
    { name: 'client', port: kafkaPorts.client, type: 'internal', tls: true, authentication, networkPolicyPeers: peers },
    ...(external ? [{
      name: 'external', port: kafkaPorts.external, type: types[external.kind], tls: true, authentication,
      configuration: configurationOf(cluster), networkPolicyPeers: outsideOf(cluster),
    }] : []),
  ];
}

const types = { 'load-balancer': 'loadbalancer', 'node-port': 'nodeport', 'tls-route': 'tlsroute' } as const;

/** The same addresses as without the operator: `bootstrap.<domain>` and `broker-<id>.<domain>`, or a port of every node for each. */
function configurationOf(cluster: KafkaCluster): KafkaSpecKafkaListenerConfiguration | undefined {
  const { external } = cluster.spec;
  if (!external) return undefined;
  const { domain } = external;
  const [bootstrap, broker] = [`bootstrap.${domain}`, `broker-{nodeId}.${domain}`];
  const named = (host: string) => ({ 'external-dns.alpha.kubernetes.io/hostname': host });
  switch (external.kind) {
    case 'load-balancer': return {
      externalTrafficPolicy: 'Local',
      advertisedHostTemplate: broker,
      bootstrap: { alternativeNames: [bootstrap], annotations: { ...external.annotations, ...named(bootstrap) } },
      perBrokerAnnotationsTemplate: { ...external.annotations, ...named(broker) },
    };
    case 'node-port': return {
      bootstrap: { alternativeNames: [domain], nodePort: external.port },
      brokers: brokersOf(cluster).map(({ id }) => {
        const port = external.port + 1 + id;
        return { broker: id, nodePort: port, advertisedHost: domain, advertisedPort: port };
      }),
    };
    case 'tls-route': return {
      parentRefs: gatewaysOf(cluster),
      hostTemplate: broker,
      advertisedHostTemplate: broker,
      advertisedPortTemplate: String(external.port),
      bootstrap: { host: bootstrap },
    };
  }
}

function gatewaysOf({ facts: { gateway } }: KafkaCluster): KafkaSpecKafkaListenerConfiguration['parentRefs'] {
  return gateway && 'name' in gateway ? [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway.name, namespace: gateway.namespace }] : [];
}
