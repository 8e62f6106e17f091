import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MartyError, type Problem } from '../errors';
import { blockedDrains } from '../manifests/blocked-drain';
import { keyOf } from '../manifests/identity';
import { lostData } from '../manifests/lost-data';
import { objectsIn, type SetObject } from '../manifests/object-set';
import { guardedKinds, upgradeProblems } from '../manifests/upgrade';
import { readYaml } from '../manifests/yaml-documents';

/** One file of a plan, as much of it as is looked at. */
interface Planned { readonly folder: string; readonly file: string; readonly action: string; readonly text?: string }

/** One file that changes, with what it held and is to hold. */
interface FileChange { readonly path: string; readonly folder: string; readonly before: readonly SetObject[]; readonly after: readonly SetObject[] }

/**
 * Holds what is to be written against what stands in the output folder. To say that a change is meant, a user removes the file that is there.
 *
 * @param environmentOf the environment that a file is about; undefined where it is not to be judged. Each is judged by itself: what goes in one
 * is not what comes in another.
 * @throws UPGRADE_REFUSED when a cluster would refuse the change of an object, or lose data by it, or could not drain its nodes any more.
 */
export function checkUpgrades<File extends Planned>(
  outdir: string, changes: readonly File[], environmentOf: (file: File) => string | undefined,
): void {
  const environments = new Map<string, File[]>();
  for (const change of changes) {
    const environment = environmentOf(change);
    if (environment === undefined) continue;
    const group = environments.get(environment);
    if (group) group.push(change);
    else environments.set(environment, [change]);
  }
  const problems = [...environments.values()].flatMap(inside => problemsOfEnvironment(outdir, inside));
  if (problems.length) throw new MartyError('UPGRADE_REFUSED', `nothing was written to ${outdir}, since a cluster cannot follow:`, { problems });
}

function problemsOfEnvironment(outdir: string, changes: readonly Planned[]): Problem[] {
  const watched = changes.filter(({ action }) => action !== 'keep').flatMap(({ folder, file, action, text }): FileChange[] => {
    const path = join(outdir, folder, file);
    const old = textAt(path);
    const fresh = action === 'write' ? text ?? '' : '';
    return isWatched(old, fresh) ? [{ path, folder, before: objectsOf(old), after: objectsOf(fresh) }] : [];
  });
  return [...watched.flatMap(frozenProblems), ...lossProblems(watched), ...drainProblems(outdir, watched, changes)];
}

function frozenProblems({ path, before, after }: FileChange): Problem[] {
  const old = new Map(before.map(object => [keyOf(object), object]));
  return after.flatMap(object => {
    const was = old.get(keyOf(object));
    return (was ? upgradeProblems(was, object) : []).map(problem => (
      { path, message: [`${problem.path} ${problem.message}`, problem.remedy, ...(problem.never ? [] : [meant])].join('; ') }));
  });
}

/** What vanishes is looked for among what appears in the whole environment: a service that is renamed has another folder, too. */
function lossProblems(changes: readonly FileChange[]): Problem[] {
  const keys = (side: 'before' | 'after') => new Set(changes.flatMap(change => change[side].map(keyOf)));
  const [old, fresh] = [keys('before'), keys('after')];
  const removed = changes.flatMap(({ path, before }) => before.filter(object => !fresh.has(keyOf(object))).map(object => ({ path, object })));
  const added = changes.flatMap(({ after }) => after.filter(object => !old.has(keyOf(object))));
  const pathOf = new Map(removed.map(({ path, object }) => [object as unknown, path]));
  return lostData(removed.map(({ object }) => object), added).map(({ object, path, message, remedy }) => ({
    path: pathOf.get(object) ?? '', message: `${path} ${message}; ${remedy}; ${meant}`,
  }));
}

/** Budgets that block a drain and did not before; what a budget is about stands in its folder. */
function drainProblems(outdir: string, watched: readonly FileChange[], changes: readonly Planned[]): Problem[] {
  const folders = new Set(watched.filter(({ before, after }) => [...before, ...after].some(isDisruption)).map(({ folder }) => folder));
  return [...folders].flatMap(folder => {
    const inside = changes.filter(change => change.folder === folder);
    const before = inside.flatMap(({ file }) => objectsOf(textAt(join(outdir, folder, file))));
    const after = inside.flatMap(({ file, action, text }) => objectsOf(action === 'remove' ? '' : action === 'write' ? text ?? '' : textAt(join(outdir, folder, file))));
    // What is written for the first time changes nothing that runs.
    if (before.length === 0) return [];
    const known = new Set(blockedDrains(before).map(({ object }) => keyOf(object)));
    return blockedDrains(after).filter(({ object }) => !known.has(keyOf(object)))
      .map(({ object, path, message, remedy }) => ({ path: join(outdir, folder), message: `PodDisruptionBudget ${object.metadata.name}: ${path} ${message}; ${remedy}` }));
  });
}

const isDisruption = ({ kind }: SetObject) => kind === 'PodDisruptionBudget' || kind === 'Deployment' || kind === 'StatefulSet';

const meant = 'when that is done, remove this file and run it again';
const textAt = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** Of what was not there before, only that is looked at which may take the place of something that keeps data. */
function isWatched(old: string, fresh: string): boolean {
  return mayBeGuarded(old) || (old === '' ? /^kind: (?:PersistentVolumeClaim|StatefulSet|Deployment|DaemonSet)$/m.test(fresh) : mayBeGuarded(fresh));
}

/** As the lines of a file tell, so that only few are read as YAML. */
function mayBeGuarded(text: string): boolean {
  return [...text.matchAll(/^kind: (\S+)$/gm)].some(([, kind]) => guardedKinds.has(kind) || kind === 'PodDisruptionBudget');
}

/** What somebody broke by hand cannot be compared, and is about to be replaced. */
const objectsOf = (text: string) => (text ? objectsIn(readYaml(text).documents.map(({ value }) => value)) : []);
