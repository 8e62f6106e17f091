import { isAtLeast } from '../spec/kubernetes-version';
import { kafkaNames, kafkaPorts, type KafkaNodeSet } from '../spec/kafka';
import { meshFacts, meshOf } from '../spec/mesh';
import { instanceLabel, priorityClassNameOf } from '../spec/names';
import { imageOf, registryImageOf } from '../spec/releases';
import { certificateNameOf, labelsOf, paths, selectorOf, type KafkaCluster, type KafkaPart } from './cluster';
import { configNameOf, toolName } from './files';
import { loggingOf } from './logging';
import type { Affinity, Container, EnvVar, PodSecurityContext, PodSpec, PodTemplateSpec, SecurityContext, Volume, VolumeMount } from '../imports/kubernetes';

/** Kafka's own user in its image. */
export const kafkaUser = 1000;
const classpath = `${paths.libs}/*:${paths.tool}/marty-kafka.jar`;

/** A program of the node tool. */
export const toolCommand = (program: string, ...args: readonly string[]) => (
  ['java', '-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classpath, `martymsf.kafka.${program}`, ...args]);

/**
 * The pods of one StatefulSet: an init container makes the disk ready, then Kafka runs as the first process, with what answers probes and
 * Prometheus inside of it.
 */
export function podTemplateOf(cluster: KafkaCluster, set: KafkaNodeSet, checksum: string): PodTemplateSpec {
  const { facts, spec } = cluster;
  const { role, name, base, step, zone } = set;
  const part = partOf(set);
  const marks = outsideMeshOf(cluster);
  const { fields, annotations } = hardenedOf(cluster, ['prepare', 'kafka']);
  const env: EnvVar[] = [
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'NODE_ID_BASE', value: String(base) },
    { name: 'NODE_ID_STEP', value: String(step) },
    ...(zone ? [{ name: 'RACK', value: zone }] : []),
  ];
  return {
    metadata: {
      labels: { ...marks.labels, ...labelsOf(cluster), ...selectorOf(part), [instanceLabel]: name },
      annotations: { ...marks.annotations, ...annotations, 'marty-msf/config-checksum': checksum },
    },
    spec: {
      ...fields,
      terminationGracePeriodSeconds: role === 'controller' ? 120 : 300,
      ...placeOf(cluster, set),
      initContainers: [{ ...containerOf(cluster, 'prepare', toolCommand('Prepare')), env, resources: resourcesOf(250, 256), volumeMounts: mounts }],
      containers: [{
        ...containerOf(cluster, 'kafka', serverCommand(cluster, set)),
        ports: portsOf(cluster, set),
        readinessProbe: { httpGet: { path: '/ready', port: 'metrics' }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
        livenessProbe: { httpGet: { path: '/live', port: 'metrics' }, initialDelaySeconds: 30, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
        // Brokers that stop together with the controllers wait in vain for them; so controllers wait a little first.
        ...(role === 'controller' && isAtLeast(facts.kubernetes, '1.30') ? { lifecycle: { preStop: { sleep: { seconds: 15 } } } } : {}),
        resources: resourcesOf(...(role === 'controller' ? [spec.controller.cpuMillis, spec.controller.memoryMiB] as const : [spec.broker.cpuMillis, spec.broker.memoryMiB] as const)),
        volumeMounts: mounts,
      }],
      volumes: [
        { name: 'tool', configMap: { name: toolName } },
        { name: 'config', configMap: { name: configNameOf(part) } },
        { name: 'identity', configMap: { name: kafkaNames.identity } },
        { name: 'certificates', secret: { secretName: certificateNameOf(part), defaultMode: 0o440 } },
        ...scratch,
      ],
    },
  };
}

/** Labels and annotations. */
interface Marks { readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> }

/** Nodes know each other by certificates of their own; a proxy of a mesh between them would only hide who calls. */
export function outsideMeshOf({ facts }: Pick<KafkaCluster, 'facts'>): Marks {
  const mesh = meshOf(facts.mesh);
  return mesh ? meshFacts[mesh.kind].outside : { labels: {}, annotations: {} };
}

/** The part of a cluster that the nodes of a set belong to. */
export const partOf = ({ role }: Pick<KafkaNodeSet, 'role'>): 'controller' | 'broker' => (role === 'controller' ? 'controller' : 'broker');

const scratch: Volume[] = [{ name: 'run', emptyDir: { sizeLimit: '16Mi' } }, { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }];

const mounts: VolumeMount[] = [
  { name: 'tool', mountPath: paths.tool, readOnly: true },
  { name: 'config', mountPath: paths.config, readOnly: true },
  { name: 'identity', mountPath: paths.identity, readOnly: true },
  { name: 'certificates', mountPath: paths.certificates, readOnly: true },
  { name: 'data', mountPath: paths.data },
  { name: 'run', mountPath: paths.run },
  { name: 'tmp', mountPath: '/tmp' },
];

/** How memory is collected: in short pauses, and who has none left ends. */
export const collectorFlags = [
  '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20', '-XX:InitiatingHeapOccupancyPercent=35', '-XX:+ExplicitGCInvokesConcurrent', '-XX:+ExitOnOutOfMemoryError',
] as const;

/** The heap of a node: what it leaves is for the files that were written last. */
export function heapMiBOf({ controller, broker }: KafkaCluster['spec'], role: KafkaNodeSet['role']): number {
  return role === 'controller' ? Math.min(4096, Math.floor(controller.memoryMiB / 2)) : Math.min(6144, Math.floor(broker.memoryMiB * 0.4));
}

/** Kafka itself, without a shell before it, so that it hears the signal to stop. */
function serverCommand({ spec }: KafkaCluster, { role }: KafkaNodeSet): string[] {
  const heap = heapMiBOf(spec, role);
  return [
    'java', `-Xms${heap}m`, `-Xmx${heap}m`, ...collectorFlags, '-Djava.awt.headless=true',
    loggingOf(spec.version).flag(paths.config),
    `-javaagent:${paths.tool}/marty-kafka.jar=port=${kafkaPorts.metrics}`,
    '-cp', `${paths.libs}/*`, 'kafka.Kafka', `${paths.run}/server.properties`,
  ];
}

function portsOf({ spec }: KafkaCluster, { role }: KafkaNodeSet): Container['ports'] {
  const port = (name: keyof typeof kafkaPorts) => ({ name, containerPort: kafkaPorts[name] });
  return [
    ...(role === 'controller' ? [] : [port('client'), port('replication')]),
    ...(role === 'broker' ? [] : [port('controller')]),
    ...(role === 'broker' && spec.external ? [port('external')] : []),
    port('metrics'),
  ];
}

/** Nodes of a part on different hosts, controllers in different zones; brokers of a zone in that zone, where their rack says they are. */
export function placeOf(cluster: KafkaCluster, set: KafkaNodeSet): Pick<PodSpec, 'affinity' | 'topologySpreadConstraints'> {
  const labelSelector = { matchLabels: selectorOf(partOf(set)) };
  const spread = (topologyKey: string, whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway') => ({ maxSkew: 1, topologyKey, whenUnsatisfiable, labelSelector });
  const hosts: Affinity = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } }] } };
  const inZone: Affinity = set.zone ? {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: [set.zone] }] }] } },
  } : {};
  const zones = set.zone || cluster.facts.zones < 2 ? [] : [spread('topology.kubernetes.io/zone', 'DoNotSchedule')];
  return { affinity: { ...hosts, ...inZone }, topologySpreadConstraints: [spread('kubernetes.io/hostname', 'DoNotSchedule'), ...zones] };
}

