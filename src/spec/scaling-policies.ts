import { z } from 'zod';

const periodSeconds = z.int().min(1).max(1800);

/** By how much the number of replicas may change in some time. */
const policySchema = z.union([
  z.strictObject({
    /** Replicas, 1 to 1000. */
    pods: z.int().min(1).max(1000),
    /** The time that is looked back at, 1 to 1800 seconds. */
    periodSeconds,
  }),
  z.strictObject({
    /** Share of the replicas that run, 1 to 10000 percent. */
    percent: z.int().min(1).max(10_000),
    /** The time that is looked back at, 1 to 1800 seconds. */
    periodSeconds,
  }),
]);

const policies = z.array(policySchema).min(1).max(10);
const selectPolicy = z.enum(['max', 'min']);

/**
 * How fast replicas may come.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior
 */
export const scaleUpSchema = z.strictObject({
  /** By how much in some time, 1 to 10 policies. @default - doubled, or 4 replicas more, whichever is more, every 15 seconds */
  policies: policies.optional(),
  /** Whether the policy that allows most counts, or the one that allows least. @default 'max' */
  selectPolicy: selectPolicy.default('max'),
  /** Seconds that a higher load must last before replicas come, 0 to 3600. @default 0 */
  calmSeconds: z.int().min(0).max(3600).default(0),
});

/**
 * How fast replicas may go, once a lower load has lasted for the scale's `calmSeconds`; or that none ever go.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior
 */
export const scaleDownSchema = z.union([z.literal('disabled'), z.strictObject({
  /** By how much in some time, 1 to 10 policies. @default - all that are too many, every 15 seconds */
  policies: policies.optional(),
  /** Whether the policy that allows most counts, or the one that allows least. @default 'max' */
  selectPolicy: selectPolicy.default('max'),
})]);

/** By how much the number of replicas may change in some seconds: by a number, or by a share of those that run. */
export type ScalingPolicy = { pods: number; percent?: never; periodSeconds: number } | { percent: number; pods?: never; periodSeconds: number };

export interface ScaleUp { policies?: readonly ScalingPolicy[]; selectPolicy?: 'max' | 'min'; calmSeconds?: number }
export type ScaleDown = 'disabled' | { policies?: readonly ScalingPolicy[]; selectPolicy?: 'max' | 'min' };

interface Rules {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  readonly policies?: readonly { readonly type: 'Pods' | 'Percent'; readonly value: number; readonly periodSeconds: number }[];
}

/** How fast the number of replicas may change, in the words of Kubernetes. */
export interface ScalingBehavior { readonly scaleUp?: Rules; readonly scaleDown?: Rules }

interface Paced { readonly calmSeconds?: number; readonly scaleUp?: ScaleUp; readonly scaleDown?: ScaleDown }

/** Longest time that Kubernetes lets a lower load last. KEDA waits longer, but only before the last replica goes. */
const longestCalmSeconds = 3600;

/** What of a scale's pace is not what Kubernetes does anyway; undefined when nothing is. */
export function behaviorOf({ calmSeconds = 300, scaleUp, scaleDown }: Paced): ScalingBehavior | undefined {
  const up: Rules = {
    ...(scaleUp?.calmSeconds ? { stabilizationWindowSeconds: scaleUp.calmSeconds } : {}),
    ...rulesOf(scaleUp),
  };
  const down: Rules = {
    ...(calmSeconds === 300 ? {} : { stabilizationWindowSeconds: Math.min(calmSeconds, longestCalmSeconds) }),
    ...(scaleDown === 'disabled' ? { selectPolicy: 'Disabled' as const } : rulesOf(scaleDown)),
  };
  const behavior = { ...(Object.keys(up).length ? { scaleUp: up } : {}), ...(Object.keys(down).length ? { scaleDown: down } : {}) };
  return Object.keys(behavior).length ? behavior : undefined;
}

function rulesOf(pace: Pick<ScaleUp, 'policies' | 'selectPolicy'> | undefined): Rules {
  return {
    ...(pace?.selectPolicy === 'min' ? { selectPolicy: 'Min' as const } : {}),
    ...(pace?.policies ? {
      policies: pace.policies.map(policy => ({
        type: policy.pods === undefined ? 'Percent' as const : 'Pods' as const, value: policy.pods ?? policy.percent, periodSeconds: policy.periodSeconds,
      })),
    } : {}),
  };
}
