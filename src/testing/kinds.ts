import type { CiliumNetworkPolicy } from '../imports/cilium';
import type { ExternalSecret } from '../imports/external-secrets';
import type { BackendTLSPolicy, GRPCRoute, HTTPRoute } from '../imports/gateway';
import type { ScaledObject } from '../imports/keda';
import type * as kubernetes from '../imports/kubernetes';
import type { PodMonitor, Probe, PrometheusRule, ServiceMonitor } from '../imports/monitoring';

/** The kinds whose fields are typed. Any other kind can be asked for too. */
export interface Kinds {
  BackendTLSPolicy: BackendTLSPolicy;
  CiliumNetworkPolicy: CiliumNetworkPolicy;
  ClusterRole: kubernetes.ClusterRole;
  ClusterRoleBinding: kubernetes.ClusterRoleBinding;
  ConfigMap: kubernetes.ConfigMap;
  CronJob: kubernetes.CronJob;
  DaemonSet: kubernetes.DaemonSet;
  Deployment: kubernetes.Deployment;
  ExternalSecret: ExternalSecret;
  GRPCRoute: GRPCRoute;
  HTTPRoute: HTTPRoute;
  HorizontalPodAutoscaler: kubernetes.HorizontalPodAutoscaler;
  Ingress: kubernetes.Ingress;
  Job: kubernetes.Job;
  LimitRange: kubernetes.LimitRange;
  Namespace: kubernetes.Namespace;
  NetworkPolicy: kubernetes.NetworkPolicy;
  PersistentVolumeClaim: kubernetes.PersistentVolumeClaim;
  Pod: kubernetes.Pod;
  PodDisruptionBudget: kubernetes.PodDisruptionBudget;
  PodMonitor: PodMonitor;
  PriorityClass: kubernetes.PriorityClass;
  Probe: Probe;
  PrometheusRule: PrometheusRule;
  ResourceQuota: kubernetes.ResourceQuota;
  Role: kubernetes.Role;
  RoleBinding: kubernetes.RoleBinding;
  ScaledObject: ScaledObject;
  Secret: kubernetes.Secret;
  Service: kubernetes.Service;
  ServiceAccount: kubernetes.ServiceAccount;
  ServiceMonitor: ServiceMonitor;
  StatefulSet: kubernetes.StatefulSet;
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
