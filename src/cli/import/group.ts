import { isNamespaced } from '../../manifests/scope';
import { fieldsAt, isSame, listAt, numberAt, selects, textAt, type Fields } from './value';
import { runtimeConfigSchema, type RuntimeConfig } from '../../spec/runtime-config';
import type { SourceObject } from './source';

/** Something that runs pods, with what stands around it. */
export interface Workload {
  readonly kind: 'deployment' | 'stateful' | 'daemon' | 'schedule' | 'job';
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
  readonly scaledObject?: Fields;
  readonly budget?: Fields;
  readonly policy?: Fields;
  readonly hosts?: Fields;
  /** The HTTPRoute, GRPCRoute, TLSRoute or Ingress that leads to it and to nothing else. */
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
  /** Every object of the namespace. */
  readonly around: readonly Fields[];
  /** Jobs, and schedules whose pods have no labels, that stand as they are, since described they would be others. */
  readonly apart: readonly SourceObject[];
}

const kinds: Readonly<Record<string, Workload['kind']>> = {
  'apps/v1/Deployment': 'deployment', 'apps/v1/StatefulSet': 'stateful', 'apps/v1/DaemonSet': 'daemon', 'batch/v1/CronJob': 'schedule', 'batch/v1/Job': 'job',
};

/**
 * Finds the workloads that a description can be made of, Deployments first, and what belongs to each.
 *
 * @param jobs whether those count of which a description makes others: jobs, which get a name of their own and run again, and schedules
 * whose pods have no labels. They count when there is nothing else.
 */
export function groupOf(objects: readonly SourceObject[], namespace?: string, jobs = false): Group {
  const candidates = candidatesOf(objects);
  const home = namespace ?? homeOf(objects);
  const inside = ({ object }: SourceObject) => (namespaceOf(object) ?? home) === home;
  const around = objects.filter(inside).map(({ object }) => object);
  const here = candidates.filter(inside).filter(({ object }) => !isMigration(object));
  const exact = here.filter(({ object }) => keepsItsIdentity(object, around));
  const chosen = jobs || exact.length === 0 ? here : exact;
  const workloads = eachItsOwnService(chosen.map(candidate => workloadOf(candidate, around)));
  return { namespace: home, around, workloads, apart: here.filter(candidate => !chosen.includes(candidate)) };
}

const kindOf = (object: Fields): Workload['kind'] | undefined => kinds[`${String(object.apiVersion)}/${String(object.kind)}`];

function templateOf(object: Fields): Fields {
  return object.kind === 'CronJob' ? fieldsAt(object, 'spec', 'jobTemplate', 'spec', 'template') : fieldsAt(object, 'spec', 'template');
}

/** Whether pods are selected by labels alone, as a service's are, or by nothing. */
function isDescribable(object: Fields): boolean {
  const template = templateOf(object);
  if (listAt(template, 'spec', 'containers').length === 0) return false;
  if (object.kind === 'CronJob' || object.kind === 'Job') return true;
  return listAt(object, 'spec', 'selector', 'matchExpressions').length === 0
    && selects(fieldsAt(object, 'spec', 'selector', 'matchLabels'), fieldsAt(template, 'metadata', 'labels'));
}

/** Whether a description can render the object under its name and with its labels: of a job, only one that this package rendered. */
function keepsItsIdentity(object: Fields, around: readonly Fields[]): boolean {
  const template = templateOf(object);
  if (object.kind === 'Job') return runtimeOf(fieldsAt(template, 'spec'), around) !== undefined;
  return object.kind !== 'CronJob' || Object.keys(fieldsAt(template, 'metadata', 'labels')).length > 0;
}

/** Whether a job is run before each new version of a service, by Argo CD, Helm or this package. */
export function isMigration(object: Fields): boolean {
  if (object.kind !== 'Job') return false;
  const annotations = fieldsAt(object, 'metadata', 'annotations');
  const hooks = ['argocd.argoproj.io/hook', 'helm.sh/hook'].flatMap(name => String(annotations[name] ?? '').split(',').map(hook => hook.trim()));
  return hooks.some(hook => ['PreSync', 'pre-install', 'pre-upgrade'].includes(hook)) || /-migrate-[0-9a-f]{8}$/.test(textAt(object, 'metadata', 'name') ?? '');
}

