import { z } from 'zod';

/** What `marty init --json` prints. */
export const initResultSchema = z.strictObject({
  /** The folder of the project. */
  folder: z.string(),
  name: z.string(),
  /** Whether nothing was done, only told. */
  dryRun: z.boolean(),
  /** Every file that is written. */
  files: z.array(z.string()),
  /** Every file that was there already and may stay as it is. */
  kept: z.array(z.string()),
  /** The commands to go on with. */
  next: z.array(z.string()),
});

export type InitResult = z.output<typeof initResultSchema>;
