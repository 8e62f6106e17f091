import { z } from 'zod';
import { infrastructureSchema } from '../../spec/infrastructure';

/** What `marty infra config --json` prints: what each environment was given, or with `--out` what was written. */
export const infraResultSchema = z.union([
  z.strictObject({ environments: z.record(z.string(), infrastructureSchema) }),
  z.strictObject({
    folder: z.string(),
    /** Every file, and whether it differs from what was there; with --dry-run, whether it would. */
    files: z.array(z.strictObject({ path: z.string(), written: z.boolean() })),
    dryRun: z.boolean(),
  }),
]);

export type InfraResult = z.output<typeof infraResultSchema>;
