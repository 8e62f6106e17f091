import { nameOf } from './object-index';
import type { Fate } from './residual';
import type { SourceObject } from './source';
import type { Dropped } from './strict';
import type { Fields } from './value';

/** What became of one object that was read. */
export interface Account {
  readonly object: string;
  /** The file, and the line where it begins. */
  readonly place: string;
  /**
   * Whether fields describe it, alone or with a patch; or it stands among the objects of a service, belongs to the platform, or is not imported.
   */
  readonly as: 'described' | 'patched' | 'object' | 'platform' | 'skipped';
  /** The service that it belongs to. */
  readonly service?: string;
  /** Why it is not imported. */
  readonly reason?: string;
}

interface Outcomes {
  readonly dropped: readonly Dropped[];
  readonly platform: readonly SourceObject[];
  readonly fates: ReadonlyMap<string, Fate>;
  readonly idOf: (object: Fields) => string;
  /** Why an object is not imported of which nothing else is known. */
  readonly otherwise: string;
}

/** What became of every object, in the order in which they were read: none is left out. */
export function accountsOf(objects: readonly SourceObject[], { dropped, platform, fates, idOf, otherwise }: Outcomes): Account[] {
  const reasons = new Map(dropped.map(({ object, reason }) => [object, reason]));
  const shared = new Set(platform.map(({ object }) => idOf(object)));
  return objects.map(({ object, place }): Account => {
    const said = { object: nameOf(object), place };
    const reason = reasons.get(object);
    if (reason !== undefined) return { ...said, as: 'skipped', reason };
    if (shared.has(idOf(object))) return { ...said, as: 'platform' };
    const fate = fates.get(idOf(object));
    return fate ? { ...said, ...fate } : { ...said, as: 'skipped', reason: otherwise };
  });
}
