import { printed } from '../../manifests/factoring/source';
import type { Component, Layer, Overlay } from '../../manifests/factoring/factor';

const apiVersion = 'kustomize.config.k8s.io/v1beta1';

/** @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export function baseKustomization(files: Iterable<string>): string {
  return printed({ apiVersion, kind: 'Kustomization', resources: [...files].sort() });
}

/** @see https://kubectl.docs.kubernetes.io/guides/config_management/components/ */
export function componentKustomization(component: Component): string {
  return printed({ apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', ...layerFields([], component) });
}

/** @param hasBase whether there is something that every environment has. */
export function overlayKustomization({ components, transformers, ...layer }: Overlay, hasBase: boolean): string {
  const { namespace, labels, replicas, images } = transformers;
  return printed({
    apiVersion, kind: 'Kustomization',
    ...layerFields(hasBase ? ['../../base'] : [], layer, components.map(name => `../../components/${name}`)),
    ...(namespace === undefined ? {} : { namespace }),
    // Selectors stay as they are: a cluster refuses to change them.
    ...(labels ? { labels: [{ pairs: labels, includeSelectors: false }] } : {}),
    ...(replicas.length ? { replicas } : {}),
    ...(images.length ? { images } : {}),
  });
}

function layerFields(below: readonly string[], { files, patches }: Layer, components: readonly string[] = []): Readonly<Record<string, unknown>> {
  const resources = [...below, ...[...files.keys()].sort()];
  return { ...(resources.length ? { resources } : {}), ...(components.length ? { components } : {}), ...(patches.length ? { patches } : {}) };
}
