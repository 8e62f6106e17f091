/** Of some names, the one that takes the fewest insertions, deletions and replacements to reach. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: { candidate: string; edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = editsBetween(name, candidate);
    if (best === undefined || edits < best.edits) best = { candidate, edits };
  }
  return best?.candidate;
}

function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= to.length; j++) {
      row.push(Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1)));
    }
  }
  return row[to.length];
}
