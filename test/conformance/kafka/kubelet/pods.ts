import { namespaceOf, objectsOf, type Container, type Deployment, type Job, type Labels, type PodSpec, type PodTemplate, type Service, type StatefulSet } from './objects';
import type { KubernetesObject } from '../../kubernetes/manifest';

/** A pod that could run, as its StatefulSet, Deployment or Job makes it. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  /** The StatefulSet, Deployment or Job. */
  readonly owner: string;
  readonly ordinal: number;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: PodSpec;
  /** The governing Service, of which the pod is a name. */
  readonly serviceName?: string;
  /** Claims made from templates: volume to claim. */
  readonly claims: Labels;
}

/** Every pod of every StatefulSet. */
export function podsOf(objects: readonly KubernetesObject[]): Pod[] {
  return objectsOf(objects, 'apps/StatefulSet').flatMap(set => {
    const { replicas = 1, ordinals } = set.spec;
    return Array.from({ length: replicas }, (_, index) => podOf(set, (ordinals?.start ?? 0) + index));
  });
}

function podOf(set: StatefulSet, ordinal: number): Pod {
  const { serviceName, template, volumeClaimTemplates = [] } = set.spec;
  const name = `${set.metadata.name}-${ordinal}`;
  const own = { 'statefulset.kubernetes.io/pod-name': name, 'apps.kubernetes.io/pod-index': String(ordinal) };
  const claims = Object.fromEntries(volumeClaimTemplates.map(({ metadata }) => [metadata.name, `${metadata.name}-${name}`]));
  return {
    ...templated(template), labels: { ...template.metadata?.labels, ...own },
    name, ordinal, claims, owner: set.metadata.name, namespace: namespaceOf(set), ...(serviceName ? { serviceName } : {}),
  };
}

/** Every pod of every Deployment; they are numbered here, since nobody has to tell old ones from new ones. */
export function deployedPodsOf(objects: readonly KubernetesObject[]): Pod[] {
  return objectsOf(objects, 'apps/Deployment').flatMap(deployment => Array.from({ length: deployment.spec.replicas ?? 1 }, (_, index) => deployedPodOf(deployment, index)));
}

function deployedPodOf(deployment: Deployment, ordinal: number): Pod {
  const { metadata: { name }, spec: { template } } = deployment;
  return { ...templated(template), labels: template.metadata?.labels ?? {}, name: `${name}-${ordinal}`, ordinal, claims: {}, owner: name, namespace: namespaceOf(deployment) };
}

/** A pod of a Job; it has a name of its own at every run. */
export function jobPodOf(job: Job, run: number): Pod {
  const { name } = job.metadata;
  const { template } = job.spec;
  const own = { 'batch.kubernetes.io/job-name': name, 'job-name': name };
  return {
    ...templated(template), labels: { ...template.metadata?.labels, ...own },
    name: `${name}-${run}`, ordinal: run, claims: {}, owner: name, namespace: namespaceOf(job),
  };
}

function templated({ metadata, spec }: PodTemplate): Pick<Pod, 'annotations' | 'spec'> {
  return { annotations: metadata?.annotations ?? {}, spec };
}

/** @throws Error when the pod has no container of that name. */
export function containerOf({ name, spec }: Pod, wanted?: string): Container {
  const container = wanted === undefined ? spec.containers[0] : [...spec.containers, ...spec.initContainers ?? []].find(each => each.name === wanted);
  if (!container) throw new Error(`pod ${name}: container is ${wanted}, expected one of ${spec.containers.map(each => each.name).join(', ')}`);
  return container;
}

export function isSelected({ metadata, spec }: Service, pod: Pick<Pod, 'namespace' | 'labels'>): boolean {
  const selector = Object.entries(spec.selector ?? {});
  return (metadata.namespace ?? 'default') === pod.namespace && selector.length > 0 && selector.every(([label, value]) => pod.labels[label] === value);
}

/** The name by which the pod is found, if its governing Service gives it one: it must be there, be headless and select the pod. */
export function domainNameOf(pod: Pod, services: readonly Service[], clusterDomain: string): string | undefined {
  const service = services.find(({ metadata, spec }) => metadata.name === pod.serviceName && spec.clusterIP === 'None');
  return service && isSelected(service, pod) ? `${pod.name}.${service.metadata.name}.${pod.namespace}.svc.${clusterDomain}` : undefined;
}
