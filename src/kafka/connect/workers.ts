import { kafkaPorts, workerPort } from '../../spec/kafka';
import { namespaceSelectorOf } from '../../spec/peers';
import { clientSettings, jaasOf, pageOf, places, programOf, type BesideProgram } from '../beside/program';
import { hostOf, paths, selectorOf, type KafkaCluster } from '../cluster';
import { toolName } from '../files';
import { loggingOf } from '../logging';
import { collectorFlags, kafkaUser } from '../pods';
import { programNames } from '../programs';
import { propertiesText } from '../properties';
import type { KafkaConfig } from '../config-keys';
import type { NetworkPolicyEgressRule, Probe, Volume } from '../../imports/kubernetes';

/** Workers of one kind, as far as they are not like the others. */
export interface Workers {
  readonly part: 'connect' | 'mirror';
  readonly image: Pick<BesideProgram, 'image' | 'version'>;
  readonly size: Pick<BesideProgram, 'replicas' | 'cpuMillis' | 'memoryMiB'>;
  /** The class that Java starts with the file of settings. */
  readonly main: string;
  readonly settings: KafkaConfig;
  readonly readiness: Probe;
  readonly mounts: Readonly<Record<string, Volume>>;
  readonly egress: readonly NetworkPolicyEgressRule[];
}

const file = 'worker.properties';

/**
 * Pods of workers. Java starts them as it starts the nodes, and the same agent answers Prometheus. They know each other by names that last,
 * and nobody else reaches the port by which they are told what to do.
 */
export function workersOf(cluster: KafkaCluster, { part, image, size, main, settings, readiness, mounts, egress }: Workers) {
  const { monitoring } = cluster.facts;
  const each = [{ podSelector: { matchLabels: selectorOf(part) } }];
  const ports = [{ port: workerPort, protocol: 'TCP' as const }];
  const logging = loggingOf(cluster.spec.version);
  const heap = Math.floor(size.memoryMiB / 2);
  return programOf(cluster, {
    part, named: true, ...image, ...size, user: kafkaUser,
    command: [
      'java', `-Xms${heap}m`, `-Xmx${heap}m`, ...collectorFlags, '-Djava.awt.headless=true', logging.flag(places.settings),
      `-javaagent:${paths.tool}/marty-kafka.jar=port=${kafkaPorts.metrics}`, '-cp', `${paths.libs}/*`, main, `${places.settings}/${file}`,
    ],
    env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    ports: [{ name: 'rest', port: workerPort }, { name: 'metrics', port: kafkaPorts.metrics }],
    probes: {
      readinessProbe: { timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 3, ...readiness },
      // Whether the JVM answers: one that waits for its Kafka is not helped by a restart.
      livenessProbe: pageOf('metrics', '/live', { initialDelaySeconds: 30, periodSeconds: 10, failureThreshold: 6 }),
    },
    settings: { [file]: propertiesText({ ...common(cluster, part, Object.keys(mounts)), ...settings }), [logging.file]: logging.text },
    mounts: { ...mounts, [paths.tool]: { name: 'tool', configMap: { name: toolName } } },
    ingress: [
      { from: each, ports },
      ...(monitoring === 'none' ? [] : [{ from: [{ namespaceSelector: namespaceSelectorOf(monitoring.namespace) }], ports: [{ port: kafkaPorts.metrics, protocol: 'TCP' as const }] }]),
    ],
    egress: [{ to: each, ports }, ...egress],
  });
}

/** Where a worker is found by the others, and the folders whose files it puts in where a setting refers to them. */
const common = (cluster: KafkaCluster, part: Workers['part'], folders: readonly string[]): KafkaConfig => ({
  'listeners': `HTTP://:${workerPort}`,
  'rest.advertised.host.name': `\${env:POD_NAME}.${hostOf(cluster, programNames[part])}`,
  'config.providers': 'dir,env',
  'config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
  'config.providers.dir.param.allowed.paths': [places.user, ...folders].join(','),
  'config.providers.env.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
  'config.providers.env.param.allowlist.pattern': 'POD_NAME',
});

/** How workers log in to the Kafka that they belong to. */
export const loginOf = (user: string): KafkaConfig => ({ ...clientSettings, 'sasl.jaas.config': jaasOf(user, `\${dir:${places.user}:${user}}`) });

/** Where workers keep what they know: topics that are there already. */
export const storageOf = (name: string): KafkaConfig => ({
  'group.id': name,
  ...Object.fromEntries((['config', 'offset', 'status'] as const).flatMap(kind => [
    [`${kind}.storage.topic`, `${name}.${kind === 'status' ? kind : `${kind}s`}`], [`${kind}.storage.replication.factor`, -1],
  ])),
});

/** The same settings of something that reads those that begin so. */
export const prefixed = (prefix: string, settings: KafkaConfig): KafkaConfig => (
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${prefix}.${key}`, value])));
