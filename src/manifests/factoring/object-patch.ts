import { groupOf } from '../identity';
import { applyOperations, operationsBetween, type Operation } from './json-patch';
import { applyMerge, mergeBetween } from './merge-patch';
import { isSame } from './same';
import { printed, type Fields, type SourceObject } from './source';
import { transformed, type Transformers } from './transformers';

/** One entry of `patches` in a kustomization. */
export interface ObjectPatch {
  /** The object that a JSON patch is for; a merge patch names it itself. */
  readonly target?: Fields;
  /** The patch as YAML. */
  readonly patch: string;
}

/**
 * The shortest patch that makes one object another together with the transformers that run after it.
 *
 * @returns undefined when the transformers do it alone, null when there is no such patch.
 */
export function objectPatch(from: SourceObject, to: SourceObject, transformers: Transformers): ObjectPatch | undefined | null {
  const after = transformed(from, transformers);
  if (isSame(after, to)) return undefined;
  const reaches = (patched: Fields | undefined) => patched !== undefined && isSame(transformed(patched as SourceObject, transformers), to);
  // What the transformers do need not be patched, unless they do it only to an object that was patched before.
  const operations = [operationsBetween(after, to), operationsBetween(from, to)].find(each => reaches(applyOperations(from, each)));
  if (operations === undefined) return null;
  const json = jsonPatch(from, operations);
  const merges = [mergeBetween(after, to), mergeBetween(from, to)].filter(each => each !== undefined);
  const merge = merges.find(each => !movesAway(each) && reaches(applyMerge(from, each)));
  const strategic = merge && mergePatch(from, merge);
  return strategic && lengthOf(strategic) <= lengthOf(json) ? strategic : json;
}

/** A merge patch finds its object by the namespace, and so cannot change it. */
const movesAway = ({ metadata }: Fields) => 'namespace' in (Object(metadata) as Fields);

/** How many characters a patch takes in a kustomization. */
export const lengthOf = ({ target, patch }: ObjectPatch) => patch.length + (target ? printed(target).length : 0);

/** The patch that leaves an object out. */
export function deletion({ apiVersion, kind, metadata: { name, namespace } }: SourceObject): ObjectPatch {
  return { patch: printed({ $patch: 'delete', apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }) };
}

function jsonPatch({ apiVersion, kind, metadata: { name, namespace } }: SourceObject, operations: readonly Operation[]): ObjectPatch {
  const group = groupOf(apiVersion);
  return {
    target: {
      ...(group ? { group } : {}), version: apiVersion.slice(apiVersion.indexOf('/') + 1), kind,
      // A target's name is a pattern.
      name: name.replace(/[^\w-]/g, '\\$&'), ...(namespace === undefined ? {} : { namespace }),
    },
    patch: printed(operations.map(operation => (operation.op === 'remove' || !endsInBlock(operation.value) ? operation : { op: operation.op, value: operation.value, path: operation.path }))),
  };
}

function mergePatch({ apiVersion, kind, metadata: { name, namespace } }: SourceObject, { metadata, ...fields }: Fields): ObjectPatch {
  const identity = { name, ...(namespace === undefined ? {} : { namespace }) };
  const said = { metadata: { ...Object(metadata) as Fields, ...identity } };
  return { patch: printed(endsInBlock(fields) ? { apiVersion, kind, ...fields, ...said } : { apiVersion, kind, ...said, ...fields }) };
}

/** Kustomize takes the last line break off a patch, which must not be one of a text of several lines. */
function endsInBlock(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\n');
  return typeof value === 'object' && value !== null && endsInBlock(Object.values(value).at(-1));
}
