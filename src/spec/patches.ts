import { z } from 'zod';
import { isPlain } from './configuration';
import { textOfPath } from './problems';
import type { Problem } from '../errors';
import type { Names, Varying } from './varying';
import type { CiliumNetworkPolicy } from '../imports/cilium';
import type { ExternalSecret } from '../imports/external-secrets';
import type { Certificate } from '../imports/cert-manager';
import type { GRPCRoute, HTTPRoute, ListenerSet, TLSRoute } from '../imports/gateway';
import type { ScaledObject } from '../imports/keda';
import type * as kubernetes from '../imports/kubernetes';
import type { PodMonitor, PrometheusRule, ServiceMonitor } from '../imports/monitoring';

/** The kinds whose patches are typed. */
export interface PatchedKinds {
  Certificate: Certificate;
  CiliumNetworkPolicy: CiliumNetworkPolicy;
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
  ListenerSet: ListenerSet;
  NetworkPolicy: kubernetes.NetworkPolicy;
  PersistentVolumeClaim: kubernetes.PersistentVolumeClaim;
  PodDisruptionBudget: kubernetes.PodDisruptionBudget;
  PodMonitor: PodMonitor;
  PrometheusRule: PrometheusRule;
  Role: kubernetes.Role;
  RoleBinding: kubernetes.RoleBinding;
  ScaledObject: ScaledObject;
  Service: kubernetes.Service;
  ServiceAccount: kubernetes.ServiceAccount;
  ServiceMonitor: ServiceMonitor;
  StatefulSet: kubernetes.StatefulSet;
  TLSRoute: TLSRoute;
}

/** What a patch may say besides fields, as `kubectl` has it. */
interface Directive { readonly $patch?: 'delete' | 'replace' }

/**
 * A merge patch of an object: every field may be left out, and `null` removes one. In lists whose entries have a key, `$patch: 'delete'`
 * removes an entry, and an entry that is nothing but `$patch: 'replace'` replaces the list by the others.
 */
export type PatchOf<T> = T extends readonly (infer E)[] ? readonly PatchOf<E>[]
  : T extends object ? { readonly [K in keyof T]?: PatchOf<T[K]> | null } & Directive : T;

/** Merge patches of a service's objects, by kind or by `Kind/name`. */
export type Patches<N extends Names> =
  & { readonly [K in keyof PatchedKinds]?: Varying<N, PatchOf<PatchedKinds[K]>> }
  & { readonly [K in keyof PatchedKinds as `${K}/${string}`]?: Varying<N, PatchOf<PatchedKinds[K]>> }
  & { readonly [kind: string]: unknown };

/** An object of any kind, as it is to stand in the manifest. */
export interface RawObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** The namespace is filled in where the kind has one. */
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

type Path = readonly (string | number)[];

/** What a patch must not touch, where it is, and what to do instead. */
const refused: readonly (readonly [path: RegExp, reason: string])[] = [
  [/^(apiVersion|kind)$/, 'would make another object of it; write that one under `objects`'],
  [/^metadata\.name$/, 'would make another object of it, which nothing refers to; the name of the service names its objects, or `adopt`'],
  [/^metadata\.namespace$/, 'would take it out of its environment, which says the namespace'],
  [/^spec\.(selector|podSelector|endpointSelector)(\.|$)/, 'selects the pods and never changes; to take over a live workload with its selector, use `adopt`'],
];
const workloads = /^(Deployment|StatefulSet|DaemonSet|Job|CronJob)(\/|$)/;
const directives: readonly unknown[] = ['delete', 'replace'];
const patchKey = /^[A-Z][A-Za-z0-9]*(\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/;

const patchSchema = z.record(z.string(), z.unknown()).superRefine((patch, context) => {
  for (const { path, message } of patchProblems(patch, [])) context.addIssue({ code: 'custom', path: [...path], message });
});

/** A patch, or one per environment. Fields are not known here, so `perEnvironment` cannot be one of them. */
const varyingPatch = z.unknown().superRefine((value, context) => {
  const said = isPlain(value) && 'perEnvironment' in value && isPlain(value.perEnvironment)
    ? Object.entries(value.perEnvironment).map(([name, patch]) => [['perEnvironment', name], patch] as const) : [[[], value] as const];
  for (const [at, patch] of said) {
    for (const issue of patchSchema.safeParse(patch).error?.issues ?? []) context.addIssue({ code: 'custom', path: [...at, ...issue.path], message: issue.code === 'custom' ? issue.message : 'expected an object' });
  }
});

export const patchesSchema = z.record(z.string().regex(patchKey, { error: 'expected a kind such as Deployment, or Deployment/orders' }), varyingPatch)
  .superRefine((patches, context) => Object.entries(patches).forEach(([key, patch]) => {
    const said = isPlain(patch) && isPlain(patch.perEnvironment) ? Object.values(patch.perEnvironment) : [patch];
    if (!workloads.test(key) || !said.some(each => isPlain(each) && each.$patch === 'delete')) return;
    context.addIssue({ code: 'custom', path: [key], message: 'has `$patch: delete`, but a service without its workload is none; leave the service out' });
  }));

/** Whether an object is a Secret that anybody who sees it can read. */
export function isPlainSecret(object: unknown): boolean {
  const { apiVersion, kind, data, stringData, sops } = (isPlain(object) ? object : {}) as Readonly<Record<string, unknown>>;
  return apiVersion === 'v1' && kind === 'Secret' && sops === undefined && [data, stringData].some(values => isPlain(values) && Object.keys(values).length > 0);
}

export const objectsSchema = z.array(z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().regex(/^[A-Z][A-Za-z0-9]*$/, { error: 'expected a kind such as ConfigMap' }),
  metadata: z.looseObject({ name: z.string().min(1), namespace: z.string().min(1).optional() }),
})).superRefine((objects, context) => {
  objects.forEach((object, index) => {
    if (isPlainSecret(object)) context.addIssue({ code: 'custom', path: [index], message: 'holds the values of a Secret in plain sight; seal it, encrypt it with SOPS, or declare it under secrets' });
    for (const { path, message } of dataProblems(object, [])) context.addIssue({ code: 'custom', path: [index, ...path], message });
    if (objects.findIndex(other => idOfObject(other) === idOfObject(object)) !== index) context.addIssue({ code: 'custom', path: [index], message: 'has the kind and name of another one; leave one of the two out' });
  });
});

