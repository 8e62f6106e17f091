import { fleetsOf, fullFleet } from '../support/arbitrary-fleet';
import { placesIn, type Schema } from '../support/json-schema';

/** A document, and those of its kinds of places that no document before it has. */
export interface Fresh { readonly document: unknown; readonly kinds: ReadonlySet<string> }

/** Generated documents that together have every kind of place; the smaller ones first, since they are checked faster. */
export function covering(schema: Schema): Fresh[] {
  const documents = fleetsOf(1, 400).sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
  return fresh(schema, [...documents, fullFleet()]);
}

/** Documents with the kinds that each adds; those that add none are left out. */
export function fresh(schema: Schema, documents: readonly unknown[]): Fresh[] {
  const seen = new Set<string>();
  return documents.flatMap(document => {
    const kinds = new Set(placesIn(schema, document).map(({ kind }) => kind).filter(kind => !seen.has(kind)));
    kinds.forEach(kind => seen.add(kind));
    return kinds.size ? [{ document, kinds }] : [];
  });
}
