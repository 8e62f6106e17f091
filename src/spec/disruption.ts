import { z } from 'zod';

const percent = z.string().regex(/^([1-9][0-9]?)%$/, { error: 'expected a share from 1% to 99%' });

/**
 * What voluntary disruptions, such as the drain of a node, must leave alone.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export const disruptionSchema = z.union([
  z.strictObject({
    /** Most replicas that may be gone at a time: a number or a share. */
    maxUnavailable: z.union([z.int().min(1).max(1000), percent]),
  }),
  z.strictObject({
    /** Fewest replicas that must stay: a number or a share. */
    minAvailable: z.union([z.int().min(1).max(1000), percent]),
  }),
]);

export type Disruption = z.output<typeof disruptionSchema>;

/**
 * How many of some replicas may be evicted at once. Kubernetes rounds both shares up.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages
 */
export function evictable(disruption: Disruption, replicas: number): number {
  const count = (value: number | string) => (typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * replicas) / 100));
  return 'maxUnavailable' in disruption
    ? Math.min(replicas, count(disruption.maxUnavailable))
    : Math.max(0, replicas - count(disruption.minAvailable));
}
