import { isNamespaced } from '../../manifests/scope';
import { fieldsAt, isSame, listAt, numberAt, selects, textAt, type Fields } from './value';
import { runtimeConfigSchema, type RuntimeConfig } from '../../spec/runtime-config';
import type { SourceObject } from './source';

/** Something that runs pods, with what stands around it. */
export interface Workload {
  readonly kind: 'deployment' | 'stateful' | 'daemon' | 'schedule';
  readonly source: SourceObject;
  readonly template: Fields;
  readonly podSpec: Fields;
  readonly podLabels: Fields;
  /** The container that serves: the one with the workload's name, else the first. */
  readonly container: Fields;
  /** The labels that select its pods; of a schedule, whose pods nothing selects, all of their labels. */
  readonly selector: Fields;
  /** Every object of its namespace. */
  readonly around: readonly Fields[];
  readonly service?: Fields;
  readonly autoscaler?: Fields;
  readonly budget?: Fields;
  readonly policy?: Fields;
  readonly hosts?: Fields;
  readonly route?: Fields;
  readonly monitor?: Fields;
  readonly externalSecret?: Fields;
  /** What the process reads, when it was described with this package. */
  readonly runtime?: RuntimeConfig;
}

/** The workloads of one namespace. */
export interface Group {
  /** The namespace that the services live in. */
  readonly namespace: string | undefined;
  readonly workloads: readonly Workload[];
}

const kinds: Readonly<Record<string, Workload['kind']>> = {
  'apps/v1/Deployment': 'deployment', 'apps/v1/StatefulSet': 'stateful', 'apps/v1/DaemonSet': 'daemon', 'batch/v1/CronJob': 'schedule',
};

/** Finds the workloads that a description can be made of, Deployments first, and what belongs to each. */
export function groupOf(objects: readonly SourceObject[], namespace?: string): Group {
  const candidates = Object.values(kinds).flatMap(each => objects.filter(({ object }) => kindOf(object) === each && isDescribable(object)));
  const home = namespace ?? commonest(candidates.map(({ object }) => namespaceOf(object)).filter(each => each !== undefined))
    ?? commonest(objects.map(({ object }) => namespaceOf(object)).filter(each => each !== undefined));
  const inside = ({ object }: SourceObject) => (namespaceOf(object) ?? home) === home;
  const around = objects.filter(inside).map(({ object }) => object);
  return { namespace: home, workloads: candidates.filter(inside).map(candidate => workloadOf(candidate, around)) };
}

const kindOf = (object: Fields): Workload['kind'] | undefined => kinds[`${String(object.apiVersion)}/${String(object.kind)}`];

function templateOf(object: Fields): Fields {
  return object.kind === 'CronJob' ? fieldsAt(object, 'spec', 'jobTemplate', 'spec', 'template') : fieldsAt(object, 'spec', 'template');
}

/** Whether pods are selected by labels alone, as a service's are. */
function isDescribable(object: Fields): boolean {
  const template = templateOf(object);
  const labels = fieldsAt(template, 'metadata', 'labels');
  const selector = object.kind === 'CronJob' ? labels : fieldsAt(object, 'spec', 'selector', 'matchLabels');
  return listAt(object, 'spec', 'selector', 'matchExpressions').length === 0 && selects(selector, labels) && listAt(template, 'spec', 'containers').length > 0;
}

function workloadOf(source: SourceObject, around: readonly Fields[]): Workload {
  const { object } = source;
  const kind = kindOf(object) ?? 'deployment';
  const name = textAt(object, 'metadata', 'name');
  const template = templateOf(object);
  const podSpec = fieldsAt(template, 'spec');
  const podLabels = fieldsAt(template, 'metadata', 'labels');
  const selector = kind === 'schedule' ? scheduleSelector(podLabels) : fieldsAt(object, 'spec', 'selector', 'matchLabels');
  const containers = listAt(podSpec, 'containers');
  const of = (wanted: string, fits: (candidate: Fields) => boolean) => {
    const found = around.filter(candidate => candidate.kind === wanted && fits(candidate));
    return found.find(candidate => textAt(candidate, 'metadata', 'name') === name) ?? found[0];
  };
  const service = of('Service', candidate => selects(fieldsAt(candidate, 'spec', 'selector'), podLabels));
  const serviceName = textAt(service, 'metadata', 'name');
  const matches = (candidate: Fields, ...path: string[]) => isSame(fieldsAt(candidate, ...path, 'matchLabels'), selector);
  const runtime = runtimeOf(podSpec, around);
  return {
    kind, source, around, template, podSpec, podLabels, selector, service, runtime,
    container: containers.find(container => container.name === (runtime?.service ?? name)) ?? containers[0],
    autoscaler: of('HorizontalPodAutoscaler', candidate => textAt(candidate, 'spec', 'scaleTargetRef', 'name') === name && textAt(candidate, 'spec', 'scaleTargetRef', 'kind') === object.kind),
    budget: of('PodDisruptionBudget', candidate => matches(candidate, 'spec', 'selector')),
    policy: of('NetworkPolicy', candidate => matches(candidate, 'spec', 'podSelector')),
    hosts: of('CiliumNetworkPolicy', candidate => matches(candidate, 'spec', 'endpointSelector')),
    route: of('HTTPRoute', candidate => listAt(candidate, 'spec', 'rules').some(rule => listAt(rule, 'backendRefs').some(ref => ref.name === serviceName && serviceName !== undefined))),
    monitor: of('ServiceMonitor', candidate => selects(fieldsAt(candidate, 'spec', 'selector', 'matchLabels'), fieldsAt(service, 'metadata', 'labels'))),
    externalSecret: of('ExternalSecret', candidate => listAt(podSpec, 'volumes').some(volume => textAt(volume, 'secret', 'secretName') === (textAt(candidate, 'spec', 'target', 'name') ?? ''))),
  };
}

/** What a ConfigMap that the pods mount says to the process, when it was written by this package. */
function runtimeOf(podSpec: Fields, around: readonly Fields[]): RuntimeConfig | undefined {
  const mounted = listAt(podSpec, 'volumes').map(volume => textAt(volume, 'configMap', 'name'));
  const texts = around.filter(({ kind, metadata }) => kind === 'ConfigMap' && mounted.includes(textAt(metadata, 'name'))).map(configMap => textAt(configMap, 'data', 'runtime.json'));
  for (const text of texts) {
    try {
      const parsed = runtimeConfigSchema.safeParse(JSON.parse(text ?? ''));
      if (parsed.success) return parsed.data;
    } catch {
      // A file of this name that says something else is none of ours.
    }
  }
  return undefined;
}

/** The namespace that an object names, of those that have one. */
export function namespaceOf(object: Fields): string | undefined {
  return isNamespaced(String(object.apiVersion), String(object.kind)) ? textAt(object, 'metadata', 'namespace') : undefined;
}

/** The number of replicas that a workload asks for. */
export const replicasOf = (workload: Fields) => numberAt(workload, 'spec', 'replicas') ?? 1;

/** Pods of a schedule are told apart by our own label where they have it, else by all of their labels. */
function scheduleSelector(labels: Fields): Fields {
  const instance = labels['app.kubernetes.io/instance'];
  return labels['app.kubernetes.io/managed-by'] === 'marty-msf' && instance !== undefined ? { 'app.kubernetes.io/instance': instance } : labels;
}

function commonest(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
