import { z } from 'zod';
import { metricNameSchema, scalingMetricSchema, type ScalingMetric } from './scaling-metrics';
import { scaleDownSchema, scaleUpSchema, type ScaleDown, type ScaleUp } from './scaling-policies';
import { fallbackSchema, triggerProblems, triggerSchema, type Fallback, type Trigger } from './scaling-triggers';
import { closed } from './varying';

const replicas = z.int().min(1).max(1000);
const percent = z.int().min(1).max(100);

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
  /** Average use of the requested CPU that is aimed at, 1 to 100 percent; `'none'` where it tells nothing of the load. @default 70 */
  cpuPercent: z.union([percent, z.literal('none')]).default(70),
  /** Average use of the requested memory that is aimed at besides, 1 to 100 percent. */
  memoryPercent: percent.optional(),
  /** A metric of the pods, served by the custom metrics API, and its value per replica that is aimed at besides. */
  perReplica: z.strictObject({ metric: metricNameSchema, value: z.number().positive() }).optional(),
  /** Further metrics that are aimed at besides, at most 20; the one that asks for most replicas counts. @default [] */
  metrics: z.array(scalingMetricSchema).max(20).default([]),
  /** How fast replicas may come. @default - as fast as Kubernetes makes them */
  scaleUp: scaleUpSchema.optional(),
  /** How fast replicas may go; `'disabled'` when none ever should. @default - at once, after `calmSeconds` */
  scaleDown: scaleDownSchema.optional(),
  /** Seconds that a lower load must last before replicas go, 0 to 3600. @default 300 */
  calmSeconds: z.int().min(0).max(3600).default(300),
}).refine(({ min, max }) => min < max, {
  path: ['max'], error: 'must be more than min; write { replicas } for a number that never changes',
}).refine(({ cpuPercent, memoryPercent, perReplica, metrics }) => cpuPercent !== 'none' || memoryPercent !== undefined || perReplica !== undefined || metrics.length > 0, {
  path: ['cpuPercent'], error: 'must be a share where no other metric is named, or nothing says how many replicas there should be',
});

/** As many replicas as events ask for, none when there are none. Needs KEDA in the environment. */
const eventsSchema = z.strictObject({
  /** Fewest replicas, 0 to 1000. @default 0 */
  min: z.int().min(0).max(1000).default(0),
  /** Most replicas, more than `min`, at most 1000. */
  max: replicas,
  /** What replicas are made for. */
  triggers: z.array(triggerSchema).min(1),
  /** Replicas while there are no events, where that is fewer than `min`: 0, the only number that KEDA knows. @default - `min` */
  idleReplicas: z.literal(0).optional(),
  /** How many replicas run while the source of events does not answer. @default - as many as there are */
  fallback: fallbackSchema.optional(),
  /** Seconds between two looks at the source of events, 1 to 3600. @default 30 */
  pollingSeconds: z.int().min(1).max(3600).default(30),
  /** How fast replicas may come. @default - as fast as Kubernetes makes them */
  scaleUp: scaleUpSchema.optional(),
  /** How fast replicas may go; `'disabled'` when none ever should while there are events. @default - at once, after `calmSeconds` */
  scaleDown: scaleDownSchema.optional(),
  /** Seconds without events after which replicas go, 0 to 86400; all but the last one after 3600 at the latest. @default 300 */
  calmSeconds: z.int().min(0).max(86_400).default(300),
}).refine(({ min, max }) => min < max, { path: ['max'], error: 'must be more than min' })
  .refine(({ min, idleReplicas }) => idleReplicas === undefined || min > 0, {
    path: ['idleReplicas'], error: 'means nothing beside a min of 0; remove it, or raise min',
  })
  .refine(({ max, fallback }) => fallback === undefined || fallback.replicas <= max, { path: ['fallback', 'replicas'], error: 'must be at most max' })
  .superRefine((events, context) => triggerProblems(events).forEach(({ path, message }) => context.addIssue({ code: 'custom', path: [...path], message })));

export const scaleSchema = z.union([fixedSchema.check(closed), rangeSchema.check(closed), eventsSchema.check(closed)]);

export interface Fixed { replicas: number; min?: never; max?: never; cpuPercent?: never; perReplica?: never }

interface Paced {
  max: number;
  calmSeconds?: number;
  scaleUp?: ScaleUp;
  scaleDown?: ScaleDown;
  replicas?: never;
}
export interface Range extends Paced {
  min: number;
  cpuPercent?: number | 'none';
  memoryPercent?: number;
  perReplica?: { metric: string; value: number };
  metrics?: readonly ScalingMetric[];
}
export interface Events extends Paced {
  min?: number;
  triggers: readonly Trigger[];
  idleReplicas?: 0;
  fallback?: Fallback;
  pollingSeconds?: number;
  cpuPercent?: never;
}

/** How many replicas run: a fixed number, a range that follows the load, or as many as events ask for. */
export type Scale = Fixed | Range | Events;

export type ScaleSpec = z.output<typeof scaleSchema>;

/** The fewest replicas that run when any do. */
export function fewestReplicas(scale: ScaleSpec): number {
  return 'replicas' in scale ? scale.replicas : Math.max(1, scale.min);
}

/** The fewest replicas that run at any time: none while there are no events. */
export function replicasAtRest(scale: ScaleSpec): number {
  if ('replicas' in scale) return scale.replicas;
  return 'triggers' in scale && scale.idleReplicas === 0 ? 0 : scale.min;
}
