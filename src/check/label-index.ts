import { carries } from './label-selector';
import type { TextMap } from './value';

/** Finds items by label without looking at each: a thousand services cost a thousand look-ups and not a million. */
export interface LabelIndex<T> {
  /** The items that carry all of these labels; all items when none is wanted. */
  carrying(wanted: TextMap): readonly T[];
  /** The items that have at least one label in common with these, and those that have no label, in their own order. */
  meeting(labels: TextMap): readonly T[];
}

/** Indexes items by each of their labels. */
export function labelIndex<T>(items: readonly T[], labelsOf: (item: T) => TextMap): LabelIndex<T> {
  const labels = items.map(labelsOf);
  const byPair = new Map<string, number[]>();
  const unlabelled: number[] = [];
  for (const [position, map] of labels.entries()) {
    if (map.size === 0) unlabelled.push(position);
    for (const pair of pairsOf(map)) {
      const positions = byPair.get(pair);
      if (positions) positions.push(position);
      else byPair.set(pair, [position]);
    }
  }
  const at = (positions: readonly number[]): readonly T[] => positions.map((position) => items[position]);
  return {
    carrying: (wanted) => {
      if (wanted.size === 0) return items;
      const [rarest = []] = pairsOf(wanted).map((pair) => byPair.get(pair) ?? [])
        .sort((one, other) => one.length - other.length);
      return at(rarest.filter((position) => carries(labels[position] ?? new Map(), wanted)));
    },
    meeting: (wanted) => {
      const found = [unlabelled, ...pairsOf(wanted).map((pair) => byPair.get(pair) ?? [])].filter(({ length }) => length > 0);
      if (found.length < 2) return at(found[0] ?? []);
      return at([...new Set(found.flat())].sort((one, other) => one - other));
    },
  };
}

function pairsOf(labels: TextMap): readonly string[] {
  return [...labels].map(([key, value]) => `${key}=${value}`);
}
