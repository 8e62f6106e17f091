import type { Construct } from 'constructs';
import { applyPatch, type Patch } from '../manifests/patch';
import { inOrder } from '../spec/order';
import { waiverAnnotations, type WaiverSpec } from '../spec/waivers';
import type { Problem } from '../errors';

type Fields = Readonly<Record<string, unknown>>;

/** What a description says of objects, besides what makes them: patches by kind or `Kind/name`, and waivers. */
export interface Adjustments {
  readonly patches: Readonly<Record<string, Patch>>;
  readonly waivers: readonly WaiverSpec[];
}

const contextKey = 'marty-msf:adjustments';

/** The adjustments below a construct, and what they have met there. */
interface Book extends Adjustments { readonly met: Set<string> }

/** Lets adjustments hold for every object that is defined below a construct from now on. */
export function adjustObjects(scope: Construct, adjustments: Adjustments): void {
  const book: Book = { ...adjustments, met: new Set() };
  scope.node.setContext(contextKey, book);
}

/** Every patch that no object below the construct was there for. */
export function patchProblems(scope: Construct, path: string): Problem[] {
  const book = bookOf(scope);
  if (!book) return [];
  const { patches, met } = book;
  const there = [...met].filter(key => !key.includes('/')).sort().join(', ');
  const isOfKind = (key: string) => met.has(key.split('/')[0]);
  return Object.keys(patches).filter(key => !met.has(key) && Object.keys(patches[key]).length > 0).map(key => ({
    path: `${path}.${key}`,
    message: isOfKind(key) && key.includes('/')
      ? `patches an object that is not rendered here; of its kind there is ${[...met].filter(other => other.startsWith(`${key.split('/')[0]}/`)).sort().join(', ')}`
      : `patches an object that is not rendered here; there is ${there}`,
  }));
}

/** What becomes of one object. */
export interface Adjusted {
  /** Whether it is not there at all. */
  readonly removed: boolean;
  /** The manifest with waivers and patches, besides waivers that the construct itself says. */
  adjust(manifest: Fields, own?: readonly WaiverSpec[]): Fields;
}

/** The adjustments that concern one object. Raw objects stand as they were written, but for waivers. */
export function adjustedOf(scope: Construct, { kind, name }: { readonly kind: string; readonly name: string }, raw: boolean): Adjusted {
  const { patches = {}, waivers = [], met } = bookOf(scope) ?? {};
  const keys = raw ? [] : [kind, `${kind}/${name}`];
  keys.forEach(key => met?.add(key));
  const said = keys.filter(key => Object.hasOwn(patches, key) && Object.keys(patches[key]).length > 0).map(key => patches[key]);
  return {
    removed: said.some(({ $patch }) => $patch === 'delete'),
    adjust: (manifest, own = []) => {
      const annotations = waiverAnnotations([...waivers, ...own.filter(({ rule }) => !waivers.some(waiver => waiver.rule === rule))], kind);
      const all = [...(Object.keys(annotations).length ? [{ metadata: { annotations } }] : []), ...said];
      return all.length ? inOrder(all.reduce<Fields>((at, patch) => applyPatch(at, patch) ?? at, manifest)) : manifest;
    },
  };
}

function bookOf(scope: Construct): Book | undefined {
  return scope.node.tryGetContext(contextKey) as Book | undefined;
}
