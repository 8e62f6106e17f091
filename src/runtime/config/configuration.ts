import { z } from 'zod';
import type { Problem } from '../../errors';
import type { MicroserviceSpec } from '../../spec/microservice';
import { problemsOfIssues } from '../../spec/problems';
import { frozen } from '../../spec/frozen';
import { knowsKey, type Schema } from './json-schema';

/** The JSON Schema of what a service can be configured with; of nothing where it has no configuration. */
export function schemaOf(description: MicroserviceSpec): Schema {
  return description.data.config?.schema ?? { type: 'object', additionalProperties: false };
}

/**
 * The values of a service's configuration, as its schema makes them: checked, with defaults, frozen.
 *
 * @param values what the file and the variables say.
 * @param required the top-level keys that the description which wrote the file cannot do without.
 */
export function configured(
  description: MicroserviceSpec, values: Schema, required: readonly string[],
): { config: unknown; problems: Problem[] } {
  const schema = schemaOf(description);
  const unknown = required.filter(key => !knowsKey(schema, key)).map(key => ({
    path: 'required', message: `the ConfigMap requires the configuration key ${key}, which this build does not know; deploy the image built from it`,
  }));
  // A newer description may have added keys that are not required; a strict schema must not trip over them.
  const known = Object.fromEntries(Object.entries(values).filter(([key]) => knowsKey(schema, key)));
  const parser = description.configuration ?? (description.data.config ? z.fromJSONSchema(description.data.config.schema) : undefined);
  if (!parser) return { config: frozen({}), problems: unknown };
  const result = z.safeParse(parser, known);
  return result.success
    ? { config: frozen(result.data), problems: unknown }
    : { config: undefined, problems: [...unknown, ...problemsOfIssues(result.error.issues, { config: known }, ['config'])] };
}
