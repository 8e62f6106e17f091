import { z } from 'zod';
import { resourcesSchema } from './resources';
import { variablesSchema } from './variables';
import { labelSchema, pinnedImageSchema } from './syntax';
import type { Settled } from './varying';

/** A container beside that of the service. It runs under the same restrictions. */
export const containerSchema = z.strictObject({
  /** The image with its version: a tag that never moves, or a digest. */
  image: pinnedImageSchema,
  /** The program, instead of that of the image. @default - that of the image */
  command: z.array(z.string().min(1)).min(1).optional(),
  /** Its arguments. @default - those of the image */
  args: z.array(z.string()).optional(),
  /** Environment variables. @default {} */
  variables: variablesSchema.default({}),
  /** CPU, memory and disk. @default 'small' */
  resources: resourcesSchema.default('small'),
  /** The volumes of the service that it sees too, by their names. @default [] */
  volumes: z.array(z.string()).default([]),
});

export const containersSchema = z.record(labelSchema(), containerSchema);

export type Container = z.input<typeof containerSchema>;
/** A container in one environment. */
export type ContainerSpec = Settled<z.output<typeof containerSchema>>;
