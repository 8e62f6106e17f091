import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { constructTreeOf, objectsBelow, type ConstructTree } from './_construct-tree';

/**
 * What depends on what in an app. The first numbers are those of constructs; the rest stand for several dependencies at once: that
 * each object of one construct depends on each object of another takes as many edges as there are objects, not as there are pairs.
 */
export interface Dependencies {
  readonly tree: ConstructTree;
  /** By number: what it depends on, in the order in which it was said. */
  readonly edges: readonly (readonly number[])[];
  /** The numbers of constructs of another app, with those of the constructs that they are taken for. */
  readonly namesakes: ReadonlyMap<number, number>;
  /** Whether a chart depends on another one, so that the order of their files matters. */
  readonly amongCharts: boolean;
}

const none: readonly number[] = [];

/**
 * The dependencies of an app as cdk8s infers them, without writing them into the tree: a chart depends on the charts right below it and
 * on those of the constructs that its own constructs depend on; the objects of a construct depend on the objects of another one.
 *
 * @throws Error when a construct that depends on something, or that something depends on, is in no chart.
 */
export function dependenciesOf(root: IConstruct): Dependencies {
  const tree = constructTreeOf(root);
  const { constructs } = tree;
  const said = constructs.map(({ node }) => [...node.dependencies]);
  const amongCharts = addChartDependencies(tree, said);
  const edges: (readonly number[])[] = said.map(() => none);
  const vertices = new Vertices(tree, edges);
  said.forEach((targets, source) => {
    if (targets.length) edges[source] = targets.map(target => vertices.numberOf(target)).filter(isNumber);
  });
  said.forEach((targets, source) => {
    if (targets.length) addObjectDependencies(tree, source, targets, edges, vertices);
  });
  return { tree, edges, amongCharts, namesakes: vertices.namesakes };
}

const isNumber = (number: number | undefined): number is number => number !== undefined;

/** Adds what charts depend on behind what was said of them. */
function addChartDependencies({ constructs, numbers, charts }: ConstructTree, said: IConstruct[][]): boolean {
  let any = false;
  const known = new Map<number, Set<IConstruct>>();
  const add = (source: number | undefined, target: Chart): void => {
    any = true;
    if (source === undefined) return;
    const targets = known.get(source) ?? new Set(said[source]);
    known.set(source, targets);
    if (!targets.has(target)) said[source].push(target);
    targets.add(target);
  };
  constructs.forEach((construct, number) => {
    if (Chart.isChart(construct)) for (const child of construct.node.children) if (Chart.isChart(child)) add(number, child);
  });
  const chartOf = (construct: IConstruct) => charts[numbers.get(construct) ?? -1] ?? Chart.of(construct);
  // Those that are added on the way lead from a chart to a chart, and add nothing themselves.
  said.map(targets => [...targets]).forEach((targets, number) => {
    for (const target of targets) {
      const [from, to] = [chartOf(constructs[number]), chartOf(target)];
      if (from !== to) add(numbers.get(from), to);
    }
  });
  return any;
}

/** Adds, behind what each object of a construct depends on, the objects of what the construct depends on. */
function addObjectDependencies(
  tree: ConstructTree, source: number, targets: readonly IConstruct[], edges: (readonly number[])[], vertices: Vertices,
): void {
  const chart = tree.charts[source];
  const sources = chart ? objectsBelow(tree, source, chart) : none;
  if (!sources.length) return;
  if (targets.some(target => vertices.isWithin(source, target))) {
    for (const object of sources) {
      edges[object] = [...edges[object], ...targets.flatMap(target => vertices.objectsOf(target)).filter(other => other !== object)];
    }
    return;
  }
  const groups = targets.map(target => vertices.groupOf(target)).filter(isNumber);
  const all = groups.length ? edges.push(groups) - 1 : undefined;
  if (all !== undefined) for (const object of sources) edges[object] = [...edges[object], all];
}

/** Finds the numbers of what is depended on; what belongs to another app is taken, as cdk8s does, for what has its path in this one. */
class Vertices {
  private readonly objects = new Map<IConstruct, readonly number[]>();
  private readonly groups = new Map<IConstruct, number>();
  private readonly foreign = new Map<IConstruct, number | undefined>();
  private paths: ReadonlyMap<string, number> | undefined;
  readonly namesakes = new Map<number, number>();

  constructor(private readonly tree: ConstructTree, private readonly edges: (readonly number[])[]) {}

  numberOf(construct: IConstruct): number | undefined {
    const number = this.tree.numbers.get(construct);
    if (number !== undefined) return number;
    if (!this.foreign.has(construct)) this.foreign.set(construct, this.numberOfNamesake(construct.node.path));
    return this.foreign.get(construct);
  }

  private numberOfNamesake(path: string): number | undefined {
    this.paths ??= new Map(this.tree.constructs.map(({ node }, each) => [node.path, each]));
    const meant = this.paths.get(path);
    if (meant === undefined) return undefined;
    const number = this.edges.push([meant]) - 1;
    this.namesakes.set(number, meant);
    return number;
  }

  /** Whether two constructs of a chart are the same, or one is within the other: some object would depend on itself then. */
  isWithin(one: number, construct: IConstruct): boolean {
    const { charts, ends, numbers } = this.tree;
    const other = numbers.get(construct);
    if (other === undefined || charts[one] !== charts[other]) return false;
    return (one <= other && other < ends[one]) || (other <= one && one < ends[other]);
  }

  /** The objects below a construct, in its own chart. */
  objectsOf(construct: IConstruct): readonly number[] {
    const known = this.objects.get(construct);
    if (known) return known;
    const number = this.tree.numbers.get(construct);
    const chart = Chart.of(construct);
    const found = number === undefined
      ? construct.node.findAll().filter(each => ApiObject.isApiObject(each) && Chart.of(each) === chart)
        .map(each => this.numberOf(each)).filter(isNumber)
      : objectsBelow(this.tree, number, chart);
    this.objects.set(construct, found);
    return found;
  }

  /** The number that stands for all objects of a construct; undefined when there are none. */
  groupOf(construct: IConstruct): number | undefined {
    const objects = this.objectsOf(construct);
    if (!objects.length) return undefined;
    const known = this.groups.get(construct);
    if (known !== undefined) return known;
    const number = this.edges.push(objects) - 1;
    this.groups.set(construct, number);
    return number;
  }
}
