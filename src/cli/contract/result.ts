import { z } from 'zod';
import { formats } from './document';

/** What `marty contract export --out --json` prints. */
export const contractExportResultSchema = z.strictObject({
  file: z.string(),
  format: z.enum(formats),
  platform: z.string(),
  services: z.array(z.string()),
  /** Whether the file differs from what was there; with --dry-run, whether it would. */
  written: z.boolean(),
  dryRun: z.boolean(),
});

export type ContractExportResult = z.output<typeof contractExportResultSchema>;
