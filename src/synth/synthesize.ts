import { resolve } from 'node:path';
import type { App } from 'cdk8s';
import { applyPlan } from './apply';
import { ownerOf } from './owner';
import { planOf, type Plan } from './plan';
import { render } from './render';
import { treeOf } from './tree';

export interface SynthesizeOptions {
  /** The output folder. @default - that of the app: `CDK8S_OUTDIR`, else `dist` */
  readonly outdir?: string;
  /** Who writes the folders, so that several repositories can write into one output. @default - the name in the nearest package.json */
  readonly owner?: string;
  /** Only these environments. @default - those in `MARTY_ENVIRONMENTS`, separated by commas, else all */
  readonly environments?: readonly string[];
  /** Whether only to tell what would be done. @default false */
  readonly dryRun?: boolean;
}

/**
 * Writes every object of an app to `<environment>/<service>/<kind>-<name>.yaml`, with a kustomization in each folder and an index
 * per environment. Only what changed is written; what we wrote before and is not defined any more is removed; nothing else is touched.
 *
 * @returns what was done, file by file.
 * @throws MANIFEST_INVALID when an object would be refused by the API server; nothing is written then.
 * @throws OUTPUT_CONFLICT when a file or folder belongs to somebody else; nothing is written then.
 */
export function synthesize(app: App, options: SynthesizeOptions = {}): Plan {
  const { outdir = app.outdir, owner = ownerOf(process.cwd()), environments = selected(), dryRun = false } = options;
  const tree = treeOf(render(app, environments), owner);
  const plan = planOf(tree, resolve(outdir), new Set([owner]), environments);
  if (!dryRun) applyPlan(plan);
  return plan;
}

function selected(): string[] | undefined {
  const names = (process.env.MARTY_ENVIRONMENTS ?? '').split(',').map(name => name.trim()).filter(Boolean);
  return names.length ? names : undefined;
}
