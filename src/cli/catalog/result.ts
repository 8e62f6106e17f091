import { z } from 'zod';

const entitySchema = z.strictObject({
  apiVersion: z.literal('backstage.io/v1alpha1'),
  kind: z.enum(['API', 'Component', 'Resource', 'System']),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({}),
});

/** What `marty catalog --json` prints: every entity, or with `--out` what was written. */
export const catalogResultSchema = z.union([
  z.strictObject({ entities: z.array(entitySchema) }),
  z.strictObject({
    folder: z.string(),
    /** Every file, and whether it differs from what was there; with --dry-run, whether it would. */
    files: z.array(z.strictObject({ path: z.string(), written: z.boolean() })),
    dryRun: z.boolean(),
  }),
]);

export type CatalogResult = z.output<typeof catalogResultSchema>;
