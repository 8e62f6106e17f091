import type { Place } from './place';

/** One place waits for another. */
export interface Edge {
  readonly from: Place;
  readonly to: Place;
  /** The argument by which it does. */
  readonly at: string;
}

/** Cycles, one shortest for every group of places that all wait for each other, each as the edges along it. */
export function cyclesOf(places: readonly Place[], edges: ReadonlyMap<Place, readonly Edge[]>): (readonly Edge[])[] {
  return groupsOf(places, edges).map(group => {
    const members = new Set(group);
    // People know their constructs better than providers and locals.
    const [start] = [...group].sort((a, b) => rank(a) - rank(b) || places.indexOf(a) - places.indexOf(b));
    return shortest(start, members, edges);
  });
}

const rank = ({ kind }: Place) => (kind === 'resource' ? 0 : kind === 'data' ? 1 : 2);

function shortest(start: Place, members: ReadonlySet<Place>, edges: ReadonlyMap<Place, readonly Edge[]>): Edge[] {
  const reached = new Map<Place, Edge>();
  for (let wave = [start]; wave.length > 0;) {
    const next: Place[] = [];
    for (const edge of wave.flatMap(place => edges.get(place) ?? [])) {
      if (!members.has(edge.to) || reached.has(edge.to)) continue;
      reached.set(edge.to, edge);
      next.push(edge.to);
    }
    wave = next;
  }
  const path: Edge[] = [];
  let edge = reached.get(start);
  while (edge) {
    path.unshift(edge);
    edge = edge.from === start ? undefined : reached.get(edge.from);
  }
  return path;
}

/** Groups of more than one place that reach each other, found by Tarjan's algorithm without recursion: stacks may be deep. */
function groupsOf(places: readonly Place[], edges: ReadonlyMap<Place, readonly Edge[]>): Place[][] {
  const index = new Map<Place, number>();
  const low = new Map<Place, number>();
  const open: Place[] = [];
  const isOpen = new Set<Place>();
  const groups: Place[][] = [];
  for (const root of places) {
    if (index.has(root)) continue;
    const work: { place: Place; next: number }[] = [{ place: root, next: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1];
      const { place } = frame;
      if (frame.next === 0) {
        index.set(place, index.size);
        low.set(place, index.size - 1);
        open.push(place);
        isOpen.add(place);
      }
      const edge = edges.get(place)?.[frame.next++];
      if (edge) {
        if (!index.has(edge.to)) work.push({ place: edge.to, next: 0 });
        else if (isOpen.has(edge.to)) low.set(place, Math.min(lowOf(low, place), lowOf(index, edge.to)));
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.place;
      if (parent) low.set(parent, Math.min(lowOf(low, parent), lowOf(low, place)));
      if (lowOf(low, place) === lowOf(index, place)) {
        const group = open.splice(open.indexOf(place));
        for (const member of group) isOpen.delete(member);
        if (group.length > 1) groups.push(group);
      }
    }
  }
  return groups;
}

const lowOf = (numbers: ReadonlyMap<Place, number>, place: Place) => numbers.get(place) ?? 0;
