import { at } from './_at';
import { canonicalOf } from './canonical';
import { isSame } from './difference';
import { groupOf, type Identified } from './identity';
import { lostKafka } from './upgrade/lost-kafka';
import type { UpgradeProblem } from './upgrade';

type Kept = Identified & Readonly<Record<string, unknown>>;

/** An object that vanishes, and why its data are lost. */
export interface LostData extends UpgradeProblem { readonly object: Identified }

/**
 * Changes that lose data: something that keeps data vanishes, and something like it appears under another name or in another namespace, empty;
 * or what had claims of its own becomes a workload of another kind, which finds none of them; or a Kafka goes, or a topic that an operator
 * deletes with its object.
 *
 * @param removed objects that are there and are not to be any more.
 * @param added objects that are to be there and are not yet.
 */
export function lostData(removed: readonly Identified[], added: readonly Identified[]): LostData[] {
  const taken = new Set<Identified>();
  return [...lostKafka(removed, added), ...removed.filter(keepsData).flatMap(object => {
    const heir = added.find(other => !taken.has(other) && other.kind === object.kind && isHeir(object as Kept, other as Kept));
    const successor = heir ? undefined : added.find(other => succeeds(object, other));
    if (successor) {
      return [{
        object, path: 'kind', message: `is ${successor.kind}, was ${object.kind}: the claims that each of its replicas has are not those of the new one, which begins empty`,
        remedy: 'keep the kind; or let both stand under two names, move the data, and remove the old one then',
      }];
    }
    if (!heir) return [];
    taken.add(heir);
    const name = ({ metadata }: Identified) => [metadata.namespace, metadata.name].filter(Boolean).join('/');
    return [{
      object, path: 'metadata.name', message: `is ${name(heir)}, was ${name(object)}: the new one begins empty, and what the old one keeps is lost when it is pruned`,
      remedy: 'keep the name; or let both stand, move the data, and remove the old one then',
    }];
  })];
}

function keepsData(object: Identified): boolean {
  const kind = `${groupOf(object.apiVersion)}/${object.kind}`;
  const claims = at(object, 'spec', 'volumeClaimTemplates');
  return kind === '/PersistentVolumeClaim' || (kind === 'apps/StatefulSet' && Array.isArray(claims) && claims.length > 0);
}

/** A workload of another kind in the place of one that has claims of its own. */
function succeeds({ kind, metadata }: Identified, other: Identified): boolean {
  return kind === 'StatefulSet' && ['Deployment', 'DaemonSet'].includes(other.kind)
    && other.metadata.name === metadata.name && other.metadata.namespace === metadata.namespace;
}

/** Moved to another namespace, or renamed there: what it asks for, or what it runs, is the same. */
function isHeir(object: Kept, other: Kept): boolean {
  if (object.metadata.name === other.metadata.name) return true;
  if (object.metadata.namespace !== other.metadata.namespace) return false;
  const [one, two] = [canonicalOf(object), canonicalOf(other)];
  if (object.kind === 'PersistentVolumeClaim') return isSame(one.spec, two.spec);
  return isSame(imagesOf(one), imagesOf(two)) || isSame(at(one, 'spec', 'volumeClaimTemplates'), at(two, 'spec', 'volumeClaimTemplates'));
}

/** What a workload runs, in whatever version. */
function imagesOf(workload: unknown): string[] {
  const containers = at(workload, 'spec', 'template', 'spec', 'containers');
  return (Array.isArray(containers) ? containers as unknown[] : []).map(container => repositoryOf(at(container, 'image'))).sort();
}

/** An image, in whatever version. */
export const repositoryOf = (image: unknown) => String(image).replace(/@.*$|:[^/:@]*$/g, '');
