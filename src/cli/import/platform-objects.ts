import { isSameObject } from '../../manifests/canonical';
import { isNamespaced } from '../../manifests/scope';
import { groupOf as apiGroupOf } from '../../manifests/identity';
import { factsOfPlatform } from './platform-facts';
import { idOf, indexOf, nameOf } from './object-index';
import { pathsBetween } from './proof';
import { fieldsAt, listAt, textAt, type Fields } from './value';
import type { SourceObject } from './source';

/** An object that belongs to the platform or to the whole cluster, and what the description of the platform says of it. */
export interface PlatformObject {
  readonly object: string;
  readonly place: string;
  /** Whether the platform renders it so, or another one of its name, or nothing of it, so that it stays beside. */
  readonly as: 'rendered' | 'differently' | 'beside';
  /** What is read from it, and in which ways the rendered one is another one. */
  readonly detail: string[];
}

/** Objects of the platform, and those of its services. */
export interface Parted { readonly platform: readonly SourceObject[]; readonly own: readonly SourceObject[] }

/** Tells what all services of a namespace share, and what belongs to the whole cluster, from what belongs to one service. */
export function parted(objects: readonly SourceObject[]): Parted {
  const defined = new Set(objects.filter(({ object }) => object.kind === 'CustomResourceDefinition' && textAt(object, 'spec', 'scope') === 'Cluster')
    .map(({ object }) => `${String(textAt(object, 'spec', 'group'))}/${String(textAt(object, 'spec', 'names', 'kind'))}`));
  const isShared = ({ object }: SourceObject) => {
    const [apiVersion, kind] = [String(object.apiVersion), String(object.kind)];
    return !isNamespaced(apiVersion, kind) || defined.has(`${apiGroupOf(apiVersion)}/${kind}`) || kind === 'ResourceQuota' || kind === 'LimitRange'
      || (kind === 'NetworkPolicy' && selectsAll(fieldsAt(object, 'spec', 'podSelector')));
  };
  return { platform: objects.filter(isShared), own: objects.filter(each => !isShared(each)) };
}

const selectsAll = (selector: Fields) => Object.keys(fieldsAt(selector, 'matchLabels')).length === 0 && listAt(selector, 'matchExpressions').length === 0;

/** What becomes of the objects of the platform when the platform is rendered. */
export function platformReport(objects: readonly SourceObject[], rendered: readonly Fields[], namespace: string | undefined): PlatformObject[] {
  const there = indexOf(rendered, namespace);
  return objects.map(({ object, place }): PlatformObject => {
    const match = there.get(idOf(object, namespace));
    const read = readFrom(object, namespace);
    if (!match) return { object: nameOf(object), place, as: 'beside', detail: read };
    const same = isSameObject(match, object, { namespace });
    return { object: nameOf(object), place, as: same ? 'rendered' : 'differently', detail: [...read, ...same ? [] : pathsBetween(match, object, namespace).map(path => `differs${path}`)] };
  });
}

function readFrom(object: Fields, namespace: string | undefined): string[] {
  const told = { ResourceQuota: 'the quota', LimitRange: 'the defaults of containers', NetworkPolicy: 'what all pods may reach' }[String(object.kind)];
  const isPinned = object.kind === 'Namespace' && Object.keys(fieldsAt(object, 'metadata', 'labels')).some(label => /^pod-security\.kubernetes\.io\/[a-z]+-version$/.test(label));
  if (isPinned) return ['the version of Kubernetes is read from it'];
  return told !== undefined && Object.keys(factsOfPlatform([{ object, place: '' }], namespace)).length ? [`${told} of the environment ${told.endsWith('s') ? 'are' : 'is'} read from it`] : [];
}

/** What the platform renders that was not read. */
export function renderedBesides(objects: readonly SourceObject[], rendered: readonly Fields[], namespace: string | undefined): string[] {
  const read = indexOf(objects.map(({ object }) => object), namespace);
  return rendered.filter(object => !read.has(idOf(object, namespace))).map(nameOf);
}
