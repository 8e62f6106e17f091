import { resolve } from 'node:path';
import type { App } from 'cdk8s';
import { applyPlan } from './apply';
import { placementOf } from '../spec/placement';
import { ownerOf } from './owner';
import { planOf, type Plan } from './plan';
import { createProfile } from './profile';
import { render } from './render';
import { treeOf } from './tree';
import type { DeliveryOptions } from './gitops/options';

/** Only who delivers by a tool loads what tells it. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const gitops = () => require('./gitops/deliver') as typeof import('./gitops/deliver');

export interface SynthesizeOptions {
  /** The output folder. @default - that of the app: `CDK8S_OUTDIR`, else `dist` */
  readonly outdir?: string;
  /** Who writes the folders, so that several repositories can write into one output. @default - the name in the nearest package.json */
  readonly owner?: string;
  /** Only these environments. @default - those in `MARTY_ENVIRONMENTS`, separated by commas, else all */
  readonly environments?: readonly string[];
  /** Whether only to tell what would be done. @default false */
  readonly dryRun?: boolean;
  /** Who applies the output: Argo CD or Flux, which get their objects beside it, in `_argo-cd` and `_flux`. @default - nobody is told */
  readonly deliver?: DeliveryOptions | readonly DeliveryOptions[];
}

/**
 * Writes every object of an app to `<environment>/<service>/<kind>-<name>.yaml`, with a kustomization in each folder and an index
 * per environment. Only what changed is written; what we wrote before and is not defined any more is removed; nothing else is touched.
 *
 * @returns what was done, file by file.
 * @throws MANIFEST_INVALID when an object would be refused by the API server; nothing is written then.
 * @throws OUTPUT_CONFLICT when a file or folder belongs to somebody else; nothing is written then.
 * @throws PROPS_INVALID when what `deliver` says is wrong.
 * @throws UPGRADE_REFUSED when a cluster could not follow the change of an object that stands in the output folder; nothing is written then.
 */
export function synthesize(app: App, options: SynthesizeOptions = {}): Plan {
  // Under `marty synth`, which compares with what is there, the command says where.
  const outdir = process.env.MARTY_OUTDIR ?? options.outdir ?? app.outdir;
  const { owner = ownerOf(process.cwd()), environments = selected(), dryRun = false, deliver = [] } = options;
  const profile = createProfile();
  const objects = render(app, environments, profile);
  const delivered = !Array.isArray(deliver) || deliver.length > 0;
  const delivering = delivered ? profile.time('check', () => gitops().deliveryOf(objects, deliver, environmentsOf(app))) : [];
  const tree = treeOf([...objects, ...delivering], owner);
  const plan = profile.time('compare', () => planOf(tree, resolve(outdir), new Set([owner]), environments));
  if (!dryRun) profile.time('write', () => applyPlan(plan));
  profile.end();
  return plan;
}

const environmentsOf = (app: App) => [...new Set(app.node.findAll().flatMap(construct => placementOf(construct)?.environment ?? []))].sort();

function selected(): string[] | undefined {
  const names = (process.env.MARTY_ENVIRONMENTS ?? '').split(',').map(name => name.trim()).filter(Boolean);
  return names.length ? names : undefined;
}
