import { objectsIn } from '../manifests/object-set';
import type { Sources } from '../manifests/factoring/source';
import { printed } from '../manifests/factoring/source';
import { guardedKinds } from '../manifests/upgrade';
import { guardedPartOf } from '../manifests/upgrade/guarded-part';
import { readYaml } from '../manifests/yaml-documents';

/**
 * Begins the names of files that say what a cluster holds fast, where manifests themselves are patches or templates and do not say it.
 * They have no extension, so that tools that read every manifest of a folder pass them over.
 */
export const guardedFile = '.marty-guarded';

const heading = '# What changes of the objects are judged by. Removing this file says that a change is meant.\n';
const mayBeGuarded = new RegExp(`^kind: (?:${[...guardedKinds, 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'ScaledObject'].join('|')})$`, 'm');

/** Parts of files whose text several environments have. */
export type KnownParts = Map<string, string>;

/** The guarded parts of an environment's objects as text; undefined where there are none. */
export function guardedTextOf(sources: Sources, known: KnownParts): string | undefined {
  const parts = [...sources.values()].filter(({ text }) => mayBeGuarded.test(text)).map(({ text, object }) => {
    const part = known.get(text) ?? partsOf(text, object).map(each => `---\n${printed(each)}`).join('');
    known.set(text, part);
    return part;
  }).join('');
  return parts && heading + parts;
}

function partsOf(text: string, object: unknown): unknown[] {
  const values = object ? [object] : readYaml(text).documents.map(({ value }) => value);
  return objectsIn(values).flatMap(each => guardedPartOf(each) ?? []);
}
