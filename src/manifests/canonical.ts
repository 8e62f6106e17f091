import { canonicalFields, textOf } from './_canonical-fields';
import { isFields } from './_list-keys';
import { rootPlace } from './_schema-walk';

export { canonicalQuantity } from './_quantity';

type Fields = Readonly<Record<string, unknown>>;

export interface CanonicalOptions {
  /** The namespace that objects are applied to when they name none. @default - none: an object without a namespace stays without one */
  readonly namespace?: string;
}

/**
 * What an object means to an API server, in one form, so that two manifests that say the same are equal: quantities and ports as numbers,
 * lists in the order of their keys, and without what is empty, what the server writes anyway, or what only the cluster writes.
 * Of a kind whose schema is not known, only the metadata is understood; everything else is taken as it is.
 */
export function canonicalOf(object: Fields, { namespace }: CanonicalOptions = {}): Fields {
  const { status: _, ...rest } = object;
  const canonical = canonicalFields(rootPlace(object), rest);
  const metadata = isFields(canonical.metadata) ? canonical.metadata : {};
  return namespace !== undefined && metadata.namespace === namespace
    ? { ...canonical, metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== 'namespace')) }
    : canonical;
}

/** Whether two objects mean the same to an API server. */
export function isSameObject(one: Fields, other: Fields, options: CanonicalOptions = {}): boolean {
  return textOf(canonicalOf(one, options)) === textOf(canonicalOf(other, options));
}
