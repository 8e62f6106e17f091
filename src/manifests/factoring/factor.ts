import { nearestOf } from './nearest';
import { createShares } from './shares';
import { deletion, objectPatch, type ObjectPatch } from './object-patch';
import { isSameIdentity, type Source, type SourceObject, type Sources } from './source';
import { noTransformers, transformersBetween, type Transformers } from './transformers';

/** Files, and patches of files below. */
export interface Layer {
  readonly files: Sources;
  readonly patches: readonly ObjectPatch[];
}

/** What several environments share, and others do not. */
export interface Component extends Layer { readonly name: string }

/** What is particular to an environment. */
export interface Overlay extends Layer {
  /** The names of its components, whose patches come first. */
  readonly components: readonly string[];
  readonly transformers: Transformers;
}

/** Several environments of one service, each said once: base, with components and patches, with the transformers. */
export interface Factored {
  readonly base: Sources;
  readonly components: readonly Component[];
  readonly overlays: ReadonlyMap<string, Overlay>;
}

/** As many characters as deleting an object takes, naming a component in an overlay, and a component by itself. */
const [deleteLength, mentionLength, componentLength] = [110, 30, 120];

/**
 * Writes what several environments have in common once: the environment that is nearest to all is the base, the others patch it in the
 * shortest way that reproduces them exactly.
 *
 * @param environments the files of one service in each environment. Files of one name are about the same object.
 */
export function factored(environments: ReadonlyMap<string, Sources>): Factored {
  const chosen = nearestOf(environments);
  const start: Sources = environments.get(chosen) ?? new Map<string, Source>();
  const transformersFor = ([name, files]: readonly [string, Sources]) => (name === chosen ? noTransformers : transformersBetween(start, files));
  const transformers = new Map([...environments].map(each => [each[0], transformersFor(each)]));
  const shares = createShares([...environments.keys()]);
  const base = new Map<string, Source>();
  for (const file of [...new Set([...environments.values()].flatMap(files => [...files.keys()]))].sort()) {
    const holders = new Map([...environments].flatMap(([name, files]) => {
      const source = files.get(file);
      return source ? [[name, source] as const] : [];
    }));
    const absent = [...environments.keys()].filter(name => !holders.has(name));
    const [first] = holders.values();
    const from = holders.get(chosen) ?? first;
    const patches = patchesTo(from, holders, transformers);
    if (!patches) {
      shares.addFiles(file, holders);
    } else if (holders.has(chosen) && isCheaperInBase(holders.size, absent.length, from)) {
      base.set(file, from);
      shares.addPatches(file, new Map([...patches, ...absent.map(name => [name, deletion(from.object as SourceObject)] as const)]));
    } else {
      shares.addFiles(file, new Map([...holders.keys()].map(name => [name, from])));
      shares.addPatches(file, patches);
    }
  }
  const { components, layers } = shares.divided();
  const overlays = new Map([...layers].map(([name, layer]) => [name, { ...layer, transformers: transformers.get(name) ?? noTransformers }]));
  return { base, components, overlays };
}

/** Whether an object that some environments lack is to be deleted there, rather than added everywhere else. */
function isCheaperInBase(holders: number, absent: number, { object }: Source): boolean {
  if (absent === 0) return true;
  if (holders === 1 || !object) return false;
  return deleteLength * absent <= mentionLength * holders + componentLength / 2;
}

type Patches = Map<string, ObjectPatch>;

/** A patch for each environment that needs one; undefined when one cannot be patched into another, or when patches would be longer than the files. */
function patchesTo(from: Source, holders: Sources, transformers: ReadonlyMap<string, Transformers>): Patches | undefined {
  const patches = new Map<string, ObjectPatch>();
  const known = new Map<string, ObjectPatch | undefined | null>();
  for (const [name, source] of holders) {
    if (source.text === from.text) continue;
    if (!isSameIdentity(from, source)) return undefined;
    const its = transformers.get(name) ?? noTransformers;
    const key = JSON.stringify([source.text, its]);
    const patch = known.has(key) ? known.get(key) : objectPatch(from.object as SourceObject, source.object as SourceObject, its);
    known.set(key, patch);
    if (patch === null || (patch && patch.patch.length > source.text.length)) return undefined;
    if (patch) patches.set(name, patch);
  }
  return patches;
}
