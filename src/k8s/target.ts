/** A workload that other objects are about: one of ours, or any of cdk8s-plus. */
export interface Workload {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** The labels that select exactly its pods. */
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly metadata?: { readonly namespace?: string };
  /** Tells the workload that it must not fix a number of replicas. */
  markHasAutoscaler?(): void;
}

/** Name, namespace and labels of an object about a workload. */
export function metadataOf(target: Workload, props: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> } = {}) {
  return {
    name: props.name ?? target.name,
    ...(target.metadata?.namespace ? { namespace: target.metadata.namespace } : {}),
    labels: { ...(props.labels ?? target.matchLabels) },
  };
}

/** A copy of the labels, since cdk8s keeps what it is given. */
export function selectorFor(target: Workload): { matchLabels: Record<string, string> } {
  return { matchLabels: { ...target.matchLabels } };
}
