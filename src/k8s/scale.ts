import { Construct } from 'constructs';
import { define } from './_object';
import { MartyError } from '../errors';
import { problemsOf } from '../spec/problems';
import { scaleSchema } from '../spec/scale';
import { metadataOf, type Workload } from './target';
import type { HorizontalPodAutoscaler as Manifest } from '../imports/kubernetes';

export interface HorizontalPodAutoscalerProps {
  /** The workload that is scaled. */
  readonly target: Workload;
  /** Fewest replicas, 1 to 1000. */
  readonly min: number;
  /** Most replicas, more than `min`, at most 1000. */
  readonly max: number;
  /** Average use of the requested CPU that is aimed at, 1 to 100 percent. @default 70 */
  readonly cpuPercent?: number;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines how many replicas of a workload run, by the CPU that they use.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 * @throws PROPS_INVALID when the range is none.
 */
export class HorizontalPodAutoscaler extends Construct {
  constructor(scope: Construct, id: string, props: HorizontalPodAutoscalerProps) {
    const { target, labels, ...range } = props;
    const problems = problemsOf(scaleSchema, range);
    if (problems.length) throw new MartyError('PROPS_INVALID', `${scope.node.path}/${id} cannot scale ${target?.name}:`, { problems });
    super(scope, id);
    const { min, max, cpuPercent } = { cpuPercent: 70, ...range };
    target.markHasAutoscaler?.();
    define<Manifest>(this, 'Resource', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadataOf(target, { labels }),
      spec: {
        scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
        minReplicas: min,
        maxReplicas: max,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuPercent } } }],
      },
    });
  }
}
