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

/** What becomes of one object: how its manifest is adjusted, and whether it is there at all. */
export interface Adjusted { readonly removed: boolean; adjust(manifest: Fields): Fields }

/** The adjustments that concern one object. Raw objects stand as they were written, but for waivers. */
export function adjustedOf(scope: Construct, { kind, name }: { readonly kind: string; readonly name: string }, raw: boolean): Adjusted {
  const book = bookOf(scope);
  if (!book) return { removed: false, adjust: manifest => manifest };
  const keys = raw ? [] : [kind, `${kind}/${name}`];
  keys.forEach(key => book.met.add(key));
  const annotations = waiverAnnotations(book.waivers, kind);
  const patches = [
    ...(Object.keys(annotations).length ? [{ metadata: { annotations } }] : []),
    ...keys.filter(key => Object.hasOwn(book.patches, key) && Object.keys(book.patches[key]).length > 0).map(key => book.patches[key]),
  ];
  return {
    removed: patches.some(({ $patch }: Patch) => $patch === 'delete'),
    adjust: manifest => (patches.length ? inOrder(patches.reduce<Fields>((at, patch) => applyPatch(at, patch) ?? at, manifest)) : manifest),
  };
}

function bookOf(scope: Construct): Book | undefined {
  return scope.node.tryGetContext(contextKey) as Book | undefined;
}
