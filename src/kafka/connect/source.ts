import { hostOf } from '../../spec/names';
import { peerOf, policyPeersOf, type Peer } from '../../spec/peers';
import { programNames } from '../programs';
import { externalSecretOf } from '../provisioning';
import type { KafkaCluster } from '../cluster';
import type { ExternalSecret } from '../../imports/external-secrets';
import type { NetworkPolicyEgressRule } from '../../imports/kubernetes';

type Mirror = NonNullable<KafkaCluster['spec']['mirror']>;

/** The Secret with the password at the Kafka that is copied, and whom to trust there. */
export const sourceSecret = 'kafka-mirror-source';

/** Where clients of the Kafka that is copied begin. */
export function sourceServersOf({ facts }: Pick<KafkaCluster, 'facts'>, { source: { alias, at, port } }: Mirror): string {
  return `${'host' in at ? at.host : hostOf(at.service ?? alias, at.namespace, facts.clusterDomain)}:${port}`;
}

export function sourceSecretOf(cluster: KafkaCluster): ExternalSecret[] {
  const key = `${cluster.platform}/${programNames.mirror}/source`;
  return externalSecretOf(cluster, sourceSecret, [
    { secretKey: 'password', remoteRef: { key, property: 'password' } }, { secretKey: 'ca.crt', remoteRef: { key, property: 'ca' } },
  ]);
}

/** The Kafka that is copied, by its addresses where it is outside of the cluster: a policy for names would be one of Cilium's alone. */
export function sourcePeerOf({ facts }: Pick<KafkaCluster, 'facts'>, { source: { at } }: Mirror): Peer | undefined {
  return peerOf(at, { ...facts, networkPolicies: 'kubernetes' });
}

/** What lets the copying reach it. */
export function sourceRulesOf(cluster: KafkaCluster, mirror: Mirror): NetworkPolicyEgressRule[] {
  const peer = sourcePeerOf(cluster, mirror);
  const to = peer ? policyPeersOf(peer) : [];
  return to.length ? [{ to, ports: [{ port: mirror.source.port, protocol: 'TCP' }] }] : [];
}

/** Topics that are never copied: what Kafka and its copies keep for themselves, and what workers there know: those here would take it for theirs. */
export const excluded = ['mm2.*\\.internal', '.*\\.replica', '__.*', `${programNames.connect}\\..*`, `${programNames.mirror}\\..*`] as const;

/** How topics, and the places of groups in them, are copied: the other Kafka is only read, and what the copying remembers is kept in this one. */
export function copyingOf({ keepNames }: Mirror) {
  const both = {
    'offset-syncs.topic.location': 'target',
    ...(keepNames ? { 'replication.policy.class': 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy' } : {}),
  };
  return {
    topics: { ...both, 'offset-syncs.topic.replication.factor': -1, 'replication.factor': -1, 'sync.topic.acls.enabled': false },
    places: { ...both, 'checkpoints.topic.replication.factor': -1, 'sync.group.offsets.enabled': true },
  };
}
