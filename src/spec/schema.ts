import { z } from 'zod';
import type { Problem } from '../errors';

/**
 * Any zod schema, of zod itself or of zod/mini. The small core type: held against the class with all its methods, every
 * schema that a user writes would cost the compiler 30,000 types.
 */
export type Schema<Output = unknown> = z.core.$ZodType<Output>;

/** Whether a value is a zod schema, of whichever installed copy. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

/** The JSON Schema of what a schema accepts. */
export function jsonSchemaOf(schema: Schema): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

/** What keeps a JSON Schema from being read. */
export function schemaProblems(schema: Readonly<Record<string, unknown>>, path: string): Problem[] {
  // Read strictly, properties without a type would hold for nothing.
  if ('properties' in schema && schema.type === undefined) return [{ path: `${path}.type`, message: 'is missing, expected "object", since the schema names properties' }];
  try {
    z.fromJSONSchema(schema);
    return [];
  } catch (error) {
    return [{ path, message: `is no JSON Schema that can be used: ${error instanceof Error ? error.message : String(error)}` }];
  }
}
