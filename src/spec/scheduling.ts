import { z } from 'zod';
import { labelsSchema } from './syntax';

const taintKey = z.string().min(1).max(317);

/** Where pods may run. */
export const schedulingSchema = z.strictObject({
  /** Labels that a node must have. @default {} */
  nodes: labelsSchema.default({}),
  /** Taints of nodes that are tolerated. @default [] */
  tolerations: z.array(z.strictObject({
    key: taintKey,
    /** The value of the taint. @default - any */
    value: z.string().max(63).optional(),
    /** What the taint does. @default - any */
    effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
  })).default([]),
  /** Whether replicas must be spread over zones, or only should be. @default 'should' */
  zones: z.enum(['must', 'should']).default('should'),
  /** Whether replicas must run on different nodes, or only should. @default 'should' */
  hosts: z.enum(['must', 'should']).default('should'),
});

export type Scheduling = z.input<typeof schedulingSchema>;
export type SchedulingSpec = z.output<typeof schedulingSchema>;

const share = z.union([
  z.int().min(0).max(1000),
  z.string().regex(/^([0-9]|[1-9][0-9]|100)%$/, { error: 'expected a number of replicas, or a share from 0% to 100%' }),
]);

/** How a new version replaces the old one. */
export const rolloutSchema = z.strictObject({
  /** Most replicas more than wanted, while rolling. @default '25%' */
  maxSurge: share.default('25%'),
  /** Most replicas fewer than wanted, while rolling. @default 0 */
  maxUnavailable: share.default(0),
  /** Whether the old version is stopped before the new one starts. @default false */
  recreate: z.boolean().default(false),
  /** Seconds a new replica must be ready before it counts, 0 to 3600. @default 0 */
  minReadySeconds: z.int().min(0).max(3600).default(0),
  /** Seconds after which a rollout that makes no progress counts as failed, 10 to 86400. @default 600 */
  progressSeconds: z.int().min(10).max(86_400).default(600),
}).refine(({ maxSurge, maxUnavailable }) => !(isNone(maxSurge) && isNone(maxUnavailable)), {
  path: ['maxUnavailable'], error: 'is nothing like maxSurge, so that no replica could ever be replaced; allow one of them',
}).refine(({ minReadySeconds, progressSeconds }) => minReadySeconds < progressSeconds, {
  path: ['progressSeconds'], error: 'must be more than minReadySeconds',
});

export type Rollout = z.input<typeof rolloutSchema>;
export type RolloutSpec = z.output<typeof rolloutSchema>;

const isNone = (value: number | string) => value === 0 || value === '0%';
