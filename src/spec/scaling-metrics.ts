import { z } from 'zod';
import { labelsSchema } from './syntax';

const segment = /^(?!\.{1,2}$)[^/%]+$/;

/** The name of a metric, as it stands in a path of the metrics API. */
export const metricNameSchema = z.string().min(1).max(253).regex(segment, { error: 'expected a name without "/" and "%", other than "." and ".."' });

const amount = z.number().positive().max(1e15);
const oneAmount = (metric: { value?: number; perReplica?: number }) => (metric.value === undefined) !== (metric.perReplica === undefined);
const whichAmount = { path: ['value'], error: 'expected either value, for all replicas together, or perReplica, for each' };

/** The object that a metric is about. */
const objectSchema = z.strictObject({
  /** The group and version of its kind. @default 'v1' */
  apiVersion: z.string().max(253).regex(/^([a-z0-9.-]+\/)?v[0-9]+[a-z0-9]*$/, { error: 'expected a version such as v1 or networking.k8s.io/v1' }).default('v1'),
  /** Its kind, such as `Service`. */
  kind: z.string().max(63).regex(/^[A-Z][A-Za-z0-9]*$/, { error: 'expected a kind such as Service' }),
  /** Its name, in the namespace of the service. */
  name: z.string().min(1).max(253).regex(segment, { error: 'expected a name without "/" and "%"' }),
});

/**
 * A metric that replicas are made for, besides the use of CPU and memory.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-on-custom-metrics
 */
export const scalingMetricSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    /** A metric of each pod, served by the custom metrics API. */
    kind: z.literal('pods'),
    metric: metricNameSchema,
    /** Labels by which the metric is narrowed down. @default {} */
    labels: labelsSchema.default({}),
    /** Its average over the pods that is aimed at, more than 0. */
    perReplica: amount,
  }),
  z.strictObject({
    /** A metric of one object of the namespace, such as requests at an Ingress, served by the custom metrics API. */
    kind: z.literal('object'),
    metric: metricNameSchema,
    of: objectSchema,
    /** Labels by which the metric is narrowed down. @default {} */
    labels: labelsSchema.default({}),
    /** Its value that is aimed at, more than 0. @default - perReplica is said instead */
    value: amount.optional(),
    /** Its value divided by the replicas that is aimed at, more than 0. @default - value is said instead */
    perReplica: amount.optional(),
  }).refine(oneAmount, whichAmount),
  z.strictObject({
    /** A metric of something outside the cluster, such as the length of a queue, served by the external metrics API. */
    kind: z.literal('external'),
    metric: metricNameSchema,
    /** Labels by which the metric is narrowed down. @default {} */
    labels: labelsSchema.default({}),
    /** Its value that is aimed at, more than 0. @default - perReplica is said instead */
    value: amount.optional(),
    /** Its value divided by the replicas that is aimed at, more than 0. @default - value is said instead */
    perReplica: amount.optional(),
  }).refine(oneAmount, whichAmount),
]);

type Labels = Readonly<Record<string, string>>;
/** Either of the two. */
interface Amount { value?: number; perReplica?: number }

/** A metric that replicas are made for: of each pod, of one object, or of something outside the cluster. */
export type ScalingMetric =
  | { kind: 'pods'; metric: string; labels?: Labels; perReplica: number }
  | ({ kind: 'object'; metric: string; of: { apiVersion?: string; kind: string; name: string }; labels?: Labels } & Amount)
  | ({ kind: 'external'; metric: string; labels?: Labels } & Amount);
