import { Chart } from 'cdk8s';
import { refuseCycle } from './_cycle';
import type { Dependencies } from './_dependencies';

/**
 * The numbers of a construct and all below it, each behind what it depends on; dependencies that lead outside do not count.
 *
 * @throws Error when constructs depend on each other in a circle, with the words of cdk8s.
 */
export function orderBelow(dependencies: Dependencies, start: number): number[] {
  const { tree, edges } = dependencies;
  const { constructs } = tree;
  const end = tree.ends[start];
  const dependedOn = dependedOnIn(dependencies, start, end);
  const order: number[] = [];
  const entered = new Set<number>();
  const left = new Set<number>();
  let circular = false;
  // By hand, since a chain of dependencies may be longer than the stack is deep.
  const visit = (root: number): void => {
    const open = [{ number: root, next: 0 }];
    entered.add(root);
    while (open.length) {
      const step = open[open.length - 1];
      const targets = edges[step.number];
      if (step.next === targets.length) {
        open.pop();
        left.add(step.number);
        if (step.number < constructs.length) order.push(step.number);
        continue;
      }
      const target = targets[step.next++];
      if (target < constructs.length && (target < start || target >= end)) continue;
      if (!entered.has(target)) {
        entered.add(target);
        open.push({ number: target, next: 0 });
      } else if (!left.has(target)) {
        circular = true;
      }
    }
  };
  for (const root of rootsFirst(dependencies, start, end)) {
    if (dependedOn.has(root)) continue;
    if (edges[root].length) visit(root);
    else order.push(root);
  }
  if (circular || order.length < end - start) refuseCycle(dependencies, start, end);
  return order;
}

/** Every construct of the part that another one in it depends on. */
function dependedOnIn({ tree: { constructs }, edges }: Dependencies, start: number, end: number): ReadonlySet<number> {
  const found = new Set<number>();
  const groups = new Set<number>();
  const meet = (target: number): void => {
    if (target < constructs.length) {
      if (target >= start && target < end) found.add(target);
    } else if (!groups.has(target)) {
      groups.add(target);
      edges[target].forEach(meet);
    }
  };
  for (let number = start; number < end; number++) edges[number].forEach(meet);
  return found;
}

/** In the order of the tree, but paths that look like array indexes first: cdk8s keeps constructs as properties of an object. */
function rootsFirst({ tree: { constructs, numbers } }: Dependencies, start: number, end: number): number[] {
  const all = Array.from({ length: end - start }, (_, index) => start + index);
  // Only what is right below the root has such a path; in a smaller part it is the first anyway.
  if (start > 0) return all;
  const first = constructs[0].node.children.filter(({ node }) => isArrayIndex(node.path)).map(child => numbers.get(child) ?? 0);
  return first.length ? [...new Set([...first, ...all])] : all;
}

/** @see https://tc39.es/ecma262/#array-index */
const isArrayIndex = (name: string) => /^(0|[1-9][0-9]{0,9})$/.test(name) && Number(name) < 2 ** 32 - 1;

/** All charts of an app, each behind those that it depends on. */
export function chartsInOrder(dependencies: Dependencies): Chart[] {
  return orderBelow(dependencies, 0).map(number => dependencies.tree.constructs[number]).filter(construct => Chart.isChart(construct));
}
