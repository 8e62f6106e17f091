import { gone, mergedFields } from './_merge';
import { rootPlace } from './_schema-walk';

/** What is laid over an object: the fields that change, `null` for those that go. */
export type Patch = Readonly<Record<string, unknown>>;

/**
 * An object with a patch laid over it, as `kubectl patch` does it. Objects merge key by key and `null` removes a key. Lists whose
 * entries the schema tells apart merge entry by entry, in their order: containers, volumes and variables by name, mounts by path, ports by
 * number and protocol or by name; a new entry is appended, `$patch: 'delete'` removes one, and an entry that says nothing but
 * `$patch: 'replace'` replaces the list by the others. Every other list is replaced whole.
 *
 * @returns the new object, which shares nothing with the patch; undefined when the patch says `$patch: 'delete'` of the whole.
 */
export function applyPatch(object: Readonly<Record<string, unknown>>, patch: Patch): Readonly<Record<string, unknown>> | undefined {
  const merged = mergedFields(rootPlace(object), object, patch);
  return merged === gone ? undefined : merged as Readonly<Record<string, unknown>>;
}
