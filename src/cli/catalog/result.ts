import { z } from 'zod';
import { writtenFilesSchema } from '../written-files';

const entitySchema = z.strictObject({
  apiVersion: z.literal('backstage.io/v1alpha1'),
  kind: z.enum(['API', 'Component', 'Resource', 'System']),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({}),
});

/** What `marty catalog --json` prints: every entity, or with `--out` what was written. */
export const catalogResultSchema = z.union([
  z.strictObject({ entities: z.array(entitySchema) }),
  writtenFilesSchema,
]);
