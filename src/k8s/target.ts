import { MartyError } from '../errors';

/** A workload that other objects are about: one of ours, or any of cdk8s-plus. */
export interface Workload {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** The name of the workload's own object. @default - `name`, by which the objects about it are named */
  readonly workloadName?: string;
  /** The name of the Service in front of it. @default - `name` */
  readonly serviceName?: string;
  /** The labels that select exactly its pods. */
  readonly matchLabels: Readonly<Record<string, string>>;
  /** Selecting pods by more than labels, as cdk8s-plus can: refused, since a Service cannot. */
  readonly matchExpressions?: readonly unknown[];
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

/**
 * What selects exactly the pods of a workload; a copy, since cdk8s keeps what it is given.
 *
 * @throws PROPS_INVALID when no labels do: an empty selector would mean every pod of the namespace.
 */
export function selectorFor(target: Workload): { matchLabels: Record<string, string> } {
  const { kind, name, matchLabels, matchExpressions = [] } = target;
  if (Object.keys(matchLabels).length === 0 || matchExpressions.length) {
    throw new MartyError('PROPS_INVALID', `target: ${kind} ${name} selects its pods by ${matchExpressions.length ? 'expressions' : 'nothing'}, expected labels; give it labels that only its pods have`);
  }
  return { matchLabels: { ...matchLabels } };
}