function workloadOf(source: SourceObject, around: readonly Fields[]): Workload {
  const { object } = source;
  const kind = kindOf(object) ?? 'deployment';
  const name = textAt(object, 'metadata', 'name');
  const template = templateOf(object);
  const podSpec = fieldsAt(template, 'spec');
  const podLabels = fieldsAt(template, 'metadata', 'labels');
  const selector = kind === 'schedule' || kind === 'job' ? scheduleSelector(podLabels) : fieldsAt(object, 'spec', 'selector', 'matchLabels');
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
    scaledObject: of('ScaledObject', candidate => textAt(candidate, 'spec', 'scaleTargetRef', 'name') === name && (textAt(candidate, 'spec', 'scaleTargetRef', 'kind') ?? 'Deployment') === object.kind),
    budget: of('PodDisruptionBudget', candidate => matches(candidate, 'spec', 'selector')),
    policy: of('NetworkPolicy', candidate => matches(candidate, 'spec', 'podSelector')),
    hosts: of('CiliumNetworkPolicy', candidate => matches(candidate, 'spec', 'endpointSelector')),
    route: routeTo(serviceName, around),
    monitor: of('ServiceMonitor', candidate => selects(fieldsAt(candidate, 'spec', 'selector', 'matchLabels'), fieldsAt(service, 'metadata', 'labels')))
      ?? of('PodMonitor', candidate => selects(fieldsAt(candidate, 'spec', 'selector', 'matchLabels'), podLabels)),
    externalSecret: of('ExternalSecret', candidate => listAt(podSpec, 'volumes').some(volume => textAt(volume, 'secret', 'secretName') === (textAt(candidate, 'spec', 'target', 'name') ?? ''))),
  };
}

/** A Service that selects the pods of several workloads belongs to the one of its name, of its selector, or to the first. */
function eachItsOwnService(workloads: readonly Workload[]): Workload[] {
  const owner = (service: Fields) => {
    const claimants = workloads.filter(workload => workload.service === service);
    return claimants.find(({ source }) => textAt(source.object, 'metadata', 'name') === textAt(service, 'metadata', 'name'))
      ?? claimants.find(({ selector }) => isSame(selector, fieldsAt(service, 'spec', 'selector'))) ?? claimants[0];
  };
  const owns = (workload: Workload) => workload.service === undefined || owner(workload.service) === workload;
  return workloads.map(workload => (owns(workload) ? workload : { ...workload, service: undefined, route: undefined }));
}

/** The route or Ingress all of whose paths lead to a Service, first of all the one of its name. */
function routeTo(service: string | undefined, around: readonly Fields[]): Fields | undefined {
  const leads = (object: Fields) => {
    const backends = backendsOf(object);
    return backends.length > 0 && backends.every(name => name === service);
  };
  const routes = service === undefined ? [] : around.filter(leads);
  return routes.find(object => textAt(object, 'metadata', 'name') === service) ?? routes[0];
}

/** The Services that a route or Ingress leads to. */
function backendsOf(object: Fields): (string | undefined)[] {
  const rules = listAt(object, 'spec', 'rules');
  if (['HTTPRoute', 'GRPCRoute', 'TLSRoute'].includes(String(object.kind))) return rules.flatMap(rule => listAt(rule, 'backendRefs').map(ref => textAt(ref, 'name')));
  if (object.kind !== 'Ingress') return [];
  const otherwise = fieldsAt(object, 'spec', 'defaultBackend');
  return [...rules.flatMap(rule => listAt(rule, 'http', 'paths')), ...Object.keys(otherwise).length ? [{ backend: otherwise }] : []].map(path => textAt(path, 'backend', 'service', 'name'));
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

/** The namespace that most workloads name, or most objects: what names none is taken to be in it. */
export function homeOf(objects: readonly SourceObject[]): string | undefined {
  const named = (among: readonly SourceObject[]) => commonest(among.map(({ object }) => namespaceOf(object)).filter(each => each !== undefined));
  return named(candidatesOf(objects)) ?? named(objects);
}

function candidatesOf(objects: readonly SourceObject[]): SourceObject[] {
  return Object.values(kinds).flatMap(each => objects.filter(({ object }) => kindOf(object) === each && isDescribable(object)));
}

/** The namespace that an object names, of those that have one. */
export function namespaceOf(object: Fields): string | undefined {
  return isNamespaced(String(object.apiVersion), String(object.kind)) ? textAt(object, 'metadata', 'namespace') : undefined;
}

/** The number of replicas that a workload asks for. */
export const replicasOf = (workload: Fields) => numberAt(workload, 'spec', 'replicas') ?? 1;

/** Pods that nothing selects are told apart by our own label where they have it, else by all of their labels. */
function scheduleSelector(labels: Fields): Fields {
  const instance = labels['app.kubernetes.io/instance'];
  return labels['app.kubernetes.io/managed-by'] === 'marty-msf' && instance !== undefined ? { 'app.kubernetes.io/instance': instance } : labels;
}

/** The text that stands most often in a list. */
export function commonest(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
