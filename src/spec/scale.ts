import { z } from 'zod';
import { labelSchema } from './syntax';
import { closed } from './varying';

const replicas = z.int().min(1).max(1000);

/** The same number of replicas always. */
const fixedSchema = z.strictObject({
  /** Number of replicas, 1 to 1000. */
  replicas,
});

/** As many replicas as the load asks for. */
const rangeSchema = z.strictObject({
  /** Fewest replicas, 1 to 1000. */
  min: replicas,
  /** Most replicas, more than `min`, at most 1000. */
  max: replicas,
  /** Average use of the requested CPU that is aimed at, 1 to 100 percent. @default 70 */
  cpuPercent: z.int().min(1).max(100).default(70),
  /** Average use of the requested memory that is aimed at besides, 1 to 100 percent. */
  memoryPercent: z.int().min(1).max(100).optional(),
  /** A metric of the pods, served by the custom metrics API, and its value per replica that is aimed at besides. */
  perReplica: z.strictObject({ metric: z.string().min(1).max(253), value: z.number().positive() }).optional(),
  /** Seconds that a lower load must last before replicas go, 0 to 3600. @default 300 */
  calmSeconds: z.int().min(0).max(3600).default(300),
}).refine(({ min, max }) => min < max, {
  path: ['max'], error: 'must be more than min; write { replicas } for a number that never changes',
});

/** As many replicas as events ask for, none when there are none. Needs KEDA in the environment. */
const eventsSchema = z.strictObject({
  /** Fewest replicas, 0 to 1000. @default 0 */
  min: z.int().min(0).max(1000).default(0),
  /** Most replicas, more than `min`, at most 1000. */
  max: replicas,
  /** What replicas are made for. */
  triggers: z.array(z.strictObject({
    /** The kind of scaler: `kafka`, `rabbitmq`, `aws-sqs-queue`, `cron`, … */
    type: z.string().min(1).max(63),
    /** What the scaler needs to know. */
    metadata: z.record(z.string(), z.string()),
    /** The TriggerAuthentication that holds its credentials. */
    authentication: labelSchema().optional(),
  })).min(1),
  /** Seconds without events after which replicas go, 0 to 86400. @default 300 */
  calmSeconds: z.int().min(0).max(86_400).default(300),
}).refine(({ min, max }) => min < max, { path: ['max'], error: 'must be more than min' });

export const scaleSchema = z.union([fixedSchema.check(closed), rangeSchema.check(closed), eventsSchema.check(closed)]);

export interface Fixed { replicas: number; min?: never; max?: never; cpuPercent?: never; perReplica?: never }
export interface Range {
  min: number;
  max: number;
  cpuPercent?: number;
  memoryPercent?: number;
  perReplica?: { metric: string; value: number };
  calmSeconds?: number;
  replicas?: never;
}
export interface Events {
  min?: number;
  max: number;
  triggers: readonly { type: string; metadata: Readonly<Record<string, string>>; authentication?: string }[];
  calmSeconds?: number;
  replicas?: never;
  cpuPercent?: never;
}

/** How many replicas run: a fixed number, a range that follows the load, or as many as events ask for. */
export type Scale = Fixed | Range | Events;

export type ScaleSpec = z.output<typeof scaleSchema>;

/** The fewest replicas that run when any do. */
export function fewestReplicas(scale: ScaleSpec): number {
  return 'replicas' in scale ? scale.replicas : Math.max(1, scale.min);
}
