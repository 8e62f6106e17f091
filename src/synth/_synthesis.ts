import { ApiObject, Chart, type App } from 'cdk8s';
import { dependenciesOf } from './_dependencies';
import { chartsInOrder, orderBelow } from './_order';
import { validate } from './_validation';
import type { Profile } from './profile';

/** An app that was validated, with its charts and their objects in the order of their dependencies. */
export interface Synthesis {
  readonly charts: readonly Chart[];
  /** Whether a chart depends on another one, so that the order of their files matters. */
  readonly amongCharts: boolean;
  /** The objects of a chart that are in no chart within it. */
  objectsOf(chart: Chart): ApiObject[];
  /** The objects of a chart as `chart.toJson()` gives them. */
  manifestsOf(chart: Chart): unknown[];
}

/**
 * Validates an app, and sorts its charts.
 *
 * @param validateFirst whether a failed validation is told before a wrong dependency is.
 */
export function createSynthesis(app: App, profile: Profile, { validateFirst }: { readonly validateFirst: boolean }): Synthesis {
  const resolve = () => profile.time('order', () => dependenciesOf(app));
  const check = () => profile.time('validate', () => validate(app));
  if (validateFirst) check();
  let dependencies = resolve();
  if (!validateFirst) check();
  const charts = profile.time('order', () => chartsInOrder(dependencies));

  const objectsOf = (chart: Chart): ApiObject[] => {
    const start = dependencies.tree.numbers.get(chart);
    if (start === undefined || chart.node.findAll().length !== dependencies.tree.ends[start] - start) {
      // Something that was rendered before has added constructs.
      dependencies = resolve();
      check();
    }
    return profile.time('order', () => {
      const { tree } = dependencies;
      const below = orderBelow(dependencies, tree.numbers.get(chart) ?? 0);
      const inside = below.filter(number => tree.charts[number] === chart).map(number => tree.constructs[number]);
      return inside.filter(construct => ApiObject.isApiObject(construct));
    });
  };
  return {
    charts,
    amongCharts: dependencies.amongCharts,
    objectsOf,
    manifestsOf: chart => {
      if (rendersItself(chart)) return profile.time('render', () => Object.values(chart.toJson()));
      const objects = objectsOf(chart);
      return profile.time('render', () => objects.map(object => object.toJson() as unknown));
    },
  };
}

/** The symbol under which classes compiled by jsii, as those of cdk8s are, say who they are. */
const jsii = Symbol.for('jsii.rtti');

/** Whether a chart has a rendering of its own; that of cdk8s is the same in whatever copy of cdk8s the chart comes from. */
function rendersItself(chart: Chart): boolean {
  let owner: object | null = chart;
  while (owner && !Object.hasOwn(owner, 'toJson')) owner = Object.getPrototypeOf(owner) as object | null;
  if (!owner || owner === Chart.prototype) return false;
  const { constructor } = owner;
  return owner === chart || !Object.hasOwn(constructor, jsii) || (Reflect.get(constructor, jsii) as { fqn?: unknown }).fqn !== 'cdk8s.Chart';
}
