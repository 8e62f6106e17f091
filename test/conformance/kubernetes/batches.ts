import { identityOf, type KubernetesObject, type Manifest } from './manifest';

/** What is in the way of another: an object, for those whose names alone meet, or the place that it is in. */
export type KeyOf = (object: KubernetesObject) => string;

export const byIdentity: KeyOf = identityOf;

/** The namespace that an object is in or is; what is in none stands for itself. */
export const byNamespace: KeyOf = object => object.metadata.namespace ?? (object.kind === 'Namespace' ? object.metadata.name : identityOf(object));

/** Sets of manifests that nothing of one another is in the way of, put together: a server is asked about all of them at once. */
export function batchesOf<T extends { readonly manifests: readonly Manifest[] }>(sets: readonly T[], keyOf: KeyOf): T[][] {
  const batches: { readonly sets: T[]; readonly keys: Set<string> }[] = [];
  for (const set of sets) {
    const keys = new Set(set.manifests.map(({ object }) => keyOf(object)));
    const batch = batches.find(each => [...keys].every(key => !each.keys.has(key)));
    if (batch) {
      batch.sets.push(set);
      keys.forEach(key => batch.keys.add(key));
    } else {
      batches.push({ sets: [set], keys });
    }
  }
  return batches.map(batch => batch.sets);
}
