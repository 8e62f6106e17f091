import { z } from 'zod';
import { labelSchema } from '../../spec/syntax';
import type { InputOf } from '../../spec/input';

/** What is installed into a cluster: `true` with its defaults, or what differs. */
export const addonSchema = z.union([
  z.boolean(),
  z.strictObject({
    /** The version in the words of who publishes it. @default - the one that fits the cluster's version */
    version: z.string().min(1).max(64).optional(),
    /** What its own configuration says otherwise: values of the add-on or of its chart. @default {} */
    values: z.record(z.string(), z.json()).default({}),
  }),
], { error: 'expected true, false, or { version, values }' });

/** Add-ons by name; which ones there are is a matter of the cloud. */
export const addonsSchema = z.record(labelSchema(50), addonSchema);

export type AddonsInput = InputOf<typeof addonsSchema>;
export type Addon = z.output<typeof addonSchema>;
