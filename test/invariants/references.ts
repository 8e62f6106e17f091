import { mounts } from '../../src/spec/names';
import { allOf, type Manifest } from '../support/manifests';
import { podsIn } from './workloads';
import type { Container, PodSpec } from '../../src/imports/kubernetes';

type Found = readonly [by: Manifest, what: string, exists: boolean];

/** Everything that an object refers to and that is not there. */
export function referenceProblems(manifests: readonly Manifest[]): string[] {
  const has = (kind: string, name: string | undefined, namespace?: string) => (
    manifests.some(({ kind: other, metadata }) => other === kind && metadata.name === name && metadata.namespace === namespace));
  const pods = podsIn(manifests);
  const services = allOf(manifests, 'Service');
  const found: Found[] = [
    ...manifests.filter(({ metadata }) => metadata.namespace).map((object): Found => [object, `Namespace/${object.metadata.namespace}`, has('Namespace', object.metadata.namespace)]),
    ...allOf(manifests, 'Deployment').flatMap(object => podReferences(object, object.spec.template.spec, manifests, has)),
    ...services.flatMap(object => (object.spec?.ports ?? []).map(({ targetPort }): Found => {
      const target = pods.find(({ name, namespace }) => name === object.metadata.name && namespace === object.metadata.namespace);
      return [object, `port ${targetPort}`, target?.ports.has(String(targetPort)) ?? false];
    })),
    ...allOf(manifests, 'HTTPRoute').flatMap(object => (object.spec?.rules ?? []).flatMap(({ backendRefs }) => backendRefs ?? []).map(({ name, port }): Found => (
      [object, `Service/${name}:${port}`, services.some(({ metadata, spec }) => metadata.name === name && metadata.namespace === object.metadata.namespace && spec?.ports?.some(each => each.port === port))]))),
    ...allOf(manifests, 'ServiceMonitor').flatMap(object => (object.spec.endpoints ?? []).map(({ port }): Found => (
      [object, `port ${port}`, services.some(({ metadata, spec }) => metadata.name === object.metadata.name && spec?.ports?.some(each => each.name === port))]))),
    ...allOf(manifests, 'NetworkPolicy').flatMap(object => (object.spec?.ingress ?? []).flatMap(({ ports }) => ports ?? []).map(({ port }): Found => (
      [object, `pod port ${port}`, pods.some(({ name, ports }) => name === object.metadata.name && [...ports.values()].includes(Number(port)))]))),
  ];
  return found.filter(([, , exists]) => !exists).map(([{ kind, metadata }, what]) => `${kind}/${metadata.name} refers to ${what}, which is not there`);
}

type Has = (kind: string, name: string | undefined, namespace?: string) => boolean;

function podReferences(object: Manifest, spec: PodSpec | undefined, manifests: readonly Manifest[], has: Has): Found[] {
  const { namespace } = object.metadata;
  const volumes = spec?.volumes ?? [];
  const secrets = allOf(manifests, 'ExternalSecret').filter(({ metadata }) => metadata.namespace === namespace);
  return [
    [object, `ServiceAccount/${spec?.serviceAccountName}`, has('ServiceAccount', spec?.serviceAccountName, namespace)],
    [object, `PriorityClass/${spec?.priorityClassName}`, spec?.priorityClassName === undefined || has('PriorityClass', spec.priorityClassName)],
    ...volumes.flatMap(({ configMap, secret }): Found[] => [
      ...(configMap ? [[object, `ConfigMap/${configMap.name}`, has('ConfigMap', configMap.name, namespace)] as const] : []),
      ...(secret ? [[object, `Secret/${secret.secretName}`, secrets.some(each => each.spec?.target?.name === secret.secretName)] as const] : []),
    ]),
    ...(spec?.containers ?? []).flatMap(container => containerReferences(object, container, volumes.map(({ name }) => name))),
    ...secretFiles(object, manifests),
  ];
}

function containerReferences(object: Manifest, { ports, startupProbe, readinessProbe, livenessProbe, volumeMounts }: Container, volumes: readonly string[]): Found[] {
  const probed = [startupProbe, readinessProbe, livenessProbe].flatMap(probe => probe?.httpGet?.port ?? []);
  return [
    ...probed.map((port): Found => [object, `port ${port}`, (ports ?? []).some(({ name, containerPort }) => name === port || containerPort === port)]),
    ...(volumeMounts ?? []).map(({ name }): Found => [object, `volume ${name}`, volumes.includes(name)]),
  ];
}

/** The files of secrets that the process is told of. */
function secretFiles(object: Manifest, manifests: readonly Manifest[]): Found[] {
  const isOf = ({ metadata }: Manifest, name: string) => metadata.name === name && metadata.namespace === object.metadata.namespace;
  const config = allOf(manifests, 'ConfigMap').find(each => isOf(each, `${object.metadata.name}-config`))?.data?.[mounts.configFile] ?? '';
  const there = allOf(manifests, 'ExternalSecret').filter(each => isOf(each, object.metadata.name)).flatMap(({ spec }) => (spec?.data ?? []).map(({ secretKey }) => secretKey));
  return [...config.matchAll(new RegExp(`"${mounts.secrets}/([^"]+)"`, 'g'))].map(([, file]) => [object, `the secret file ${file}`, there.includes(file)]);
}
