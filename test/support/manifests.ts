import { ApiObject, App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { PlatformChart, type PlatformChartProps as Props } from '../../src/charts';
import { render } from '../../src/synth/render';
import type { MicroserviceSpec, Releases } from '../../src/spec';
import type { CiliumNetworkPolicy } from '../../src/imports/cilium';
import type { ExternalSecret } from '../../src/imports/external-secrets';
import type { Certificate } from '../../src/imports/cert-manager';
import type { GRPCRoute, HTTPRoute, ListenerSet, TLSRoute } from '../../src/imports/gateway';
import type { ScaledObject } from '../../src/imports/keda';
import type * as kubernetes from '../../src/imports/kubernetes';
import type { PodMonitor, ServiceMonitor } from '../../src/imports/monitoring';

/** The kinds that are rendered, and what each looks like. */
interface Kinds {
  Certificate: Certificate;
  CiliumNetworkPolicy: CiliumNetworkPolicy;
  ConfigMap: kubernetes.ConfigMap;
  CronJob: kubernetes.CronJob;
  DaemonSet: kubernetes.DaemonSet;
  Deployment: kubernetes.Deployment;
  ExternalSecret: ExternalSecret;
  GRPCRoute: GRPCRoute;
  HTTPRoute: HTTPRoute;
  Ingress: kubernetes.Ingress;
  ListenerSet: ListenerSet;
  TLSRoute: TLSRoute;
  HorizontalPodAutoscaler: kubernetes.HorizontalPodAutoscaler;
  Job: kubernetes.Job;
  LimitRange: kubernetes.LimitRange;
  Namespace: kubernetes.Namespace;
  NetworkPolicy: kubernetes.NetworkPolicy;
  PersistentVolumeClaim: kubernetes.PersistentVolumeClaim;
  PodDisruptionBudget: kubernetes.PodDisruptionBudget;
  PodMonitor: PodMonitor;
  PriorityClass: kubernetes.PriorityClass;
  ResourceQuota: kubernetes.ResourceQuota;
  ScaledObject: ScaledObject;
  Service: kubernetes.Service;
  ServiceAccount: kubernetes.ServiceAccount;
  ServiceMonitor: ServiceMonitor;
  StatefulSet: kubernetes.StatefulSet;
}

/** One object as it stands in its file. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
}

/** The objects of an app. */
export interface Rendered {
  readonly manifests: readonly Manifest[];
  /** The text of all files, in the order of their names; refused when the app is wrong. */
  text(): string;
}

/** The version 1.0.0 of every service. */
export function releasesOf(services: readonly MicroserviceSpec[]): Releases {
  return Object.fromEntries(services.map(({ name }) => [name, '1.0.0']));
}

/** Renders services in one environment, through everything but the disk. */
export function renderPlatform(services: readonly MicroserviceSpec[], environment: string, releases: Props['releases'] = releasesOf(services)): Rendered {
  const app = new App();
  new PlatformChart(app, environment, { environment, services, releases });
  return renderApp(app);
}

/** Renders an app. */
export function renderApp(app: App): Rendered {
  return {
    manifests: app.node.findAll().filter(construct => ApiObject.isApiObject(construct)).map(object => object.toJson() as Manifest),
    text: () => render(app).sort((a, b) => (`${a.folder}/${a.file}` < `${b.folder}/${b.file}` ? -1 : 1))
      .map(({ folder, file, text }) => `--- # ${folder}/${file}\n${text}`).join(''),
  };
}

/** The objects of one chart that `build` fills, read back from the text of their files. */
export function renderChart(build: (chart: Chart) => void): readonly Manifest[] {
  const app = new App();
  build(new Chart(app, 'test'));
  return manifestsIn(renderApp(app).text());
}

/** The objects that a text of several documents holds. */
export function manifestsIn(text: string): Manifest[] {
  return parseAllDocuments(text).map(document => document.toJS() as Manifest);
}

/** What there is, as `Kind/name`, sorted. */
export function inventoryOf(manifests: readonly Manifest[]): string[] {
  return manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
}

/** Every object of a kind. */
export function allOf<K extends keyof Kinds>(manifests: readonly Manifest[], kind: K): (Kinds[K] & Manifest)[] {
  return manifests.filter(manifest => manifest.kind === kind) as (Kinds[K] & Manifest)[];
}

/** The object of a kind, and of a name where there are several; fails when there is not exactly one. */
export function oneOf<K extends keyof Kinds>(manifests: readonly Manifest[], kind: K, name?: string): Kinds[K] & Manifest {
  const found = allOf(manifests, kind).filter(({ metadata }) => name === undefined || metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} objects ${kind}/${name ?? '*'}, expected one`);
  return found[0];
}
