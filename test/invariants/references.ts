import { mounts } from '../../src/spec/names';
import { allOf, type Manifest } from '../support/manifests';
import { aboutOf, labelsIn, matches, podsIn, workloadsIn, type Labels, type Workload } from './workloads';
import type { Container, NetworkPolicy } from '../../src/imports/kubernetes';

type Found = readonly [by: Manifest, what: string, exists: boolean];

/**
 * Everything that an object refers to and that is not there.
 *
 * @param existing what a description says is there without us.
 */
export function referenceProblems(manifests: readonly Manifest[], existing: readonly string[] = []): string[] {
  const has = (kind: string, name: string | undefined, namespace?: string) => (
    manifests.some(({ kind: other, metadata }) => other === kind && metadata.name === name && metadata.namespace === namespace));
  const pods = podsIn(manifests);
  const meshPorts = meshPortsIn(manifests);
  const services = allOf(manifests, 'Service');
  const found: Found[] = [
    ...manifests.filter(isOurs).filter(({ metadata }) => metadata.namespace).map((object): Found => [object, `Namespace/${object.metadata.namespace}`, has('Namespace', object.metadata.namespace)]),
    ...workloadsIn(manifests).flatMap(workload => podReferences(workload, manifests, has)),
    ...services.flatMap(object => (object.spec?.ports ?? []).map(({ targetPort }): Found => {
      const target = pods.find(each => (
        each.namespace === object.metadata.namespace && (each.about === aboutOf(object) || isPart(object.spec?.selector ?? {}, each))));
      return [object, `port ${targetPort}`, target?.ports.has(String(targetPort)) ?? false];
    })),
    ...backendsOf(manifests).map(({ object, name, port }): Found => (
      [object, `Service/${name}:${port}`, services.some(({ metadata, spec }) => metadata.name === name && metadata.namespace === object.metadata.namespace && spec?.ports?.some(each => each.port === port))])),
    ...[...allOf(manifests, 'HTTPRoute'), ...allOf(manifests, 'GRPCRoute'), ...allOf(manifests, 'TLSRoute')].flatMap(object => (object.spec?.parentRefs ?? [])
      .filter(({ kind }) => kind === 'ListenerSet').map(({ name }): Found => [object, `ListenerSet/${name}`, has('ListenerSet', name, object.metadata.namespace)])),
    ...shownCertificates(manifests).map(({ object, name }): Found => (
      [object, `Certificate/${name}`, allOf(manifests, 'Certificate').some(({ metadata, spec }) => spec?.secretName === name && metadata.namespace === object.metadata.namespace)])),
    ...allOf(manifests, 'ServiceMonitor').flatMap(object => (object.spec.endpoints ?? []).map(({ port }): Found => (
      [object, `port ${port}`, services.some(each => aboutOf(each) === aboutOf(object) && each.spec?.ports?.some(({ name }) => name === port))]))),
    ...allOf(manifests, 'NetworkPolicy').filter(isAboutPodsOfOurs).flatMap(object => (object.spec?.ingress ?? []).flatMap(({ ports }) => ports ?? []).map(({ port }): Found => (
      [object, `pod port ${port}`, meshPorts.has(Number(port)) || pods.some(each => (each.about === aboutOf(object) || isPart(labelsIn(object.spec?.podSelector), each)) && [...each.ports.values()].includes(Number(port)))]))),
  ];
  const isMissing = ([, what, exists]: Found) => !exists && !existing.some(name => what === `ConfigMap/${name}` || what === `Secret/${name}`);
  return found.filter(isMissing).map(([{ kind, metadata }, what]) => `${kind}/${metadata.name} refers to ${what}, which is not there`);
}

/** The ports that a mesh opens in the pods that it takes in, by what it takes them in by. */
const meshPortsBy: Readonly<Record<string, readonly number[]>> = {
  'istio-injection': [15020], 'istio.io/rev': [15020], 'istio.io/dataplane-mode': [15008], 'linkerd.io/inject': [4143, 4191],
};

function meshPortsIn(manifests: readonly Manifest[]): ReadonlySet<number> {
  const marks = allOf(manifests, 'Namespace').flatMap(({ metadata }) => Object.keys({ ...metadata.labels, ...metadata.annotations }));
  return new Set(marks.flatMap(mark => meshPortsBy[mark] ?? []));
}

/** cert-manager's own pods come and go without us. */
const isAboutPodsOfOurs = ({ spec }: NetworkPolicy) => !('acme.cert-manager.io/http01-solver' in (spec?.podSelector?.matchLabels ?? {}));

interface Backends { readonly backendRefs?: readonly { name: string; port?: number }[] }

