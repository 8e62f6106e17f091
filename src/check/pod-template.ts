import type { Manifest } from './manifest';
import { groupKindOf } from './manifest';
import { fieldAt, fieldsOf, itemsAt, textAt, textMapOf } from './value';
import type { Fields, TextMap } from './value';

/** One container of a pod template. */
export interface Container {
  readonly name: string;
  /** `init` includes native sidecars, which Kubernetes writes among the init containers. */
  readonly role: 'init' | 'main';
  /** Where it stands in its workload, such as `spec.template.spec.containers[0]`. */
  readonly path: string;
  readonly fields: Fields;
}

/** What a workload makes pods from. */
export interface PodTemplate {
  /** The object the template stands in; for a bare pod, the pod. */
  readonly workload: Manifest;
  /** Where the pod spec stands in the workload, such as `spec.template.spec`. */
  readonly path: string;
  /** Where the labels of the pods stand in the workload, such as `spec.template.metadata.labels`. */
  readonly labelsPath: string;
  readonly labels: TextMap;
  readonly annotations: TextMap;
  readonly spec: Fields;
  /** Init containers first, then main ones. Ephemeral containers cannot be declared, so there are none. */
  readonly containers: readonly Container[];
}

const templatePaths: ReadonlyMap<string, string> = new Map([
  ['Pod', ''],
  ['ReplicationController', 'spec.template'],
  ['apps/Deployment', 'spec.template'],
  ['apps/StatefulSet', 'spec.template'],
  ['apps/DaemonSet', 'spec.template'],
  ['apps/ReplicaSet', 'spec.template'],
  ['batch/Job', 'spec.template'],
  ['batch/CronJob', 'spec.jobTemplate.spec.template'],
]);

const roles = [
  ['initContainers', 'init'],
  ['containers', 'main'],
] as const;

const known = new WeakMap<Manifest, { readonly template: PodTemplate | undefined }>();

/** The pod template of an object, or `undefined` when it makes no pods. Kinds unknown here are known by their shape. */
export function podTemplateOf(workload: Manifest): PodTemplate | undefined {
  const found = known.get(workload) ?? { template: readTemplate(workload) };
  known.set(workload, found);
  return found.template;
}

function readTemplate(workload: Manifest): PodTemplate | undefined {
  const path = templatePaths.get(groupKindOf(workload)) ?? pathByShape(workload);
  if (path === undefined) return undefined;
  const template = path === '' ? workload.fields : fieldsOf(fieldAt(workload.fields, path));
  const specPath = path === '' ? 'spec' : `${path}.spec`;
  const spec = fieldsOf(fieldAt(template, 'spec'));
  return {
    workload,
    path: specPath,
    labelsPath: path === '' ? 'metadata.labels' : `${path}.metadata.labels`,
    labels: textMapOf(fieldAt(template, 'metadata.labels')),
    annotations: textMapOf(fieldAt(template, 'metadata.annotations')),
    spec,
    containers: roles.flatMap(([list, role]) => itemsAt(spec, list).map((item, position) => ({
      name: textAt(item, 'name'),
      role,
      path: `${specPath}.${list}[${position}]`,
      fields: fieldsOf(item),
    }))),
  };
}

const shapes = ['spec.template', 'spec.jobTemplate.spec.template'].map((path) => ({ path, containers: `${path}.spec.containers` }));

function pathByShape(workload: Manifest): string | undefined {
  return shapes.find(({ containers }) => Array.isArray(fieldAt(workload.fields, containers)))?.path;
}

/** A field of the security context that holds for a container: its own, or else the pod's. */
export function effectiveSecurity(container: Container, pod: PodTemplate, field: string): unknown {
  return fieldAt(container.fields, `securityContext.${field}`) ?? fieldAt(pod.spec, `securityContext.${field}`);
}

/** Whether the pods run to an end, so that probes and spreading make no sense for them. */
export function runsToCompletion(pod: PodTemplate): boolean {
  return ['Job', 'CronJob'].includes(pod.workload.kind);
}
