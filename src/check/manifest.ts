import { fieldAt, fieldsOf, itemsAt, textAt, textMapOf } from './value';
import type { Fields, TextMap } from './value';

/** One Kubernetes object, with what every rule asks of it read out once. */
export interface Manifest {
  readonly apiVersion: string;
  /** The API group, `''` for the core group. */
  readonly group: string;
  readonly kind: string;
  /** The namespace as written; `''` when there is none. */
  readonly namespace: string;
  readonly name: string;
  readonly labels: TextMap;
  readonly annotations: TextMap;
  /** The whole object. */
  readonly fields: Fields;
}

/** The group of an `apiVersion`, `''` for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Group and kind as one word: `apps/Deployment`, or only `Service` for the core group. */
export function groupKindOf(object: Pick<Manifest, 'group' | 'kind'>): string {
  return object.group === '' ? object.kind : `${object.group}/${object.kind}`;
}

/** The objects of a set, lists taken apart; whatever has no kind is left out, since no rule could speak about it. */
export function manifestsIn(objects: readonly unknown[]): readonly Manifest[] {
  const seen = new Set<unknown>();
  const found: Manifest[] = [];
  const visit = (value: unknown): void => {
    const kind = textAt(value, 'kind');
    // An alias in YAML can make a list contain itself.
    if (kind === '' || seen.has(value)) return;
    if (kind.endsWith('List') && Array.isArray(fieldAt(value, 'items'))) {
      seen.add(value);
      itemsAt(value, 'items').forEach(visit);
    } else {
      found.push(manifestOf(fieldsOf(value)));
    }
  };
  objects.forEach(visit);
  return found;
}

function manifestOf(fields: Fields): Manifest {
  const apiVersion = textAt(fields, 'apiVersion');
  return {
    apiVersion,
    group: groupOf(apiVersion),
    kind: textAt(fields, 'kind'),
    namespace: textAt(fields, 'metadata.namespace'),
    name: textAt(fields, 'metadata.name'),
    labels: textMapOf(fieldAt(fields, 'metadata.labels')),
    annotations: textMapOf(fieldAt(fields, 'metadata.annotations')),
    fields,
  };
}
