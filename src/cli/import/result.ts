import { z } from 'zod';
import { descriptionSchema, type Description } from '../../spec/description';

/** What `marty import --json` prints. */
export const importResultSchema = z.strictObject({
  /** Whether the description renders what was read, by canonical comparison. */
  equal: z.boolean(),
  /** The environment that the manifests are those of. */
  environment: z.string(),
  /** The description, with the residual patches and raw objects; missing when no service could be made of the manifests. */
  description: descriptionSchema.optional(),
  /** The version of each service: `releases/<environment>.json`. */
  releases: z.record(z.string(), z.string()),
  /** Everything that the description cannot say, and every way in which it renders something else. */
  differences: z.array(z.string()),
  /** What was passed over, and what one should know. */
  notes: z.array(z.string()),
  /** Objects that were read. */
  objects: z.int().min(0),
  /** Services that were made of them. */
  workloads: z.int().min(0),
});

export interface ImportResult extends Omit<z.output<typeof importResultSchema>, 'description'> { readonly description?: Description }

/** What is told when the description has been printed. */
export function closingLines({ equal, objects, workloads, differences, notes }: ImportResult): string {
  const list = (title: string, lines: readonly string[]) => (lines.length ? `${title}\n${lines.map(line => `  ${line}\n`).join('')}` : '');
  const counts = `${workloads} ${workloads === 1 ? 'service' : 'services'} of ${objects} ${objects === 1 ? 'object' : 'objects'}`;
  return `${list('Note:', notes)}${list('Not expressed:', differences)}${counts}; ${equal ? 'rendered, they are equal to what was read' : `${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}, listed above`}\n`;
}
