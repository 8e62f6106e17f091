import { isKnownKind } from '../../manifests/schema';
import { isAtLeast, kubernetesVersions, kubernetesVersionSchema, type KubernetesVersion } from '../../spec/kubernetes-version';
import { hostSchema } from '../../spec/syntax';
import { commonest } from './group';
import { strictlyRead } from './strict';
import { at, fieldsAt, listAt, textAt, type Fields } from './value';
import type { SourceObject } from './source';

const newest: KubernetesVersion = kubernetesVersions[kubernetesVersions.length - 1];

/** The version of Kubernetes that manifests are written for, and where it is told. */
export interface ToldVersion {
  readonly version: KubernetesVersion;
  /** Why this one, in words, where the manifests do not tell it for sure. */
  readonly assumed?: string;
}

/**
 * The version that the namespace's Pod Security labels pin, else the newest that serves the most of the API versions.
 *
 * @param checked those of the objects that an older version must not refuse.
 */
export function kubernetesOf(objects: readonly SourceObject[], checked: readonly SourceObject[]): ToldVersion {
  const pinned = objects.filter(({ object }) => object.kind === 'Namespace').flatMap(({ object }) => Object.entries(fieldsAt(object, 'metadata', 'labels')))
    .filter(([label]) => /^pod-security\.kubernetes\.io\/[a-z]+-version$/.test(label))
    .map(([, version]) => kubernetesVersionSchema.safeParse(String(version).replace(/^v/, '')).data);
  const told = pinned.find(version => version !== undefined);
  const problems = (version: KubernetesVersion) => strictlyRead(checked, version).refused.length;
  if (told !== undefined) {
    // The labels may be older than what uses them.
    return told === newest || problems(told) <= problems(newest) ? { version: told }
      : { version: newest, assumed: `the namespace says ${told}, which does not know all that is used` };
  }
  const kinds = objects.map(({ object }) => [String(object.apiVersion), String(object.kind)] as const);
  const known = (version: KubernetesVersion) => kinds.filter(([apiVersion, kind]) => isKnownKind(apiVersion, kind, version)).length;
  const most = Math.max(...kubernetesVersions.map(known));
  const served = [...kubernetesVersions].reverse().find(version => known(version) === most) ?? newest;
  return served === newest || problems(served) > problems(newest)
    ? { version: newest, assumed: 'no manifest tells it' }
    : { version: served, assumed: 'it is the newest that serves every API version that is used' };
}

/** Whether a version that manifests are read by knows containers that run beside the service. */
export const knowsSidecars = (version: unknown) => {
  const { data } = kubernetesVersionSchema.safeParse(version);
  return data !== undefined && isAtLeast(data, '1.29');
};

/** The domain that most of the host names of routes and ingresses are in. */
export function domainOf(objects: readonly Fields[]): string | undefined {
  const hosts = objects.flatMap(object => [
    ...object.kind === 'Ingress' ? listAt(object, 'spec', 'rules').map(rule => textAt(rule, 'host')) : [],
    ...['HTTPRoute', 'GRPCRoute', 'TLSRoute'].includes(String(object.kind)) && Array.isArray(at(object, 'spec', 'hostnames')) ? at(object, 'spec', 'hostnames') as unknown[] : [],
  ]);
  const domains = hosts.flatMap(host => (typeof host === 'string' && host.split('.').length > 2 ? [host.slice(host.indexOf('.') + 1)] : []));
  return commonest(domains.filter(domain => hostSchema.max(202).safeParse(domain).success));
}
