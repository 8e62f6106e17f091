import { z } from 'zod';
import { infrastructureSchema } from '../../spec/infrastructure';
import { writtenFilesSchema } from '../written-files';

/** What `marty infra config --json` prints: what each environment was given, or with `--out` what was written. */
export const infraResultSchema = z.union([
  z.strictObject({ environments: z.record(z.string(), infrastructureSchema) }),
  writtenFilesSchema,
]);
