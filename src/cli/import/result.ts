import { z } from 'zod';
import { descriptionSchema, type Description } from '../../spec/description';

/** What `marty import --json` prints. */
export const importResultSchema = z.strictObject({
  /** Whether the description renders what was read of its services, by canonical comparison. */
  equal: z.boolean(),
  /** The environment that the manifests are those of. */
  environment: z.string(),
  /** The description, with the residual patches and raw objects; missing when no service could be made of the manifests. */
  description: descriptionSchema.optional(),
  /** The version of each service: `releases/<environment>.json`. */
  releases: z.record(z.string(), z.string()),
  /** Everything that the description cannot say, and every way in which it renders something else. */
  differences: z.array(z.string()),
  /** What services share, and what belongs to the whole cluster: none of it is an object of a service. */
  platform: z.array(z.strictObject({
    object: z.string(),
    /** The file, and the line where it begins. */
    place: z.string(),
    /** Whether the platform renders it so, or another one of its name, or nothing of it, so that it has to be applied beside. */
    as: z.enum(['rendered', 'differently', 'beside']),
    /** What is read from it, and in which ways the rendered one is another one. */
    detail: z.array(z.string()),
  })),
  /** What became of each object that was read, in that order. */
  accounts: z.array(z.strictObject({
    object: z.string(),
    place: z.string(),
    /** Described by fields, or by fields and a patch; among the objects of a service; of the platform; or not imported. */
    as: z.enum(['described', 'patched', 'object', 'platform', 'skipped']),
    service: z.string().optional(),
    reason: z.string().optional(),
  })),
  /** Files and documents that are no objects of a cluster, and why. */
  skipped: z.array(z.strictObject({ place: z.string(), reason: z.string() })),
  /** What the description says that no manifest tells. */
  assumed: z.array(z.string()),
  /** What one should know. */
  notes: z.array(z.string()),
  /** Objects that were read. */
  objects: z.int().min(0),
  /** Services that were made of them. */
  workloads: z.int().min(0),
});

export interface ImportResult extends Omit<z.output<typeof importResultSchema>, 'description'> { readonly description?: Description }

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** What stays outside of the description, in words: one line for each object of the platform. */
export function platformLines({ platform }: ImportResult): string[] {
  const meaning = { rendered: 'is rendered so', differently: 'is rendered otherwise', beside: 'is not rendered; go on applying it' } as const;
  return platform.map(({ object, place, as, detail }) => `${object} (${place}) ${[meaning[as], ...detail].join('; ')}`);
}

/** What is told when the description has been printed. */
export function closingLines(result: ImportResult): string {
  const { equal, objects, workloads, differences, notes, skipped, assumed, accounts } = result;
  const list = (title: string, lines: readonly string[]) => (lines.length ? `${title}\n${lines.map(line => `  ${line}\n`).join('')}` : '');
  const left = accounts.filter(({ as }) => as === 'skipped').map(({ object, place, reason }) => `${place}: ${object} ${reason}`);
  const shared = result.platform.length ? `, ${result.platform.length} of the platform` : '';
  const verdict = equal ? 'rendered, they are equal to what was read' : `${counted(differences.length, 'difference')}, listed above`;
  return [
    list('Skipped:', [...skipped.map(({ place, reason }) => `${place} ${reason}`), ...left]),
    list('Platform, not part of any service:', platformLines(result)),
    list('Assumed:', assumed),
    list('Note:', notes),
    list('Not expressed:', differences),
    `${counted(workloads, 'service')} of ${counted(objects, 'object')}${shared}; ${verdict}\n`,
  ].join('');
}
