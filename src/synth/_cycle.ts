import type { Dependencies } from './_dependencies';

type Edge = readonly [source: number, target: number];

/** A route longer than this is cut: cdk8s goes the same ways again and again, and would not come to an end. */
const stepLimit = 100_000;

/**
 * Refuses a circle as cdk8s does: it adds one dependency after the other and names the way back that the first wrong one closes. A construct
 * that depends on itself escapes it, and makes it run in circles as soon as somebody else depends on that construct.
 *
 * @throws Error for a circle.
 * @throws RangeError when something depends on a construct that depends on itself.
 */
export function refuseCycle(dependencies: Dependencies, start: number, end: number): void {
  const edges = edgesIn(dependencies, start, end);
  const closing = firstClosing(edges);
  const targets = new Map<number, Set<number>>();
  let itself = false;
  for (const [at, [source, target]] of edges.entries()) {
    if (itself || at === closing) {
      const { route, cut } = routeBetween(targets, target, source);
      if (route.length) throw circle(dependencies, cut ? [target, source] : route, target);
    }
    targets.set(source, (targets.get(source) ?? new Set()).add(target));
    itself ||= source === target;
  }
  const inbound = new Set(edges.map(([, target]) => target));
  for (const source of targets.keys()) if (!inbound.has(source)) routeBetween(targets, source, -1);
}

function circle({ tree: { constructs } }: Dependencies, route: readonly number[], target: number): Error {
  return new Error(`Dependency cycle detected: ${[...route, target].map(number => constructs[number].node.path).join(' => ')}`);
}

/** Every dependency within the part, one by one, in the order in which cdk8s adds them. */
function edgesIn({ tree: { constructs }, edges, namesakes }: Dependencies, start: number, end: number): Edge[] {
  const spread = (target: number): number[] => (target < constructs.length || namesakes.has(target) ? [target] : edges[target].flatMap(spread));
  const found: Edge[] = [];
  for (let source = start; source < end; source++) {
    const met = new Set<number>();
    for (const each of edges[source].flatMap(spread)) {
      const target = namesakes.get(each) ?? each;
      // A second time matters only where it closes a circle at once: for a construct that depends on itself through two groups.
      if (target >= start && target < end && (each === source || !met.has(each))) found.push([source, target]);
      met.add(each);
    }
  }
  return found;
}

/** The place of the first edge that closes a circle; -1 when none does. */
function firstClosing(edges: readonly Edge[]): number {
  const others = edges.map(([source, target], at) => ({ source, target, at })).filter(({ source, target }) => source !== target);
  const isCircular = (count: number) => {
    const waiting = new Map<number, number>();
    const sources = new Map<number, number[]>();
    for (const { source, target } of others.slice(0, count)) {
      waiting.set(source, (waiting.get(source) ?? 0) + 1);
      waiting.set(target, waiting.get(target) ?? 0);
      const known = sources.get(target);
      if (known) known.push(source);
      else sources.set(target, [source]);
    }
    const free = [...waiting].filter(([, many]) => many === 0).map(([number]) => number);
    for (let number = free.pop(); number !== undefined; number = free.pop()) {
      waiting.delete(number);
      for (const source of sources.get(number) ?? []) {
        const many = (waiting.get(source) ?? 0) - 1;
        waiting.set(source, many);
        if (many === 0) free.push(source);
      }
    }
    return waiting.size > 0;
  };
  if (!isCircular(others.length)) return -1;
  let [low, high] = [0, others.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isCircular(middle + 1)) high = middle;
    else low = middle + 1;
  }
  return others[low].at;
}

/**
 * The way between two constructs that cdk8s names: having found one it goes on beside it, and leaves what it meets in the list.
 * Empty when there is no way.
 */
function routeBetween(targets: ReadonlyMap<number, ReadonlySet<number>>, from: number, to: number): { route: number[]; cut: boolean } {
  const route: number[] = [];
  const barren = new Set<number>();
  const open = new Set<number>();
  let steps = 0;
  const visit = (number: number): boolean => {
    if (open.has(number)) throw new RangeError('Maximum call stack size exceeded');
    if (barren.has(number) || ++steps > stepLimit) return false;
    const before = route.push(number);
    open.add(number);
    let found = false;
    for (const target of targets.get(number) ?? []) {
      if (target === to) {
        route.push(target);
        open.delete(number);
        return true;
      }
      found = visit(target);
    }
    open.delete(number);
    if (!found) {
      if (route.length === before) barren.add(number);
      route.pop();
    }
    return found;
  };
  visit(from);
  return { route, cut: steps > stepLimit };
}
