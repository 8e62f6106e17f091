import { z } from 'zod';
import { MartyError } from '../errors';
import { descriptionJsonSchema } from '../spec/description';
import { runtimeConfigSchema } from '../spec/runtime-config';
import { checkResultSchema } from './check/result';
import { catalogResultSchema } from './catalog/result';
import { contractJsonSchema } from './contract/document';
import { contractExportResultSchema } from './contract/result';
import { diffResultSchema } from './diff/result';
import { envResultSchema } from './env/releases-file';
import { explainResultSchema } from './explain/result';
import { errorSchema } from './failure-schema';
import { importResultSchema } from './import/result';
import { controllersResultSchema, infraResultSchema } from './infra/result';
import { initResultSchema } from './init/result';
import { kafkaPlanSchema } from './kafka/result';
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
  'check': published('marty check --json', checkResultSchema),
  'catalog': published('marty catalog --json', catalogResultSchema),
  'env': published('marty env set --json, marty env promote --json', envResultSchema),
  'explain': published('marty explain --json', explainResultSchema),
  'kafka-plan': published('marty kafka plan --json', kafkaPlanSchema),
  'diff': published('marty diff --json, marty env drift --json', diffResultSchema),
  'import': published('marty import --json', importResultSchema),
  'infra-config': published('marty infra config --json', infraResultSchema),
  'infra-controllers': published('marty infra controllers --json', controllersResultSchema),
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
