import { MartyError } from '../errors';
import { labelIndex } from './label-index';
import type { LabelIndex } from './label-index';
import { selects } from './label-selector';
import { groupKindOf, manifestsIn } from './manifest';
import type { Manifest } from './manifest';
import { podTemplateOf } from './pod-template';
import type { PodTemplate } from './pod-template';
import { fieldAt, textAt, textMapOf } from './value';
import type { TextMap } from './value';

/** A Kubernetes minor version, such as `1.36`. */
export type KubernetesVersion = `1.${number}`;

/** A set of manifests, indexed the way rules ask about it: as if it were all there is on the cluster. */
export interface ClusterView {
  /** The minor version the set is meant for: 36 for 1.36. */
  readonly kubernetesMinor: number;
  readonly objects: readonly Manifest[];
  /** The pod templates of all workloads. */
  readonly pods: readonly PodTemplate[];
  /** Objects by group and kind, in any version of the group: `apps/Deployment`, `Service`. */
  of(...groupKinds: readonly string[]): readonly Manifest[];
  /** Objects of a kind that have this name, in one namespace or, without one, in all of them. */
  named(groupKind: string, name: string, namespace?: string): readonly Manifest[];
  /** The pod templates in a namespace that carry all of these labels. */
  podsCarrying(labels: TextMap, namespace: string): readonly PodTemplate[];
  /** The pod templates in a namespace that a label selector selects. */
  podsSelectedBy(selector: unknown, namespace: string): readonly PodTemplate[];
  /** Objects of a kind in the namespace of a pod whose label map at a path is empty or shares a label with the pod. */
  meeting(pod: PodTemplate, groupKind: string, path: string): readonly Manifest[];
  /** The HorizontalPodAutoscalers in a namespace whose target has this name. */
  autoscalersFor(name: string, namespace: string): readonly Manifest[];
}

/**
 * Indexes a set of manifests. Whatever is no manifest is left out.
 * @throws USAGE when the version is not of the form 1.<minor>
 */
export function viewOf(objects: readonly unknown[], version: KubernetesVersion): ClusterView {
  const manifests = manifestsIn(objects);
  const pods = manifests.map(podTemplateOf).filter((pod) => pod !== undefined);
  const byKind = grouped(manifests, groupKindOf);
  // Few kinds are asked for by name or namespace.
  const namedOf = remembered((groupKind: string) => grouped(byKind.get(groupKind) ?? [], (object) => object.name));
  const placedOf = remembered((groupKind: string) => grouped(byKind.get(groupKind) ?? [], (object) => object.namespace));
  const podsByNamespace = grouped(pods, (pod) => pod.workload.namespace);
  const autoscalers = grouped(byKind.get('autoscaling/HorizontalPodAutoscaler') ?? [], (autoscaler) =>
    `${autoscaler.namespace} ${textAt(autoscaler.fields, 'spec.scaleTargetRef.name')}`);
  const podIndex = remembered((namespace: string) => labelIndex(podsByNamespace.get(namespace) ?? [], (pod) => pod.labels));
  const selectorIndex = remembered((path: string) => remembered((groupKind: string) => remembered((namespace: string): LabelIndex<Manifest> =>
    labelIndex(placedOf(groupKind).get(namespace) ?? [], (object) => textMapOf(fieldAt(object.fields, path))))));
  // Several rules ask the same about a pod.
  const meetings = remembered((path: string) => remembered((groupKind: string) => remembered((pod: PodTemplate) =>
    selectorIndex(path)(groupKind)(pod.workload.namespace).meeting(pod.labels))));
  return {
    kubernetesMinor: minorOf(version),
    objects: manifests,
    pods,
    of: (...groupKinds) => groupKinds.flatMap((groupKind) => byKind.get(groupKind) ?? []),
    named: (groupKind, name, namespace) => {
      const found = namedOf(groupKind).get(name) ?? [];
      return namespace === undefined ? found : found.filter((object) => object.namespace === namespace);
    },
    podsCarrying: (labels, namespace) => {
      const pod = labels.get(podNameLabel);
      if (pod === undefined) return podIndex(namespace).carrying(labels);
      const others = new Map([...labels].filter(([label]) => label !== podNameLabel));
      return podIndex(namespace).carrying(others).filter(({ workload }) => isReplica(workload, pod));
    },
    podsSelectedBy: (selector, namespace) => podIndex(namespace)
      .carrying(textMapOf(fieldAt(selector, 'matchLabels'))).filter((pod) => selects(selector, pod.labels)),
    meeting: (pod, groupKind, path) => meetings(path)(groupKind)(pod),
    autoscalersFor: (name, namespace) => autoscalers.get(`${namespace} ${name}`) ?? [],
  };
}

/** The label that every replica of a StatefulSet gets, with its own name. */
const podNameLabel = 'statefulset.kubernetes.io/pod-name';

function isReplica({ kind, name, fields }: Manifest, pod: string): boolean {
  const ordinal = pod.startsWith(`${name}-`) ? pod.slice(name.length + 1) : '';
  return kind === 'StatefulSet' && /^(?:0|[1-9]\d*)$/.test(ordinal) && Number(ordinal) < Number(fieldAt(fields, 'spec.replicas') ?? 1);
}

function minorOf(version: KubernetesVersion): number {
  const minor = /^1\.(\d+)$/.exec(version)?.[1];
  if (minor === undefined) {
    const got = JSON.stringify(version);
    throw new MartyError('USAGE', `check: kubernetesVersion is ${got}, expected 1.<minor>; write it like 1.36`);
  }
  return Number(minor);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function remembered<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const found = make(key);
    made.set(key, found);
    return found;
  };
}
