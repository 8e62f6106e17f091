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
  /** Average use of the requested memory that is aimed at besides, 1 to 100 percent. */
  readonly memoryPercent?: number;
  /** A metric of the pods and its value per replica that is aimed at besides. */
  readonly perReplica?: { readonly metric: string; readonly value: number };
  /** Seconds that a lower load must last before replicas go, 0 to 3600. @default 300 */
  readonly calmSeconds?: number;
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
    const problems = [
      ...(target.kind === 'DaemonSet' ? [{ path: 'target', message: 'is a DaemonSet, which runs one pod per node, expected a workload with a number of replicas' }] : []),
      ...problemsOf(scaleSchema, range),
    ];
    if (problems.length) throw new MartyError('PROPS_INVALID', `${scope.node.path}/${id} cannot scale ${target?.name}:`, { problems });
    super(scope, id);
    const { min, max, cpuPercent, memoryPercent, perReplica, calmSeconds } = { cpuPercent: 70, calmSeconds: 300, ...range };
    const use = (name: string, averageUtilization: number) => (
      { type: 'Resource' as const, resource: { name, target: { type: 'Utilization' as const, averageUtilization } } });
    target.markHasAutoscaler?.();
    define<Manifest>(this, 'Resource', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadataOf(target, { labels }),
      spec: {
        scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.workloadName ?? target.name },
        minReplicas: min,
        maxReplicas: max,
        metrics: [
          use('cpu', cpuPercent),
          ...(memoryPercent === undefined ? [] : [use('memory', memoryPercent)]),
          ...(perReplica ? [{ type: 'Pods' as const, pods: { metric: { name: perReplica.metric }, target: { type: 'AverageValue' as const, averageValue: String(perReplica.value) } } }] : []),
        ],
        ...(calmSeconds === 300 ? {} : { behavior: { scaleDown: { stabilizationWindowSeconds: calmSeconds } } }),
      },
    });
  }
}
