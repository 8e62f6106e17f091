import { z } from 'zod';
import { labelSchema } from './syntax';
import { varying, type Names, type Varying } from './varying';

const key = z.string().min(1).max(253).regex(/^[-._a-zA-Z0-9]+$/, { error: 'expected a key: letters, digits, "-", "_" and "."' });

const variableName = z.string().max(253)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'expected the name of a variable: letters, digits and "_", not beginning with a digit' });

/** A value that stands here, or one that an object of the cluster holds. */
const variableSchema = z.union([
  z.string(),
  z.strictObject({ configMap: labelSchema(), key }),
  z.strictObject({ secret: labelSchema(), key }),
  z.strictObject({ field: z.enum(['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'status.podIP', 'status.hostIP']) }),
]);

/** Environment variables, by name. */
export const variablesSchema = z.record(variableName, varying(variableSchema));

export type Variable = z.input<typeof variableSchema>;
export type Variables<N extends Names> = Readonly<Record<string, Varying<N, Variable>>>;
