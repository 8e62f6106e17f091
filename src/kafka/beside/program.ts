import { createHash } from 'node:crypto';
import { kafkaPlaceOf } from '../../spec/kafka';
import { instanceLabel } from '../../spec/names';
import { imageOf, registryImageOf } from '../../spec/releases';
import { dnsOf } from '../access';
import { hostOf, labelsOf, metadataOf, selectorOf, type KafkaCluster } from '../cluster';
import { hardenedOf, outsideMeshOf, resourcesOf, restricted } from '../pods';
import { programNames } from '../programs';
import { usersName } from '../provisioning';
import type { ConfigMap, Container, Deployment, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, PodDisruptionBudget, Probe, Service } from '../../imports/kubernetes';

/** Where a program finds its settings, its password and whom to trust. */
export const places = { settings: '/etc/kafka/settings', user: '/etc/kafka/user', authority: '/etc/kafka/authority' } as const;

/** A program beside a Kafka, as far as it is not like the others. */
export interface BesideProgram {
  readonly part: 'registry' | 'ui';
  readonly image: string;
  readonly version: string;
  /** The user of the image, who owns what is in it. */
  readonly user: number;
  readonly replicas: number;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly env: Container['env'];
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly probes: Pick<Container, 'livenessProbe' | 'readinessProbe' | 'startupProbe'>;
  /** The file with its settings, and its name. */
  readonly settings: readonly [name: string, text: string];
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

/** Everything that makes a program: its pods, which write nothing but into /tmp, the address under which it is reached, and who may. */
export function programOf(cluster: KafkaCluster, program: BesideProgram): (ConfigMap | Deployment | NetworkPolicy | PodDisruptionBudget | Service)[] {
  const { part, ports, settings: [file, text], replicas } = program;
  const name = programNames[part];
  const labels = labelsOfProgram(part);
  const one = { matchLabels: selectorOf(part) };
  const metadata = metadataOf(cluster, name, labels);
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [file]: text } },
    {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata,
      spec: {
        replicas,
        revisionHistoryLimit: 5,
        // One after the other, so that there is always one that answers.
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        selector: { matchLabels: labels },
        template: podTemplateOf(cluster, program),
      },
    },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { type: 'ClusterIP', selector: labels, ports: [{ name: 'http', port: ports[0].port, targetPort: 'http', protocol: 'TCP' }] } },
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
  const { part, image, version, user, ports, env, probes, cpuMillis, memoryMiB } = program;
  const name = programNames[part];
  const { fields, annotations } = hardenedOf(cluster, [part]);
  const marks = outsideMeshOf(cluster);
  const labelSelector = { matchLabels: selectorOf(part) };
  const checksum = createHash('sha256').update(program.settings[1]).digest('hex').slice(0, 16);
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
        env,
        ports: ports.map(each => ({ name: each.name, containerPort: each.port })),
        ...probes,
        resources: resourcesOf(cpuMillis, memoryMiB),
        securityContext: restricted,
        volumeMounts: [
          { name: 'settings', mountPath: places.settings, readOnly: true },
          { name: 'user', mountPath: places.user, readOnly: true },
          { name: 'authority', mountPath: places.authority, readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      }],
      volumes: [
        { name: 'settings', configMap: { name } },
        { name: 'user', secret: { secretName: usersName, defaultMode: 0o440, items: [{ key: name, path: name }] } },
        { name: 'authority', secret: { secretName: kafkaPlaceOf(spec).authority, defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { name: 'tmp', emptyDir: { sizeLimit: '128Mi' } },
      ],
    },
  };
}
