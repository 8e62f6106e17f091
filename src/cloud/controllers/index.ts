import { byArgoCd } from './argo-cd';
import { chartsOf } from './charts';
import type { Deliver, Files, Place } from './delivered';
import { byFlux } from './flux';
import { storageClasses } from './storage';
import type { Infrastructure } from '../../spec/infrastructure';

const tools: Readonly<Record<'argo-cd' | 'flux', Deliver>> = { 'argo-cd': byArgoCd, 'flux': byFlux };

/** What installs controllers in a cluster. */
export type ControllerTool = keyof typeof tools;
export const controllerTools = Object.keys(tools) as readonly ControllerTool[];

export interface ControllerOptions extends Place { readonly tool: ControllerTool }

/**
 * What has Argo CD or Flux install the controllers that a cluster was prepared for, with what its cloud made for them, by file.
 *
 * @returns nothing where the cluster needs none.
 */
export function controllerFiles(made: Infrastructure, { tool, ...place }: ControllerOptions): Files {
  const charts = chartsOf(made);
  const told = [...charts.map(({ name, objects }) => [name, objects] as const), ['storage', storageClasses(made)] as const];
  const objects = new Map(told.filter(([, manifests]) => manifests.length > 0).map(([name, manifests]) => [`objects/${name}.yaml`, manifests]));
  return charts.length + objects.size > 0 ? tools[tool]({ name: `${made.cluster.name}-controllers`, charts, objects }, place) : new Map();
}
