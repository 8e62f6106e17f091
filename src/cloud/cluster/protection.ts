import { z } from 'zod';
import { reasonSchema } from '../../spec/syntax';

/** Whether something refuses to be deleted: always, but for a reason why it is to go. */
export const protectionSchema = z.union([z.literal(true), z.strictObject({ off: reasonSchema })], { error: 'expected true, or { off: \'why it is to go\' } before it is taken down' });

export type Protection = z.output<typeof protectionSchema>;
