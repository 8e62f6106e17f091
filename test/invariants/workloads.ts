import { instanceLabel } from '../../src/spec/names';
import { allOf, type Manifest } from '../support/manifests';
import type { LabelSelector, PodTemplateSpec } from '../../src/imports/kubernetes';

/** What runs pods, as far as other objects refer to it. */
export interface Pods {
  readonly kind: string;
  readonly name: string;
  /** The service that they are of. */
  readonly about: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Number by name. */
  readonly ports: ReadonlyMap<string, number>;
}

/** What runs pods: the object, their template, and how many of them run. */
export interface Workload {
  readonly object: Manifest;
  readonly template: PodTemplateSpec;
  readonly replicas?: number;
  /** The volumes that each pod gets of its own. */
  readonly claims: readonly string[];
}

/** Everything that runs pods, of whatever kind. */
export function workloadsIn(manifests: readonly Manifest[]): Workload[] {
  return [
    ...allOf(manifests, 'Deployment').map(object => ({ object, template: object.spec.template, replicas: object.spec.replicas, claims: [] })),
    ...allOf(manifests, 'StatefulSet').map(object => ({
      object, template: object.spec.template, replicas: object.spec.replicas, claims: (object.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name ?? ''),
    })),
    ...allOf(manifests, 'DaemonSet').map(object => ({ object, template: object.spec.template, claims: [] })),
    ...allOf(manifests, 'Job').map(object => ({ object, template: object.spec?.template ?? {}, claims: [] })),
    ...allOf(manifests, 'CronJob').map(object => ({ object, template: object.spec?.jobTemplate.spec?.template ?? {}, claims: [] })),
  ];
}

/** The pods that some objects make. */
export function podsIn(manifests: readonly Manifest[]): Pods[] {
  return workloadsIn(manifests).map(({ object: { kind, metadata }, template }) => ({
    kind,
    about: template.metadata?.labels?.[instanceLabel] ?? metadata.name,
    name: metadata.name,
    namespace: metadata.namespace,
    labels: template.metadata?.labels ?? {},
    ports: new Map((template.spec?.containers ?? []).flatMap(({ ports }) => (ports ?? []).map(({ name, containerPort }) => [name ?? '', containerPort]))),
  }));
}

export type Labels = Readonly<Record<string, string>>;

/** The service that an object is about, whatever it is called itself. */
export function aboutOf({ metadata }: Pick<Manifest, 'metadata'>): string {
  return metadata.labels?.[instanceLabel] ?? metadata.name;
}

export function matches(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** The plain labels of a selector; nothing rendered here uses expressions. */
export function labelsIn(selector: LabelSelector | undefined): Labels {
  if (selector?.matchExpressions) throw new Error('matchExpressions are not known to the invariants');
  return selector?.matchLabels ?? {};
}