/** What routes and Ingress objects lead to. */
function backendsOf(manifests: readonly Manifest[]): { object: Manifest; name?: string; port?: number }[] {
  const routes = [...allOf(manifests, 'HTTPRoute'), ...allOf(manifests, 'GRPCRoute'), ...allOf(manifests, 'TLSRoute')];
  return [
    ...routes.flatMap(object => (object.spec?.rules ?? []).flatMap((rule: Backends) => rule.backendRefs ?? [])
      .map(({ name, port }) => ({ object, name, port }))),
    ...allOf(manifests, 'Ingress').flatMap(object => (object.spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? [])
      .map(({ backend: { service } }) => ({ object, name: service?.name, port: service?.port?.number }))),
  ];
}

/** The Secrets with certificates that Ingress objects and listeners show. */
function shownCertificates(manifests: readonly Manifest[]): { object: Manifest; name: string }[] {
  return [
    ...allOf(manifests, 'Ingress').flatMap(object => (object.spec?.tls ?? []).flatMap(({ secretName }) => (secretName === undefined ? [] : { object, name: secretName }))),
    ...allOf(manifests, 'ListenerSet').flatMap(object => object.spec.listeners.flatMap(({ tls }) => tls?.certificateRefs ?? []).map(({ name }) => ({ object, name }))),
  ];
}

/** Whether a Service of a Kafka leads to pods; those of one node are chosen by the name of the pod. */
const isPart = (selector: Labels, { name, labels }: { readonly name: string; readonly labels: Labels }) => (
  selector['statefulset.kubernetes.io/pod-name']?.startsWith(`${name}-`) || ('app.kubernetes.io/component' in selector && matches(selector, labels)));

/** Whether we say where it is; objects that users wrote whole may go anywhere. */
const isOurs = ({ metadata }: Manifest) => metadata.labels?.['app.kubernetes.io/managed-by'] === 'marty-msf';

type Has = (kind: string, name: string | undefined, namespace?: string) => boolean;

function podReferences(workload: Workload, manifests: readonly Manifest[], has: Has): Found[] {
  const { object, template: { spec }, claims } = workload;
  const { namespace } = object.metadata;
  const volumes = spec?.volumes ?? [];
  const secrets = allOf(manifests, 'ExternalSecret').filter(({ metadata }) => metadata.namespace === namespace);
  const signed = allOf(manifests, 'Certificate').filter(({ metadata }) => metadata.namespace === namespace).map(each => each.spec?.secretName);
  return [
    [object, `ServiceAccount/${spec?.serviceAccountName}`, has('ServiceAccount', spec?.serviceAccountName, namespace)],
    [object, `PriorityClass/${spec?.priorityClassName}`, spec?.priorityClassName === undefined || has('PriorityClass', spec.priorityClassName)],
    ...volumes.flatMap(({ configMap, secret }): Found[] => [
      ...(configMap ? [[object, `ConfigMap/${configMap.name}`, has('ConfigMap', configMap.name, namespace)] as const] : []),
      ...(secret && !secret.optional ? [[object, `Secret/${secret.secretName}`, secrets.some(each => each.spec?.target?.name === secret.secretName) || signed.includes(secret.secretName)] as const] : []),
    ]),
    ...(spec?.containers ?? []).flatMap(container => containerReferences(object, container, [...volumes.map(({ name }) => name), ...claims])),
    ...secretFiles(workload, manifests),
  ];
}

function containerReferences(object: Manifest, container: Container, volumes: readonly string[]): Found[] {
  const { ports, startupProbe, readinessProbe, livenessProbe, volumeMounts } = container;
  const probed = [startupProbe, readinessProbe, livenessProbe].flatMap(probe => probe?.httpGet?.port ?? []);
  return [
    ...probed.map((port): Found => [object, `port ${port}`, (ports ?? []).some(({ name, containerPort }) => name === port || containerPort === port)]),
    ...(volumeMounts ?? []).map(({ name }): Found => [object, `volume ${name}`, volumes.includes(name)]),
  ];
}

/** The files of secrets that the process is told of. */
function secretFiles({ object, template: { spec } }: Workload, manifests: readonly Manifest[]): Found[] {
  const { namespace } = object.metadata;
  const volume = (name: string) => spec?.volumes?.find(each => each.name === name);
  const config = allOf(manifests, 'ConfigMap').find(({ metadata }) => metadata.namespace === namespace && metadata.name === volume('config')?.configMap?.name);
  const secrets = allOf(manifests, 'ExternalSecret').filter(each => each.metadata.namespace === namespace && each.spec?.target?.name === volume('secrets')?.secret?.secretName);
  const there = secrets.flatMap(each => (each.spec?.data ?? []).map(({ secretKey }) => secretKey));
  // A Secret that nobody here makes is a reference of its own.
  if (secrets.length === 0) return [];
  const told = (config?.data?.[mounts.configFile] ?? '').matchAll(new RegExp(`"${mounts.secrets}/([^"]+)"`, 'g'));
  return [...told].map(([, file]) => [object, `the secret file ${file}`, there.includes(file)]);
}
