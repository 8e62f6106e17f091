import { z } from 'zod';
import { containersSchema, type Container } from './containers';
import { metricsSchema, type Metrics } from './metrics';
import { cloudIdentitySchema, permissionSchema, type CloudIdentity, type Permission } from './permissions';
import { rolloutSchema, schedulingSchema, type Rollout, type Scheduling } from './scheduling';
import { securitySchema, type Security } from './security';
import { aliasSchema, annotationsSchema, labelsSchema } from './syntax';
import { variablesSchema, type Variables } from './variables';
import { varying, type Names, type Varying } from './varying';
import { filesSchema, volumeSchema, type Volume } from './volumes';
import { migrationSchema, workloadSchema, type Migration, type Workload } from './workload';

/** Keys that we write ourselves and rely on. */
const ownLabels = z.record(z.string(), z.string()).refine(
  labels => !Object.keys(labels).some(key => key === 'team' || key.startsWith('app.kubernetes.io/')),
  { error: 'has a label of ours, `team` or one of app.kubernetes.io/; choose another key' });

/** How a service runs: everything that most services never say, with its default. */
export const operationShape = {
  /** What keeps its pods running: for good, one per node, on a schedule, or once. @default { kind: 'deployment' } */
  workload: workloadSchema.default({ kind: 'deployment' }),
  /** What has to be done once before a new version runs. */
  migration: migrationSchema.optional(),
  /** The program, instead of that of the image. */
  command: z.array(z.string().min(1)).min(1).optional(),
  /** Its arguments, instead of those of the image. */
  args: z.array(z.string()).optional(),
  /** Environment variables: values, or references to objects that exist. @default {} */
  variables: variablesSchema.default({}),
  /** Files by their absolute path, for programs that want them. @default {} */
  files: filesSchema.default({}),
  /** What is mounted, besides configuration, secrets and /tmp. @default {} */
  volumes: z.record(aliasSchema, volumeSchema).default({}),
  /** Containers that run before that of the service, one after the other. @default {} */
  initContainers: containersSchema.default({}),
  /** Containers that run beside it, started before and stopped after it. @default {} */
  sidecars: containersSchema.default({}),
  /** Where pods may run. @default {} */
  scheduling: varying(schedulingSchema).prefault({}),
  /** How a new version replaces the old one. @default {} */
  rollout: varying(rolloutSchema).prefault({}),
  /** Whether its pods are in the service mesh, where the environment has one. @default true */
  mesh: varying(z.boolean()).default(true),
  /** Where Prometheus finds its metrics. @default {} */
  metrics: varying(metricsSchema).prefault({}),
  /** What it may do with the API of Kubernetes. @default [] */
  permissions: z.array(permissionSchema).default([]),
  /** Who it is for its cloud. */
  cloudIdentity: varying(cloudIdentitySchema).optional(),
  /** What is loosened, each with its reason. @default {} */
  security: securitySchema.prefault({}),
  /** Labels of every object and pod, besides ours. @default {} */
  labels: varying(labelsSchema.pipe(ownLabels)).default({}),
  /** Annotations of every object and pod. @default {} */
  annotations: varying(annotationsSchema).default({}),
};

/** What a user writes about how a service runs. */
export interface OperationInput<N extends Names> {
  /** What keeps its pods running: for good, one per node, on a schedule, or once. Never changes. @default { kind: 'deployment' } */
  workload?: Workload<N>;
  /** What has to be done once before a new version runs. */
  migration?: Migration;
  /** The program, instead of that of the image. @default - that of the image */
  command?: readonly string[];
  /** Its arguments. @default - those of the image */
  args?: readonly string[];
  /** Environment variables: values, or references to objects that exist. @default {} */
  variables?: Variables<N>;
  /** Files by their absolute path. @default {} */
  files?: Readonly<Record<string, Varying<N, string>>>;
  /** What is mounted, besides configuration, secrets and /tmp. @default {} */
  volumes?: Readonly<Record<string, Volume<N>>>;
  /** Containers that run before that of the service, one after the other. @default {} */
  initContainers?: Readonly<Record<string, Container>>;
  /** Containers that run beside it, started before and stopped after it; Kubernetes 1.29 or newer. @default {} */
  sidecars?: Readonly<Record<string, Container>>;
  /** Where pods may run. @default {} */
  scheduling?: Varying<N, Scheduling>;
  /** How a new version replaces the old one. @default {} */
  rollout?: Varying<N, Rollout>;
  /** Whether its pods are in the service mesh, where the environment has one; it means nothing where there is none. @default true */
  mesh?: Varying<N, boolean>;
  /** Where Prometheus finds its metrics: a port and a path, or `'none'`. @default {} */
  metrics?: Varying<N, Metrics>;
  /** What it may do with the API of Kubernetes, in its own namespace. @default [] */
  permissions?: readonly Permission[];
  /** Who it is for its cloud. @default - nobody */
  cloudIdentity?: Varying<N, CloudIdentity>;
  /** What is loosened, each with its reason. @default {} */
  security?: Security;
  /** Labels of every object and pod, besides ours. @default {} */
  labels?: Varying<N, Readonly<Record<string, string>>>;
  /** Annotations of every object and pod. @default {} */
  annotations?: Varying<N, Readonly<Record<string, string>>>;
}
