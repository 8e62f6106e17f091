import { hostOf, type KafkaCluster } from '../cluster';
import { resourcesOf } from '../pods';
import { kafkaPlaceOf } from '../../spec/kafka';
import { instanceLabel } from '../../spec/names';
import { userSecretPrefix } from './kafka';
import { containerTemplate, podTemplateOf } from './pods';
import type { KafkaConnectSpec } from '../../imports/strimzi';

type Workers = NonNullable<KafkaCluster['spec']['connect'] | KafkaCluster['spec']['mirror']>;

/** How a program of Strimzi's reaches the cluster and logs in, with the password that Strimzi keeps for its user. */
export function clientOf(cluster: KafkaCluster, user: string): Pick<KafkaConnectSpec, 'bootstrapServers' | 'tls' | 'authentication'> {
  const { service, port, authority } = kafkaPlaceOf(cluster.spec);
  return {
    bootstrapServers: `${hostOf(cluster, service)}:${port}`,
    tls: { trustedCertificates: [{ secretName: authority, certificate: 'ca.crt' }] },
    authentication: { type: 'scram-sha-512', username: user, passwordSecret: { secretName: `${userSecretPrefix}${user}`, password: 'password' } },
  };
}

/** Where workers keep what they know: topics of the cluster, which are there already. */
export const storageOf = (name: string) => ({
  groupId: name, configStorageTopic: `${name}.configs`, offsetStorageTopic: `${name}.offsets`, statusStorageTopic: `${name}.status`,
});

/** What the workers are like, of whatever kind: half of their memory is heap. */
export function workersOf(cluster: KafkaCluster, { replicas, memoryMiB, cpuMillis }: Workers, name: string): Pick<KafkaConnectSpec, 'version' | 'replicas' | 'resources' | 'jvmOptions' | 'metricsConfig' | 'template'> {
  const heap = `${Math.floor(memoryMiB / 2)}m`;
  const labelSelector = { matchLabels: { 'strimzi.io/cluster': name } };
  return {
    version: cluster.spec.version,
    replicas,
    resources: resourcesOf(cpuMillis, memoryMiB),
    jvmOptions: { '-Xms': heap, '-Xmx': heap },
    metricsConfig: { type: 'strimziMetricsReporter' },
    template: {
      pod: {
        ...podTemplateOf(cluster, { [instanceLabel]: name }),
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector }],
      },
      connectContainer: containerTemplate, initContainer: containerTemplate,
      podDisruptionBudget: { maxUnavailable: 1 },
    },
  };
}