/** What tells raw objects apart, as the id of a construct. */
export function idOfObject({ apiVersion, kind, metadata }: RawObject): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return [kind, group, metadata.namespace ?? '', metadata.name].filter(Boolean).join('-').replace(/[^A-Za-z0-9.-]/g, '-');
}

/** One place in a patch, and what is wrong there. */
interface Fault { readonly path: Path; readonly message: string }

function patchProblems(patch: Readonly<Record<string, unknown>>, at: Path): Fault[] {
  const whole = patch.$patch === 'delete' && Object.keys(patch).length > 1;
  return [...(whole ? [{ path: ['$patch'], message: 'is "delete", which leaves nothing that other fields could be about; leave one of the two out' }] : []), ...dataProblems(patch, at), ...touched(patch, at)];
}

function touched(value: unknown, at: Path): Fault[] {
  const [, reason] = refused.find(([path]) => path.test(at.join('.'))) ?? [];
  if (reason) return [{ path: at, message: `cannot be patched: it ${reason}` }];
  if (Array.isArray(value)) return value.flatMap((item, index) => touched(item, [...at, index]));
  if (!isPlain(value)) return [];
  const directive = '$patch' in value && !directives.includes(value.$patch) ? [{ path: [...at, '$patch'], message: 'expected "delete" or "replace"' }] : [];
  return [...directive, ...Object.entries(value).flatMap(([key, item]) => touched(item, [...at, key]))];
}

/** Values that YAML could not carry, and would lose without a word. */
function dataProblems(value: unknown, at: Path): Fault[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => dataProblems(item, [...at, index]));
  if (typeof value === 'object' && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return [{ path: at, message: 'expected plain data, not an instance of a class' }];
    return Object.entries(value).flatMap(([key, item]) => (key === '__proto__'
      ? [{ path: [...at, key], message: 'has a key that JavaScript takes for something else; choose another' }] : dataProblems(item, [...at, key])));
  }
  if (['string', 'boolean', 'undefined'].includes(typeof value) || value === null || Number.isFinite(value)) return [];
  return [{ path: at, message: 'expected plain data: texts, numbers, true, false, lists and objects' }];
}

/** Where the labels of pods stand in a workload. */
const podLabels = [['spec', 'template', 'metadata', 'labels'], ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels']] as const;

/** What is wrong with patches of labels by which the pods of a service are selected. */
export function selectorProblems(patches: Readonly<Record<string, unknown>>, selector: Readonly<Record<string, string>>, path: string): Problem[] {
  return Object.entries(patches).flatMap(([key, patch]) => podLabels.flatMap((labels): Problem[] => {
    const at = (steps: readonly string[]) => steps.reduce<unknown>((value, step) => (isPlain(value) ? value[step] : undefined), patch);
    const said = at(labels);
    const where = (...more: string[]) => textOfPath([...path.split('.').filter(Boolean), key, ...labels, ...more]);
    if (labels.some((_, index) => at(labels.slice(0, index + 1)) === null) || (isPlain(said) && '$patch' in said)) {
      return [{ path: where(), message: 'cannot be removed: the pods are selected by them' }];
    }
    return Object.entries(isPlain(said) ? said : {}).filter(([label, value]) => label in selector && value !== selector[label]).map(([label]) => ({
      path: where(label), message: 'cannot be patched: the pods are selected by it; to take over a live workload with its selector, use `adopt`',
    }));
  }));
}
