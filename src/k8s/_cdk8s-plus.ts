import { selectorFor, type Workload } from './target';
import type { Container } from '../imports/kubernetes';

/**
 * What cdk8s-plus asks of a workload that it is to scale, or whose pods it is to select, met by shape: nothing of it is loaded. Its classes
 * have private members, which no shape can have; `never` is the one type that stands for them without importing them.
 */
type OfCdk8sPlus = never;

/** Which pods are meant, as cdk8s-plus reads it. */
export interface PodSelectorConfig {
  readonly labelSelector: OfCdk8sPlus;
  readonly namespaces?: { readonly names: string[] };
}

/** What cdk8s-plus scales. */
export interface ScalingTarget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly containers: OfCdk8sPlus[];
  readonly replicas?: number;
}

/** Who a role is given to. */
export interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly apiGroup: string;
}

/** The pods of a workload, in its namespace. */
export function podSelectorConfigOf(target: Workload): PodSelectorConfig {
  const namespace = target.metadata?.namespace;
  const labelSelector = { isEmpty: () => false, _toKube: () => selectorFor(target) };
  return { labelSelector: labelSelector as OfCdk8sPlus, ...(namespace ? { namespaces: { names: [namespace] } } : {}) };
}

/** A workload with a number of replicas, and the resources of its containers, which cdk8s-plus wants to see requested. */
export function scalingTargetOf(target: Workload, containers: readonly Container[], replicas: number | undefined): ScalingTarget {
  const { apiVersion, kind, name, workloadName = name } = target;
  const quantity = (amount: unknown) => (amount === undefined ? undefined : { amount });
  return {
    apiVersion, kind, name: workloadName, replicas,
    containers: containers.map(container => {
      const { requests = {}, limits = {} } = container.resources ?? {};
      const of = (resource: string) => ({ request: quantity(requests[resource]), limit: quantity(limits[resource]) });
      return { name: container.name, image: container.image, resources: { cpu: of('cpu'), memory: of('memory') } } as OfCdk8sPlus;
    }),
  };
}

/** The identity of a workload's pods, as a role binding of cdk8s-plus names it. */
export function subjectOf(serviceAccount: string, namespace: string): Subject {
  return { kind: 'ServiceAccount', name: serviceAccount, namespace, apiGroup: '' };
}
