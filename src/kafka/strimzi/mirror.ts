import { metadataOf, type KafkaCluster } from '../cluster';
import { copyingOf, excluded, sourceSecret, sourceSecretOf, sourceServersOf } from '../connect/source';
import { programNames } from '../programs';
import { copies } from './connect';
import { apiVersion, clusterName } from './names';
import { clientOf, storageOf, workersOf } from './workers';
import type { ExternalSecret } from '../../imports/external-secrets';
import type { KafkaMirrorMaker2 } from '../../imports/strimzi';

/** A copy of another Kafka's topics. The other one is only read: what the copying remembers it keeps in this one. */
export function mirrorOf(cluster: KafkaCluster): (ExternalSecret | KafkaMirrorMaker2)[] {
  const { mirror } = cluster.spec;
  if (!mirror) return [];
  const name = programNames.mirror;
  const { alias, user } = mirror.source;
  const copying = copyingOf(mirror);
  return [
    ...sourceSecretOf(cluster),
    {
      apiVersion, kind: 'KafkaMirrorMaker2', metadata: metadataOf(cluster, name),
      spec: {
        ...workersOf(cluster, mirror, name),
        target: { alias: clusterName, ...clientOf(cluster, name), ...storageOf(name), config: copies },
        mirrors: [{
          source: {
            alias, bootstrapServers: sourceServersOf(cluster, mirror),
            tls: { trustedCertificates: [{ secretName: sourceSecret, certificate: 'ca.crt' }] },
            authentication: { type: 'scram-sha-512', username: user, passwordSecret: { secretName: sourceSecret, password: 'password' } },
          },
          topicsPattern: mirror.topics, topicsExcludePattern: excluded.join(','), groupsPattern: mirror.groups,
          sourceConnector: { tasksMax: mirror.tasks, config: copying.topics },
          checkpointConnector: { tasksMax: mirror.tasks, config: copying.places },
        }],
      },
    },
  ];
}
