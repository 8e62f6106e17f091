import { z } from 'zod';
import { infrastructureSchema } from '../../spec/infrastructure';
import { writtenFilesSchema } from '../written-files';

/** What `marty infra config --json` prints: what each environment was given, or with `--out` what was written. */
export const infraResultSchema = z.union([
  z.strictObject({ environments: z.record(z.string(), infrastructureSchema) }),
  writtenFilesSchema,
]);

/** What `marty infra controllers --json` prints: the text of every file, or with `--out` what was written. */
export const controllersResultSchema = z.union([
  z.strictObject({ files: z.record(z.string(), z.string()) }),
  writtenFilesSchema,
]);
