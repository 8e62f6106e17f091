import { createHash } from 'node:crypto';
import { kafkaPlaceOf } from '../../spec/kafka';
import { instanceLabel } from '../../spec/names';
import { imageOf, registryImageOf } from '../../spec/releases';
import { dnsOf } from '../access';
import { hostOf, labelsOf, metadataOf, selectorOf, type KafkaCluster } from '../cluster';
import { hardenedOf, outsideMeshOf, resourcesOf, restricted } from '../pods';
import { programNames } from '../programs';
import { usersName } from '../provisioning';
import type { ConfigMap, Container, Deployment, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, PodDisruptionBudget, Probe, Service, StatefulSet, Volume } from '../../imports/kubernetes';

/** Where a program finds its settings, its password and whom to trust. */
export const places = { settings: '/etc/kafka/settings', user: '/etc/kafka/user', authority: '/etc/kafka/authority' } as const;

/** A program beside a Kafka, as far as it is not like the others. */
export interface BesideProgram {
  readonly part: 'registry' | 'ui' | 'connect' | 'mirror';
  /** Whether its pods call each other, each by a name of its own that lasts. @default false */
  readonly named?: boolean;
  readonly image: string;
  readonly version: string;
  /** The user of the image, who owns what is in it. */
  readonly user: number;
  readonly replicas: number;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** @default - that of the image */
  readonly command?: readonly string[];
  readonly env: Container['env'];
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly probes: Pick<Container, 'livenessProbe' | 'readinessProbe' | 'startupProbe'>;
  /** The files with its settings, by their names. */
  readonly settings: Readonly<Record<string, string>>;
  /** What else it reads: volumes by the paths where they are. @default {} */
  readonly mounts?: Readonly<Record<string, Volume>>;
  readonly ingress: readonly NetworkPolicyIngressRule[];
  readonly egress: readonly NetworkPolicyEgressRule[];
}

/** What a client says to reach the cluster and to prove who it is, but for the password. */
export const clientSettings: Readonly<Record<string, string>> = {
  'security.protocol': 'SASL_SSL',
  'sasl.mechanism': 'SCRAM-SHA-512',
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.location': `${places.authority}/ca.crt`,
  'ssl.endpoint.identification.algorithm': 'https',
};

/** Where clients begin. */
export const bootstrapOf = (cluster: KafkaCluster) => {
  const { service, port } = kafkaPlaceOf(cluster.spec);
  return `${hostOf(cluster, service)}:${port}`;
};

/** The login of a program whose password stands where `reference` says. */
export const jaasOf = (user: string, reference: string) => `org.apache.kafka.common.security.scram.ScramLoginModule required username="${user}" password="${reference}";`;

/** A probe of a page. */
export const pageOf = (port: string, path: string, more: Partial<Probe>): Probe => ({ httpGet: { path, port }, timeoutSeconds: 5, ...more });

type ProgramObject = ConfigMap | Deployment | NetworkPolicy | PodDisruptionBudget | Service | StatefulSet;

/** Everything that makes a program: its pods, which write nothing but into /tmp, the address under which it is reached, and who may. */
export function programOf(cluster: KafkaCluster, program: BesideProgram): ProgramObject[] {
  const { part, ports: [{ name: portName, port }], settings, replicas, named = false } = program;
  const name = programNames[part];
  const labels = labelsOfProgram(part);
  const one = { matchLabels: selectorOf(part) };
  const metadata = metadataOf(cluster, name, labels);
  const running = { replicas, revisionHistoryLimit: 5, selector: { matchLabels: labels }, template: podTemplateOf(cluster, program) };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: settings },
    named ? { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { serviceName: name, podManagementPolicy: 'Parallel', updateStrategy: { type: 'RollingUpdate' }, ...running } } : {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata,
      // One after the other, so that there is always one that answers.
      spec: { ...running, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
    },
    {
      apiVersion: 'v1', kind: 'Service', metadata,
      spec: {
        type: 'ClusterIP', selector: labels, ports: [{ name: portName, port, targetPort: portName, protocol: 'TCP' }],
        // They call each other before they are ready.
        ...(named ? { clusterIP: 'None', publishNotReadyAddresses: true } : {}),
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata,
      spec: {
        podSelector: one, policyTypes: ['Ingress', 'Egress'],
        ...(program.ingress.length ? { ingress: program.ingress } : {}),
        egress: [dnsOf(cluster), toBrokersOf(cluster), ...program.egress],
      },
    },
    ...(replicas > 1 ? [{
      apiVersion: 'policy/v1' as const, kind: 'PodDisruptionBudget' as const, metadata,
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' as const, selector: one },
    }] : []),
  ];
}

function toBrokersOf({ spec }: KafkaCluster): NetworkPolicyEgressRule {
  const { labels, port } = kafkaPlaceOf(spec);
  return { to: [{ podSelector: { matchLabels: { ...labels } } }], ports: [{ port, protocol: 'TCP' }] };
}

const labelsOfProgram = (part: BesideProgram['part']) => ({ ...selectorOf(part), [instanceLabel]: programNames[part] });

function podTemplateOf(cluster: KafkaCluster, program: BesideProgram): NonNullable<Deployment['spec']>['template'] {
  const { facts, spec } = cluster;
  const { part, image, version, user, ports, command, env, probes, cpuMillis, memoryMiB, settings, mounts = {} } = program;
  const name = programNames[part];
  const { fields, annotations } = hardenedOf(cluster, [part]);
  const marks = outsideMeshOf(cluster);
  const labelSelector = { matchLabels: selectorOf(part) };
  const checksum = createHash('sha256').update(Object.values(settings).join('')).digest('hex').slice(0, 16);
  return {
    metadata: { labels: { ...marks.labels, ...labelsOf(cluster), ...labelsOfProgram(part) }, annotations: { ...marks.annotations, ...annotations, 'marty-msf/config-checksum': checksum } },
    spec: {
      ...fields,
      securityContext: { ...fields.securityContext, ...(facts.security === 'restricted' ? { runAsUser: user, runAsGroup: user, fsGroup: user } : {}) },
      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } }] } },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector }],
      containers: [{
        name: part,
        image: imageOf(registryImageOf(image, facts.registry), version),
        imagePullPolicy: 'Always',
        ...(command ? { command } : {}),
        env,
        ports: ports.map(each => ({ name: each.name, containerPort: each.port })),
        ...probes,
        resources: resourcesOf(cpuMillis, memoryMiB),
        securityContext: restricted,
        volumeMounts: [
          { name: 'settings', mountPath: places.settings, readOnly: true },
          { name: 'user', mountPath: places.user, readOnly: true },
          { name: 'authority', mountPath: places.authority, readOnly: true },
          ...Object.entries(mounts).map(([mountPath, volume]) => ({ name: volume.name, mountPath, readOnly: true })),
          { name: 'tmp', mountPath: '/tmp' },
        ],
      }],
      volumes: [
        { name: 'settings', configMap: { name } },
        { name: 'user', secret: { secretName: usersName, defaultMode: 0o440, items: [{ key: name, path: name }] } },
        { name: 'authority', secret: { secretName: kafkaPlaceOf(spec).authority, defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        ...Object.values(mounts),
        { name: 'tmp', emptyDir: { sizeLimit: '128Mi' } },
      ],
    },
  };
}
