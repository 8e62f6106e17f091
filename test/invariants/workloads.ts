import { allOf, type Manifest } from '../support/manifests';
import type { LabelSelector } from '../../src/imports/kubernetes';

/** What runs pods, as far as other objects refer to it. */
export interface Pods {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Number by name. */
  readonly ports: ReadonlyMap<string, number>;
}

/** The pods that some objects make. */
export function podsIn(manifests: readonly Manifest[]): Pods[] {
  return allOf(manifests, 'Deployment').map(({ kind, metadata, spec }) => ({
    kind,
    name: metadata.name,
    namespace: metadata.namespace,
    labels: spec.template.metadata?.labels ?? {},
    ports: new Map((spec.template.spec?.containers ?? []).flatMap(({ ports }) => (ports ?? []).map(({ name, containerPort }) => [name ?? '', containerPort]))),
  }));
}

export type Labels = Readonly<Record<string, string>>;

export function matches(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** The plain labels of a selector; nothing rendered here uses expressions. */
export function labelsIn(selector: LabelSelector | undefined): Labels {
  if (selector?.matchExpressions) throw new Error('matchExpressions are not known to the invariants');
  return selector?.matchLabels ?? {};
}
