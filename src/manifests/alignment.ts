/** Entries of two lists that belong together; one side is missing where something was added or removed. */
export interface Pair<T> {
  readonly before?: { readonly index: number; readonly value: T };
  readonly after?: { readonly index: number; readonly value: T };
}

const longest = 400;

/**
 * Pairs the entries of two lists whose order means something. Equal entries that stay in their order are paired; between two of them, what is
 * left over is paired one by one where there is as much of it on both sides.
 *
 * @param search whether to look for what stayed even where both are of one length: lines of a text, for one. @default false
 */
export function aligned<T>(before: readonly T[], after: readonly T[], textOf: (value: T) => string, search = false): Pair<T>[] {
  const [old, fresh] = [before.map(textOf), after.map(textOf)];
  const isTooLong = before.length * after.length > longest * longest;
  const anchors = before.length === after.length && !search ? inPlace(old) : isTooLong ? [] : commonOf(old, fresh);
  const pairs: Pair<T>[] = [];
  let [from, to] = [0, 0];
  for (const [at, is] of [...anchors, [before.length, after.length] as const]) {
    pairs.push(...gap(before, after, [from, at], [to, is]));
    if (at < before.length) pairs.push({ before: { index: at, value: before[at] }, after: { index: is, value: after[is] } });
    [from, to] = [at + 1, is + 1];
  }
  return pairs;
}

/** Entries whose order means nothing: equal ones are paired, and the rest where there is as much of it on both sides. */
export function matched<T>(before: readonly T[], after: readonly T[], textOf: (value: T) => string): Pair<T>[] {
  const there = new Map<string, number>();
  for (const text of after.map(textOf)) there.set(text, (there.get(text) ?? 0) + 1);
  const take = (value: T) => {
    const text = textOf(value);
    const left = there.get(text) ?? 0;
    if (left > 0) there.set(text, left - 1);
    return left > 0;
  };
  const placed = (values: readonly T[]) => values.map((value, index) => ({ index, value }));
  const gone = placed(before).filter(({ value }) => !take(value));
  return together(gone, placed(after).filter(({ value }) => take(value)));
}

/** The same length: entry by entry, which is what people mean most often. */
const inPlace = (texts: readonly string[]) => texts.map((_, index) => [index, index] as const);

function gap<T>(before: readonly T[], after: readonly T[], [from, at]: readonly [number, number], [to, is]: readonly [number, number]): Pair<T>[] {
  const part = (list: readonly T[], begin: number, end: number) => list.slice(begin, end).map((value, index) => ({ index: begin + index, value }));
  return together(part(before, from, at), part(after, to, is));
}

function together<T>(gone: readonly { index: number; value: T }[], come: readonly { index: number; value: T }[]): Pair<T>[] {
  if (gone.length === come.length) return gone.map((entry, index) => ({ before: entry, after: come[index] }));
  return [...gone.map(entry => ({ before: entry })), ...come.map(entry => ({ after: entry }))];
}

/** The longest sequence that both have, as pairs of places. */
function commonOf(old: readonly string[], fresh: readonly string[]): (readonly [number, number])[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      lengths[i][j] = old[i] === fresh[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < old.length && j < fresh.length;) {
    if (old[i] === fresh[j]) pairs.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}
