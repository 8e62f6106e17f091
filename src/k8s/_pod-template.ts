import { isAtLeast, type KubernetesVersion } from '../spec/kubernetes-version';
import { configMapNameOf, mounts, priorityClassNameOf, secretNameOf, selectorOf } from '../spec/names';
import { management } from '../spec/ports';
import { imageOf } from '../spec/releases';
import type { Container, PodTemplateSpec, Probe, ResourceRequirements } from '../imports/kubernetes';
import type { ResourcesSpec } from '../spec/resources';
import type { SettledService } from '../spec/settle';

/** A user and group that no node has. Linters ask for more than 10000. */
const user = 10001;
/** Seconds between two tries while a process starts. */
const startPeriodSeconds = 2;

export interface PodTemplateProps {
  readonly service: SettledService;
  readonly version: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly checksum: string;
  /** Whether there are secrets to mount. */
  readonly secrets: boolean;
}

/**
 * The pods of a service: Pod Security Standard *restricted*, a read-only root, spread over nodes and zones.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podTemplateOf(props: PodTemplateProps): PodTemplateSpec {
  const { service, labels, checksum } = props;
  const { name, namespace, facts, health, tier } = service;
  const selector = { matchLabels: selectorOf(name) };
  const topologies = ['kubernetes.io/hostname', ...(facts.zones > 1 ? ['topology.kubernetes.io/zone'] : [])];
  return {
    metadata: { labels: { ...labels }, annotations: { 'marty-msf/config-checksum': checksum, ...appArmorAnnotation(name, facts.kubernetes) } },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(facts.userNamespaces ? { hostUsers: false } : {}),
      priorityClassName: priorityClassNameOf(namespace, tier),
      terminationGracePeriodSeconds: health.graceSeconds,
      securityContext: {
        runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user,
        seccompProfile: { type: 'RuntimeDefault' },
        ...(isAtLeast(facts.kubernetes, '1.30') ? { appArmorProfile: { type: 'RuntimeDefault' as const } } : {}),
      },
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: selector } },
          ],
        },
      },
      topologySpreadConstraints: topologies.map(topologyKey => ({ maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway' as const, labelSelector: selector })),
      containers: [containerOf(props)],
      volumes: [
        { name: 'config', configMap: { name: configMapNameOf(name) } },
        ...(props.secrets ? [{ name: 'secrets', secret: { secretName: secretNameOf(name), defaultMode: 0o440 } }] : []),
        { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
      ],
    },
  };
}

function containerOf({ service, version, secrets }: PodTemplateProps): Container {
  const { name, image, ports, health, resources } = service;
  const probe = (path: string, periodSeconds: number, failureThreshold: number): Probe => (
    { httpGet: { path, port: management.name }, periodSeconds, timeoutSeconds: health.timeoutSeconds, failureThreshold });
  return {
    name,
    image: imageOf(image, version),
    imagePullPolicy: 'Always',
    ports: [
      ...Object.entries(ports).map(([portName, { port }]) => ({ name: portName, containerPort: port })),
      { name: management.name, containerPort: management.port },
    ],
    startupProbe: probe(management.live, startPeriodSeconds, Math.ceil(health.startSeconds / startPeriodSeconds)),
    readinessProbe: probe(management.ready, health.periodSeconds, 3),
    livenessProbe: probe(management.live, health.periodSeconds, 3),
    resources: resourceRequirements(resources),
    securityContext: { allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'config', mountPath: mounts.config, readOnly: true },
      ...(secrets ? [{ name: 'secrets', mountPath: mounts.secrets, readOnly: true }] : []),
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

function resourceRequirements({ cpuMillis, cpuLimitMillis, memoryMiB, memoryLimitMiB, diskMiB }: ResourcesSpec): ResourceRequirements {
  const quantities = (cpu: number, memory: number) => ({ 'cpu': `${cpu}m`, 'memory': `${memory}Mi`, 'ephemeral-storage': `${diskMiB}Mi` });
  return { requests: quantities(cpuMillis, memoryMiB), limits: quantities(cpuLimitMillis, memoryLimitMiB) };
}

/** Before 1.30 there is no field for it. @see https://kubernetes.io/docs/tutorials/security/apparmor/ */
function appArmorAnnotation(container: string, version: KubernetesVersion): Record<string, string> {
  return isAtLeast(version, '1.30') ? {} : { [`container.apparmor.security.beta.kubernetes.io/${container}`]: 'runtime/default' };
}
