import { groupOf, type KubernetesObject } from '../../kubernetes/manifest';

/** As much of a pod as is run here. */
export interface PodSpec {
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly serviceAccountName?: string;
  readonly terminationGracePeriodSeconds?: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvironmentVariable[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly VolumeMount[];
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly lifecycle?: { readonly preStop?: Hook };
}

export interface Hook {
  readonly exec?: { readonly command: readonly string[] };
  readonly sleep?: { readonly seconds: number };
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly fieldPath: string };
    readonly secretKeyRef?: KeyReference;
    readonly configMapKeyRef?: KeyReference;
  };
}

export interface KeyReference { readonly name: string; readonly key: string; readonly optional?: boolean }

export interface VolumeMount { readonly name: string; readonly mountPath: string; readonly subPath?: string }

export interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port: number | string };
  readonly tcpSocket?: { readonly port: number | string };
}

export interface Items { readonly optional?: boolean; readonly items?: readonly { readonly key: string; readonly path: string }[] }

export interface Volume {
  readonly name: string;
  readonly emptyDir?: object;
  readonly configMap?: Items & { readonly name: string };
  readonly secret?: Items & { readonly secretName: string };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly projected?: { readonly sources: readonly Projection[] };
}

export interface Projection {
  readonly configMap?: Items & { readonly name: string };
  readonly secret?: Items & { readonly name: string };
}

export interface PodTemplate {
  readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: PodSpec;
}

export type Labels = Readonly<Record<string, string>>;

export interface StatefulSet extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly ordinals?: { readonly start?: number };
    readonly serviceName?: string;
    readonly template: PodTemplate;
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
}

export interface Deployment extends KubernetesObject { readonly spec: { readonly replicas?: number; readonly template: PodTemplate } }

export interface Job extends KubernetesObject { readonly spec: { readonly template: PodTemplate } }

export interface Service extends KubernetesObject {
  readonly spec: { readonly clusterIP?: string; readonly selector?: Labels };
}

export interface ConfigMap extends KubernetesObject {
  readonly data?: Labels;
  readonly binaryData?: Labels;
}

export interface Secret extends KubernetesObject {
  readonly data?: Labels;
  readonly stringData?: Labels;
}

interface Kinds {
  readonly 'apps/StatefulSet': StatefulSet;
  readonly 'apps/Deployment': Deployment;
  readonly 'batch/Job': Job;
  readonly '/Service': Service;
  readonly '/ConfigMap': ConfigMap;
  readonly '/Secret': Secret;
}

/** The objects of one kind, as `group/Kind`. */
export function objectsOf<K extends keyof Kinds>(objects: readonly KubernetesObject[], kind: K): Kinds[K][] {
  return objects.filter(object => `${groupOf(object)}/${object.kind}` === kind) as Kinds[K][];
}

export const namespaceOf = ({ metadata }: KubernetesObject): string => metadata.namespace ?? 'default';
