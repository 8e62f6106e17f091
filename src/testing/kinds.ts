import type { BackendTLSPolicy } from '../imports/gateway';
import type * as kubernetes from '../imports/kubernetes';
import type { Probe } from '../imports/monitoring';
import type { PatchedKinds } from '../spec/patches';

/** The kinds whose fields are typed. Any other kind can be asked for too. */
export interface Kinds extends PatchedKinds {
  BackendTLSPolicy: BackendTLSPolicy;
  ClusterRole: kubernetes.ClusterRole;
  ClusterRoleBinding: kubernetes.ClusterRoleBinding;
  LimitRange: kubernetes.LimitRange;
  Namespace: kubernetes.Namespace;
  Pod: kubernetes.Pod;
  PriorityClass: kubernetes.PriorityClass;
  Probe: Probe;
  ResourceQuota: kubernetes.ResourceQuota;
  Secret: kubernetes.Secret;
  StorageClass: kubernetes.StorageClass;
}

/** What every object says. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** The name of a kind: those that are typed are offered, others are taken. */
export type Kind = keyof Kinds | (string & Record<never, never>);

/** An object of a kind, with the fields of the kind where they are known. */
export type ObjectOf<K extends Kind> = K extends keyof Kinds ? Kinds[K] & Manifest : Manifest & Readonly<Record<string, unknown>>;
