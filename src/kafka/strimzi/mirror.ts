import { hostOf as serviceHostOf } from '../../spec/names';
import { metadataOf, type KafkaCluster } from '../cluster';
import { programNames } from '../programs';
import { externalSecretOf } from '../provisioning';
import { copies } from './connect';
import { apiVersion, clusterName } from './names';
import { clientOf, storageOf, workersOf } from './workers';
import type { ExternalSecret } from '../../imports/external-secrets';
import type { KafkaMirrorMaker2 } from '../../imports/strimzi';

/** The Secret with the password at the Kafka that is copied, and whom to trust there. */
const sourceSecret = 'kafka-mirror-source';

/** A copy of another Kafka's topics. The other one is only read: what the copying remembers it keeps in this one. */
export function mirrorOf(cluster: KafkaCluster): (ExternalSecret | KafkaMirrorMaker2)[] {
  const { mirror } = cluster.spec;
  if (!mirror) return [];
  const name = programNames.mirror;
  const { alias, at, port, user } = mirror.source;
  const host = 'host' in at ? at.host : serviceHostOf(at.service ?? alias, at.namespace, cluster.facts.clusterDomain);
  const policy = mirror.keepNames ? { 'replication.policy.class': 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy' } : {};
  const place = { 'offset-syncs.topic.location': 'target' };
  return [
    ...secretOf(cluster),
    {
      apiVersion, kind: 'KafkaMirrorMaker2', metadata: metadataOf(cluster, name),
      spec: {
        ...workersOf(cluster, mirror, name),
        target: { alias: clusterName, ...clientOf(cluster, name), ...storageOf(name), config: copies },
        mirrors: [{
          source: {
            alias, bootstrapServers: `${host}:${port}`,
            tls: { trustedCertificates: [{ secretName: sourceSecret, certificate: 'ca.crt' }] },
            authentication: { type: 'scram-sha-512', username: user, passwordSecret: { secretName: sourceSecret, password: 'password' } },
          },
          topicsPattern: mirror.topics, groupsPattern: mirror.groups,
          sourceConnector: {
            tasksMax: mirror.tasks,
            config: { ...place, ...policy, 'offset-syncs.topic.replication.factor': -1, 'replication.factor': -1, 'sync.topic.acls.enabled': false },
          },
          checkpointConnector: {
            tasksMax: mirror.tasks,
            config: { ...place, ...policy, 'checkpoints.topic.replication.factor': -1, 'sync.group.offsets.enabled': true },
          },
        }],
      },
    },
  ];
}

function secretOf(cluster: KafkaCluster): ExternalSecret[] {
  const key = `${cluster.platform}/${programNames.mirror}/source`;
  return externalSecretOf(cluster, sourceSecret, [
    { secretKey: 'password', remoteRef: { key, property: 'password' } }, { secretKey: 'ca.crt', remoteRef: { key, property: 'ca' } },
  ]);
}
