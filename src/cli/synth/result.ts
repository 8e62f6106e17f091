import { z } from 'zod';
import { profileSchema } from './profile';
import { environmentOf, indexFileOf, indexFolderOf, type Change, type Plan } from '../../synth/plan';
import type { Layout, Place } from '../../synth/layout';

const count = z.int().min(0);
const counts = z.strictObject({
  /** Kubernetes objects in the folder. */
  objects: count,
  /** Files that differ from what was there. */
  written: count,
  /** Files that are as they were. */
  kept: count,
  /** Files that nothing defines any more. */
  removed: count,
  /** Files that somebody changed by hand since they were written. */
  edited: count,
});

/** What `marty synth --json` prints. */
export const synthResultSchema = z.strictObject({
  /** The output folder. */
  outdir: z.string(),
  /** Whether nothing was done, only told. */
  dryRun: z.boolean(),
  /** One entry per folder: a service in an environment, or what services share there. */
  services: z.array(counts.extend({ environment: z.string(), service: z.string(), owner: z.string() })),
  /** Every file that changes, or was changed by hand; the ownership file of a folder changes with them. */
  files: z.array(z.strictObject({ path: z.string(), action: z.enum(['write', 'keep', 'remove']), edited: z.boolean() })),
  total: counts,
  /** How long it took, in milliseconds. */
  durationMs: z.int().min(0),
  /** Where the time went, with `--profile`. */
  profile: profileSchema.optional(),
});

export type SynthResult = z.output<typeof synthResultSchema>;

/** What a plan does, in numbers and file by file. */
export function resultOf(plan: Plan, { layout, ...options }: Pick<SynthResult, 'dryRun' | 'durationMs' | 'profile'> & { readonly layout?: Layout }): SynthResult {
  const byFolder = new Map([...plan.folders.keys()].sort(byEnvironment).map(folder => [folder, [] as Change[]]));
  for (const change of plan.changes) byFolder.get(change.folder)?.push(change);
  const services = [...byFolder].map(([folder, changes]) => {
    const { environment, service } = layout ? layout.placeOf(folder) : plainPlaceOf(folder);
    const { before, after } = plan.folders.get(folder) ?? {};
    return { environment, service, owner: (after ?? before)?.owner ?? '', ...countsOf(changes, layout) };
  }).sort((a, b) => (layout ? byPlace(a, b) : 0));
  const files = plan.changes.filter(change => change.action !== 'keep' || isEdited(change)).map(change => ({
    path: [change.folder, change.file].filter(Boolean).join('/'), action: change.action, edited: isEdited(change),
  }));
  const indexes = [...plan.indexes].map(([environment, text]) => ({
    path: indexFileOf(environment).replaceAll('\\', '/'), action: text === undefined ? 'remove' as const : 'write' as const, edited: false,
  }));
  return {
    outdir: plan.outdir,
    dryRun: options.dryRun,
    services,
    files: [...files, ...indexes].sort((a, b) => (a.path < b.path ? -1 : 1)),
    total: countsOf(plan.changes, layout),
    durationMs: options.durationMs,
    ...(options.profile ? { profile: options.profile } : {}),
  };
}

/** What a folder is about; its service is called after a delivery tool where it is about that: `orders`, `_argo-cd/orders`. */
function plainPlaceOf(folder: string): Place {
  const [environment, index] = [environmentOf(folder), indexFolderOf(folder)];
  return { environment, service: [index.slice(0, -environment.length), folder.slice(index.length + 1)].join('') };
}

function byPlace(one: Place, other: Place): number {
  const [a, b] = [one, other].map(({ environment, service }) => [environment, service].join('\u0000'));
  return a < b ? -1 : 1;
}

/** Environments together, also where the name of one begins like that of another. */
function byEnvironment(one: string, other: string): number {
  const [a, b] = [one, other].map(folder => folder.split('/').join('\u0000'));
  return a < b ? -1 : 1;
}

function countsOf(changes: readonly Change[], layout?: Layout): z.output<typeof counts> {
  const holdsObject = (folder: string, file: string) => (layout ? layout.holdsObject(folder, file) : file !== 'kustomization.yaml');
  const having = (action: Change['action']) => changes.filter(change => change.action === action).length;
  return {
    objects: changes.reduce((sum, { folder, file, text }) => sum + (text === undefined || !holdsObject(folder, file) ? 0 : documentsIn(text)), 0),
    written: having('write'),
    kept: having('keep'),
    removed: having('remove'),
    edited: changes.filter(isEdited).length,
  };
}

/** A file that already says what it should is not worth a word, whoever wrote it. */
const isEdited = ({ action, edited, text }: Change) => edited && (action !== 'keep' || text === undefined);

const documentsIn = (text: string) => text.split(/^---.*$/m).filter(document => document.trim()).length;
