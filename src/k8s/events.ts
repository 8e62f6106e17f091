import { Construct } from 'constructs';
import { define } from './_object';
import { MartyError } from '../errors';
import { problemsOf } from '../spec/problems';
import { scaleSchema } from '../spec/scale';
import { behaviorOf, type ScaleDown, type ScaleUp } from '../spec/scaling-policies';
import { targetProblems } from './scale';
import { metadataOf, type Workload } from './target';
import type { ScaledObject as Manifest, ScaledObjectSpecTrigger } from '../imports/keda';
import type { Fallback, Trigger } from '../spec/scaling-triggers';

export interface ScaledObjectProps {
  /** The workload that is scaled. */
  readonly target: Workload;
  /** Fewest replicas, 0 to 1000. */
  readonly min: number;
  /** Most replicas, more than `min`. */
  readonly max: number;
  /** What replicas are made for. */
  readonly triggers: readonly Trigger[];
  /** Replicas while there are no events, where that is fewer than `min`: 0, the only number that KEDA knows. @default - `min` */
  readonly idleReplicas?: 0;
  /** How many replicas run while the source of events does not answer. @default - as many as there are */
  readonly fallback?: Fallback;
  /** Seconds between two looks at the source of events, 1 to 3600. @default 30 */
  readonly pollingSeconds?: number;
  /** How fast replicas may come. @default - as fast as Kubernetes makes them */
  readonly scaleUp?: ScaleUp;
  /** How fast replicas may go; `'disabled'` when none ever should while there are events. @default - at once, after `calmSeconds` */
  readonly scaleDown?: ScaleDown;
  /** Seconds without events after which replicas go, 0 to 86400; all but the last one after 3600 at the latest. @default 300 */
  readonly calmSeconds?: number;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines how many replicas of a workload run by the events that wait for it, none when there are none.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 * @throws PROPS_INVALID when the range is none, or KEDA would refuse it.
 */
export class ScaledObject extends Construct {
  constructor(scope: Construct, id: string, props: ScaledObjectProps) {
    const { target, labels, ...events } = props;
    const problems = [...targetProblems(target), ...problemsOf(scaleSchema, events)];
    if (problems.length) throw new MartyError('PROPS_INVALID', `${scope.node.path}/${id} cannot scale ${target?.name}:`, { problems });
    super(scope, id);
    const { min, max, triggers, idleReplicas, fallback, pollingSeconds = 30, calmSeconds = 300 } = events;
    const behavior = behaviorOf({ ...events, calmSeconds });
    target.markHasAutoscaler?.();
    define<Manifest>(this, 'Resource', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: metadataOf(target, { labels }),
      spec: {
        scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.workloadName ?? target.name },
        minReplicaCount: min,
        maxReplicaCount: max,
        ...(idleReplicas === undefined ? {} : { idleReplicaCount: idleReplicas }),
        ...(pollingSeconds === 30 ? {} : { pollingInterval: pollingSeconds }),
        cooldownPeriod: calmSeconds,
        ...(fallback ? { fallback: fallbackOf(fallback) } : {}),
        ...(behavior ? { advanced: { horizontalPodAutoscalerConfig: { behavior } } } : {}),
        triggers: triggers.map(triggerOf),
      },
    });
  }
}

function fallbackOf({ failures, replicas, behavior = 'static' }: Fallback) {
  return { failureThreshold: failures, replicas, ...(behavior === 'static' ? {} : { behavior }) };
}

function triggerOf({ type, metadata, authentication, metricType }: Trigger): ScaledObjectSpecTrigger {
  const { name, kind } = typeof authentication === 'object' ? authentication : { name: authentication, kind: undefined };
  return {
    type,
    metadata: { ...metadata },
    ...(metricType ? { metricType } : {}),
    ...(name === undefined ? {} : { authenticationRef: { name, ...(kind === 'ClusterTriggerAuthentication' ? { kind } : {}) } }),
  };
}
