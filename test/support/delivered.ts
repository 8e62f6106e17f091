import { App } from 'cdk8s';
import { parse } from 'yaml';
import { releasesOf } from './manifests';
import { PlatformChart, type PlatformChartProps } from '../../src/charts';
import { deliveryOf } from '../../src/synth/gitops/deliver';
import { environmentOf, indexFolderOf } from '../../src/synth/plan';
import { render, type RenderedObject } from '../../src/synth/render';
import type { DeliveryOptions } from '../../src/synth/gitops/options';
import type { MicroserviceSpec } from '../../src/spec';

/** An object for a delivery tool, as it stands in its file. */
export interface Delivering {
  readonly folder: string;
  readonly environment: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>>; readonly finalizers?: readonly string[] };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** An output that is delivered: its folders, what is in them, and what delivers them. */
export interface Delivered {
  readonly objects: readonly RenderedObject[];
  readonly delivering: readonly Delivering[];
  /** Every folder, and those of the indexes above them. */
  readonly folders: ReadonlySet<string>;
}

/** A cluster for each environment, for those who do not care. */
export const clustersOf = (environments: readonly string[]) => Object.fromEntries(environments.map(environment => [environment, `cluster-${environment}`]));

export const source = { repository: 'https://git.example/shop/deploy.git', path: 'deploy' } as const;

/** Renders services in some environments, in memory. */
export function rendered(
  services: readonly MicroserviceSpec[], environments: readonly string[], props: Partial<PlatformChartProps> = {},
): RenderedObject[] {
  const app = new App();
  for (const environment of environments) new PlatformChart(app, environment, { environment, services, releases: releasesOf(services), ...props });
  return render(app);
}

/** Rendered objects with what delivers them. */
export function delivered(objects: readonly RenderedObject[], options: DeliveryOptions): Delivered {
  const environments = [...new Set(objects.map(({ folder }) => environmentOf(folder)))];
  const files = deliveryOf(objects, options.tool === 'argo-cd' ? { clusters: clustersOf(environments), ...options } : options, environments);
  const folders = [...objects, ...files].map(({ folder }) => folder);
  return {
    objects,
    delivering: files.map(({ folder, text }) => ({ ...parse(text) as Delivering, folder, environment: environmentOf(folder) })),
    folders: new Set([...folders, ...folders.map(indexFolderOf)]),
  };
}

/** Every path of the repository that an object names. */
export function pathsIn({ kind, spec }: Delivering): string[] {
  const { source: from, sourceHydrator: hydrator, path, generators = [] } = spec as {
    source?: { path: string };
    sourceHydrator?: { drySource: { path: string }; syncSource: { path: string } };
    path?: string;
    generators?: { list: { elements: { path: string }[] } }[];
  };
  if (kind === 'ApplicationSet') return generators.flatMap(({ list }) => list.elements.map(element => element.path));
  return [from?.path, hydrator?.drySource.path, hydrator?.syncSource.path, path].filter(named => named !== undefined);
}
