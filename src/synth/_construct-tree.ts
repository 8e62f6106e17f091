import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Every construct of an app by its number, in the order of the tree; a construct and all below it have numbers in a row. */
export interface ConstructTree {
  readonly constructs: readonly IConstruct[];
  readonly numbers: ReadonlyMap<IConstruct, number>;
  /** By number: the number behind the last construct below. */
  readonly ends: readonly number[];
  /** By number: the chart that a construct is, or is in. */
  readonly charts: readonly (Chart | undefined)[];
  /** The numbers of all API objects. */
  readonly objects: readonly number[];
}

/** Walks a tree of constructs once. */
export function constructTreeOf(root: IConstruct): ConstructTree {
  const constructs: IConstruct[] = [];
  const numbers = new Map<IConstruct, number>();
  const ends: number[] = [];
  const charts: (Chart | undefined)[] = [];
  const objects: number[] = [];
  const visit = (construct: IConstruct, outer: Chart | undefined): void => {
    const number = constructs.length;
    const chart = Chart.isChart(construct) ? construct : outer;
    constructs.push(construct);
    numbers.set(construct, number);
    charts.push(chart);
    ends.push(number + 1);
    if (ApiObject.isApiObject(construct)) objects.push(number);
    for (const child of construct.node.children) visit(child, chart);
    ends[number] = constructs.length;
  };
  visit(root, undefined);
  return { constructs, numbers, ends, charts, objects };
}

/** The numbers of the API objects below a construct, itself included, that are in that chart and in none within it. */
export function objectsBelow({ objects, ends, charts }: ConstructTree, number: number, chart: Chart): number[] {
  const found: number[] = [];
  for (let at = firstFrom(objects, number); at < objects.length && objects[at] < ends[number]; at++) {
    if (charts[objects[at]] === chart) found.push(objects[at]);
  }
  return found;
}

/** The place of the first number in a rising list that is not less. */
function firstFrom(list: readonly number[], least: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (list[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
