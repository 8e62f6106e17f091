import { isAtLeast } from '../spec/kubernetes-version';
import { management } from '../spec/ports';
import { imageOf, registryImageOf } from '../spec/releases';
import { resourcesOf, type ResourcesSpec } from '../spec/resources';
import { isLasting } from '../spec/workload';
import { mountsOf, volumeNameOf } from './_volumes';
import type { Container, EnvVar, Lifecycle, Probe, ResourceRequirements, SecurityContext } from '../imports/kubernetes';
import type { ContainerSpec } from '../spec/containers';
import type { SettledService } from '../spec/settle';
import type { Variable } from '../spec/variables';

/** Seconds between two tries while a process starts. */
const startPeriodSeconds = 2;

const managementPort = { name: management.name, containerPort: management.port };

/** The container of a service. */
export function containerOf(service: SettledService, version: string): Container {
  const { identity, image, ports, facts, workload } = service;
  const lasting = isLasting(workload.kind);
  const listening = [...Object.entries(ports).map(([portName, { port }]) => ({ name: portName, containerPort: port })), managementPort];
  return {
    name: identity.container,
    image: imageOf(registryImageOf(image, facts.registry), version),
    imagePullPolicy: 'Always',
    ...startOf(service),
    ports: listening,
    ...(lasting ? { ...probesOf(service), ...lifecycleOf(service) } : {}),
    ...envOf(service.variables),
    resources: requirementsOf(service.resources),
    securityContext: securityContextOf(service),
    volumeMounts: mountsOf(service, true),
  };
}

/** What runs before a new version: the image of the service with a program of its own. */
export function migrationContainerOf(service: SettledService, version: string, command: readonly string[]): Container {
  const { name, image, imagePullPolicy, env, resources, securityContext } = containerOf(service, version);
  const volumeMounts = mountsOf(service, false);
  return { name, image, imagePullPolicy, command, ports: [managementPort], ...(env ? { env } : {}), resources, securityContext, volumeMounts };
}

/** A container beside that of the service, under the same restrictions. */
export function extraContainerOf(service: SettledService, name: string, spec: ContainerSpec): Container {
  const { facts, volumes } = service;
  return {
    name,
    image: registryImageOf(spec.image, facts.registry),
    imagePullPolicy: 'Always',
    ...startOf(spec),
    ...envOf(spec.variables),
    resources: requirementsOf(resourcesOf(spec.resources)),
    securityContext: securityContextOf(service),
    volumeMounts: [
      ...Object.entries(volumes).filter(([alias]) => spec.volumes.includes(alias))
        .map(([alias, { at }]) => ({ name: volumeNameOf(service, alias), mountPath: at })),
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

function startOf({ command, args }: { readonly command?: readonly string[]; readonly args?: readonly string[] }): Pick<Container, 'command' | 'args'> {
  return { ...(command?.length ? { command } : {}), ...(args?.length ? { args } : {}) };
}

function envOf(variables: Readonly<Record<string, Variable>>): Pick<Container, 'env'> {
  const env = Object.entries(variables).map(([name, value]): EnvVar => {
    if (typeof value === 'string') return { name, value };
    if ('field' in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
    return { name, valueFrom: 'secret' in value ? { secretKeyRef: { name: value.secret, key: value.key } } : { configMapKeyRef: { name: value.configMap, key: value.key } } };
  });
  return env.length ? { env } : {};
}

function probesOf({ health, ports }: SettledService): Pick<Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const port = health.port ?? management.name;
  const protocol = health.port === undefined ? 'http' : ports[health.port].protocol;
  const probe = (path: string, periodSeconds: number, failureThreshold: number): Probe => {
    const timing = { periodSeconds, timeoutSeconds: health.timeoutSeconds, failureThreshold };
    if (protocol === 'http') return { httpGet: { path, port }, ...timing };
    return protocol === 'grpc' ? { grpc: { port: ports[port].port, service: path }, ...timing } : { tcpSocket: { port }, ...timing };
  };
  return {
    startupProbe: probe(health.livePath, startPeriodSeconds, Math.ceil(health.startSeconds / startPeriodSeconds)),
    readinessProbe: probe(health.readyPath, health.periodSeconds, 3),
    livenessProbe: probe(health.livePath, health.periodSeconds, 3),
  };
}

/** Before 1.30 the wait needs a program of the image. @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/ */
function lifecycleOf({ health: { waitSeconds: seconds }, facts }: SettledService): { lifecycle?: Lifecycle } {
  if (seconds === 0) return {};
  return { lifecycle: { preStop: isAtLeast(facts.kubernetes, '1.30') ? { sleep: { seconds } } : { exec: { command: ['sleep', String(seconds)] } } } };
}

function securityContextOf({ security: { writableRoot, lowPorts } }: SettledService): SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: writableRoot === undefined,
    capabilities: { drop: ['ALL'], ...(lowPorts ? { add: ['NET_BIND_SERVICE'] } : {}) },
  };
}

function requirementsOf({ cpuMillis, cpuLimitMillis, memoryMiB, memoryLimitMiB, diskMiB, devices }: ResourcesSpec): ResourceRequirements {
  const whole = Object.fromEntries(Object.entries(devices).map(([device, count]) => [device, String(count)]));
  const shared = (memory: number) => ({ 'memory': `${memory}Mi`, 'ephemeral-storage': `${diskMiB}Mi`, ...whole });
  return {
    requests: { cpu: `${cpuMillis}m`, ...shared(memoryMiB) },
    limits: { ...(cpuLimitMillis === 'none' ? {} : { cpu: `${cpuLimitMillis}m` }), ...shared(memoryLimitMiB) },
  };
}
