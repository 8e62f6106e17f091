import { z } from 'zod';
import { notYet } from './syntax';

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
  /** A metric per replica to scale by. Not translated yet: refused. */
  perReplica: notYet('scale by cpuPercent'),
}).refine(({ min, max }) => min < max, {
  path: ['max'], error: 'must be more than min; write { replicas } for a number that never changes',
});

export const scaleSchema = z.union([fixedSchema, rangeSchema]);

export interface Fixed { replicas: number; min?: never; max?: never; cpuPercent?: never; perReplica?: never }
export interface Range { min: number; max: number; cpuPercent?: number; perReplica?: { metric: string; value: number }; replicas?: never }

/** How many replicas run: a fixed number, or a range that follows the load. */
export type Scale = Fixed | Range;

export type ScaleSpec = z.output<typeof scaleSchema>;

/** The fewest replicas that run. */
export function fewestReplicas(scale: ScaleSpec): number {
  return 'replicas' in scale ? scale.replicas : scale.min;
}
