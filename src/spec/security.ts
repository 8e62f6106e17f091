import { z } from 'zod';
import { reasonSchema } from './syntax';

const reason = z.strictObject({
  /** Why it cannot be otherwise, 10 to 500 characters; it is written into the manifest. */
  reason: reasonSchema,
});

/** What is loosened of the restricted profile, each with its reason. */
export const securitySchema = z.strictObject({
  /** The user and group of the process; linters ask for more than 10000. @default 10001 */
  user: z.int().min(1).max(2_147_483_647).default(10_001),
  /** Whether the process may write to its image, which it should not. */
  writableRoot: reason.optional(),
  /** Whether the process may listen on ports below 1024 (capability NET_BIND_SERVICE). */
  lowPorts: reason.optional(),
});

export type Security = z.input<typeof securitySchema>;
export type SecuritySpec = z.output<typeof securitySchema>;
