import { z } from 'zod';
import { labelSchema } from './syntax';

/**
 * Something that replicas are made for.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/#triggers
 */
export const triggerSchema = z.strictObject({
  /** The kind of scaler: `kafka`, `rabbitmq`, `aws-sqs-queue`, `cron`, … */
  type: z.string().min(1).max(63),
  /** What the scaler needs to know. */
  metadata: z.record(z.string(), z.string()),
  /** The TriggerAuthentication that holds its credentials, by name; or its name and kind. @default - none */
  authentication: z.union([labelSchema(), z.strictObject({
    name: labelSchema(),
    /** Whether it belongs to the namespace, or to the whole cluster. @default 'TriggerAuthentication' */
    kind: z.enum(['TriggerAuthentication', 'ClusterTriggerAuthentication']).default('TriggerAuthentication'),
  })]).optional(),
  /**
   * Whether the value of the metric that the scaler names is meant per replica, for all replicas together, or as a share of what is
   * requested, which `cpu` and `memory` alone can be. @default - per replica
   */
  metricType: z.enum(['AverageValue', 'Value', 'Utilization']).optional(),
});

/**
 * How many replicas run while the source of events does not answer.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/#fallback
 */
export const fallbackSchema = z.strictObject({
  /** How often in a row it must not have answered, 1 to 1000. */
  failures: z.int().min(1).max(1000),
  /** How many replicas run then, 0 to 1000. */
  replicas: z.int().min(0).max(1000),
  /** Whether that number counts always, or as it compares with the number that runs. @default 'static' */
  behavior: z.enum(['static', 'currentReplicas', 'currentReplicasIfHigher', 'currentReplicasIfLower']).default('static'),
});

type TriggerSpec = z.output<typeof triggerSchema>;

/** Something that replicas are made for, by one of KEDA's scalers. */
export interface Trigger {
  type: string;
  metadata: Readonly<Record<string, string>>;
  authentication?: string | { name: string; kind?: 'TriggerAuthentication' | 'ClusterTriggerAuthentication' };
  metricType?: 'AverageValue' | 'Value' | 'Utilization';
}
export type Fallback = z.input<typeof fallbackSchema>;

interface Said { readonly path: readonly (string | number)[]; readonly message: string }

/** Scalers that read what pods use, so that they tell nothing while there is no pod. */
const reads = (type: string) => type === 'cpu' || type === 'memory';

/** What KEDA refuses of triggers that are each right alone. */
export function triggerProblems({ min, idleReplicas, triggers, fallback }: {
  readonly min: number; readonly idleReplicas?: 0; readonly triggers: readonly TriggerSpec[]; readonly fallback?: object;
}): Said[] {
  const problems: Said[] = [];
  triggers.forEach(({ type, metricType }, index) => {
    const path = ['triggers', index, 'metricType'];
    if (reads(type) && metricType !== 'Utilization' && metricType !== 'AverageValue') problems.push({ path, message: `expected "Utilization" or "AverageValue", which ${type} needs to be told` });
    if (!reads(type) && metricType === 'Utilization') problems.push({ path, message: 'expected "AverageValue" or "Value"; only cpu and memory are used' });
  });
  if (triggers.every(({ type }) => reads(type)) && (min === 0 || idleReplicas === 0)) {
    problems.push({ path: ['triggers'], message: 'has nothing but cpu and memory, which wake nobody up where no replica runs; add a trigger, or keep a replica' });
  }
  if (fallback && !triggers.some(({ type, metricType = 'AverageValue' }) => !reads(type) && metricType !== 'Utilization')) {
    problems.push({ path: ['fallback'], message: 'needs a trigger other than cpu and memory, which are all there are; remove it' });
  }
  return problems;
}
