import { z } from 'zod';
import { MartyError } from '../errors';
import { descriptionJsonSchema } from '../spec/description';
import { runtimeConfigSchema } from '../spec/runtime-config';
import { contractJsonSchema } from './contract/document';
import { contractExportResultSchema } from './contract/result';
import { explainResultSchema } from './explain/result';
import { errorSchema } from './failure';
import { importResultSchema } from './import/result';
import { initResultSchema } from './init/result';
import { specCheckResultSchema } from './spec/check';
import { synthResultSchema } from './synth/result';

type JsonSchema = Record<string, unknown>;

const published = (title: string, schema: z.ZodType) => (): JsonSchema => ({ title, ...z.toJSONSchema(schema, { io: 'output' }) });

/** The JSON Schema of everything that a command prints as JSON, by name. */
export const schemas: Readonly<Record<string, () => JsonSchema>> = {
  'description': descriptionJsonSchema,
  'runtime': published('marty spec --env', z.record(z.string(), runtimeConfigSchema)),
  'contract': contractJsonSchema,
  'contract-export': published('marty contract export --out --json', contractExportResultSchema),
  'spec-check': published('marty spec --check --json', specCheckResultSchema),
  'synth': published('marty synth --json', synthResultSchema),
  'explain': published('marty explain --json', explainResultSchema),
  'import': published('marty import --json', importResultSchema),
  'init': published('marty init --json', initResultSchema),
  'error': published('any command with --json that fails', errorSchema),
};

/**
 * A published JSON Schema.
 *
 * @throws USAGE when there is none of this name.
 */
export function schemaNamed(name: string): JsonSchema {
  if (!Object.hasOwn(schemas, name)) throw new MartyError('USAGE', `--schema is ${name}, expected one of ${Object.keys(schemas).join(', ')}`);
  return schemas[name]();
}
