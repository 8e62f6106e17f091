/** A count of pods, absolute or as a share of all of them. */
export type IntOrPercent = { readonly count: number } | { readonly percent: number };

/** Reads `3`, `'3'` or `'25%'`; anything else is `undefined`. */
export function intOrPercent(value: unknown): IntOrPercent | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  if (/^\d+$/.test(text)) return { count: Number(text) };
  if (/^\d+%$/.test(text)) return { percent: Number(text.slice(0, -1)) };
  return undefined;
}

/** How many pods of a total that is; shares are rounded up, as the disruption controller does. */
export function countOf(value: IntOrPercent, total: number): number {
  return 'count' in value ? value.count : Math.ceil((total * value.percent) / 100);
}
