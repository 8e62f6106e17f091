import { z } from 'zod';
import { labelSchema, pathSchema } from './syntax';

const seconds = (max: number) => z.int().min(1).max(max);

/** How long things may take before Kubernetes, or the process itself, acts. */
export const healthSchema = z.strictObject({
  /** Seconds a process may take to start, 1 to 3600. @default 60 */
  startSeconds: seconds(3600).default(60),
  /** Seconds between two checks, 1 to 300. @default 10 */
  periodSeconds: seconds(300).default(10),
  /** Seconds until a check counts as failed, 1 to 60. @default 2 */
  timeoutSeconds: seconds(60).default(2),
  /** Seconds a stopping process goes on serving while the cluster learns that it leaves, 0 to 300. @default 5 */
  drainSeconds: z.int().min(0).max(300).default(5),
  /** Seconds after which a stopping process is killed, 1 to 3600. @default 45 */
  graceSeconds: seconds(3600).default(45),
  /** Where checks go, for an image that does not answer on the management port: the name of a port. @default - the management port */
  port: labelSchema(15).optional(),
  /** The path that says whether it lives, on an HTTP port. @default '/health/live' */
  livePath: pathSchema.default('/health/live'),
  /** The path that says whether requests may come, on an HTTP port. @default '/health/ready' */
  readyPath: pathSchema.default('/health/ready'),
  /** Seconds that a stopping pod waits before its process is told, for images that do not drain themselves, 0 to 300. @default 0 */
  waitSeconds: z.int().min(0).max(300).default(0),
}).refine(({ drainSeconds, waitSeconds, graceSeconds }) => drainSeconds + waitSeconds < graceSeconds, {
  path: ['graceSeconds'], error: 'must be more than drainSeconds and waitSeconds together, or the process is killed while it still serves',
});

export type Health = z.input<typeof healthSchema>;
export type HealthSpec = z.output<typeof healthSchema>;