/** What all pods of a cluster are like: restricted, without a token, without variables of Services, which Kafka's image takes for configuration. */
export function hardenedOf({ facts, namespace }: Pick<KafkaCluster, 'facts' | 'namespace'>, containers: readonly string[]): { readonly fields: Omit<PodSpec, 'containers'>; readonly annotations: Record<string, string> } {
  const securityContext: PodSecurityContext = {
    runAsNonRoot: true,
    ...(facts.security === 'restricted' ? { runAsUser: kafkaUser, runAsGroup: kafkaUser, fsGroup: kafkaUser } : {}),
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
    ...(isAtLeast(facts.kubernetes, '1.30') ? { appArmorProfile: { type: 'RuntimeDefault' as const } } : {}),
  };
  return {
    fields: {
      serviceAccountName: kafkaNames.bootstrap, automountServiceAccountToken: false, enableServiceLinks: false,
      ...(facts.userNamespaces ? { hostUsers: false } : {}),
      ...(facts.pullSecrets.length ? { imagePullSecrets: facts.pullSecrets.map(name => ({ name })) } : {}),
      priorityClassName: priorityClassNameOf(namespace, 1),
      securityContext,
    },
    annotations: isAtLeast(facts.kubernetes, '1.30') ? {}
      : Object.fromEntries(containers.map(name => [`container.apparmor.security.beta.kubernetes.io/${name}`, 'runtime/default'])),
  };
}

/** What a container may do: nothing but what it is for. All that it writes goes into volumes. */
export const restricted = {
  allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] },
} as const satisfies SecurityContext;

/** Where pods run of Kafka's image. */
export interface RunsKafkasImage extends Pick<KafkaCluster, 'facts'> { readonly spec: Pick<KafkaCluster['spec'], 'image' | 'version'> }

/** A container of Kafka's image that runs a program with nothing but what it needs. */
export function containerOf({ spec, facts }: RunsKafkasImage, name: string, command: readonly string[]): Container {
  return { name, image: imageOf(registryImageOf(spec.image, facts.registry), spec.version), imagePullPolicy: 'Always', command, securityContext: restricted };
}

/** Memory is not shared out twice; a core is, since Kafka needs it for moments only. */
export function resourcesOf(cpuMillis: number, memoryMiB: number): Container['resources'] {
  const fixed = { 'memory': `${memoryMiB}Mi`, 'ephemeral-storage': '256Mi' };
  return { requests: { cpu: `${cpuMillis}m`, ...fixed }, limits: fixed };
}

export type { KafkaPart };
