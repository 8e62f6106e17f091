import { operationsBetween } from './json-patch';
import { isSameIdentity, type Source, type Sources } from './source';

/** Environments beyond this number are not all held against each other. */
const candidateLimit = 8;

/** The environment that differs least from all others; of equals the first. */
export function nearestOf(environments: ReadonlyMap<string, Sources>): string {
  const names = [...environments.keys()];
  const candidates = names.slice(0, candidateLimit);
  const known = new Map<string, number>();
  const total = (candidate: string) => [...environments].filter(([name]) => name !== candidate)
    .reduce((sum, [name, files]) => sum + distance(candidate, name, files), 0);
  const distance = (one: string, other: string, files: Sources): number => {
    const key = JSON.stringify([one, other].sort());
    const cost = known.get(key) ?? distanceBetween(environments.get(one) ?? new Map(), files);
    known.set(key, cost);
    return cost;
  };
  if (names.length < 3) return names[0];
  return candidates.map(name => ({ name, cost: total(name) })).reduce((best, each) => (each.cost < best.cost ? each : best)).name;
}

function distanceBetween(one: Sources, other: Sources): number {
  const files = new Set([...one.keys(), ...other.keys()]);
  return [...files].reduce((sum, file) => sum + fileDistance(one.get(file), other.get(file)), 0);
}

/** In steps of a patch; a file that one of the two lacks counts as some. */
function fileDistance(one: Source | undefined, other: Source | undefined): number {
  if (!one || !other) return 4;
  if (one.text === other.text) return 0;
  return isSameIdentity(one, other) ? operationsBetween(one.object, other.object).length : 8;
}
