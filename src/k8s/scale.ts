import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { define } from './_object';
import { MartyError } from '../errors';
import { problemsOf } from '../spec/problems';
import { scaleSchema } from '../spec/scale';
import { behaviorOf, type ScaleDown, type ScaleUp } from '../spec/scaling-policies';
import { metadataOf, type Workload } from './target';
import type { HorizontalPodAutoscaler as Manifest, MetricSpec, MetricTarget, PodTemplateSpec } from '../imports/kubernetes';
import type { ScalingMetric } from '../spec/scaling-metrics';

export interface HorizontalPodAutoscalerProps {
  /** The workload that is scaled. */
  readonly target: Workload;
  /** Fewest replicas, 1 to 1000. */
  readonly min: number;
  /** Most replicas, more than `min`, at most 1000. */
  readonly max: number;
  /** Average use of the requested CPU that is aimed at, 1 to 100 percent; `'none'` where it tells nothing of the load. @default 70 */
  readonly cpuPercent?: number | 'none';
  /** Average use of the requested memory that is aimed at besides, 1 to 100 percent. */
  readonly memoryPercent?: number;
  /** A metric of the pods and its value per replica that is aimed at besides. */
  readonly perReplica?: { readonly metric: string; readonly value: number };
  /** Further metrics that are aimed at besides, at most 20; the one that asks for most replicas counts. @default [] */
  readonly metrics?: readonly ScalingMetric[];
  /** How fast replicas may come. @default - as fast as Kubernetes makes them */
  readonly scaleUp?: ScaleUp;
  /** How fast replicas may go; `'disabled'` when none ever should. @default - at once, after `calmSeconds` */
  readonly scaleDown?: ScaleDown;
  /** Seconds that a lower load must last before replicas go, 0 to 3600. @default 300 */
  readonly calmSeconds?: number;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines how many replicas of a workload run, by the load on them. What is shared out must be requested: a target whose containers do not
 * request the CPU or memory that is aimed at is refused when the app is synthesized.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 * @throws PROPS_INVALID when the range is none.
 */
export class HorizontalPodAutoscaler extends Construct {
  constructor(scope: Construct, id: string, props: HorizontalPodAutoscalerProps) {
    const { target, labels, ...range } = props;
    const problems = [...targetProblems(target), ...problemsOf(scaleSchema, range)];
    if (problems.length) throw new MartyError('PROPS_INVALID', `${scope.node.path}/${id} cannot scale ${target?.name}:`, { problems });
    super(scope, id);
    const { min, max, cpuPercent, memoryPercent, perReplica, metrics, calmSeconds } = { cpuPercent: 70, calmSeconds: 300, metrics: [], ...range };
    const behavior = behaviorOf({ ...range, calmSeconds });
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
          ...(cpuPercent === 'none' ? [] : [use('cpu', cpuPercent)]),
          ...(memoryPercent === undefined ? [] : [use('memory', memoryPercent)]),
          ...(perReplica ? [metricOf({ kind: 'pods', metric: perReplica.metric, perReplica: perReplica.value })] : []),
          ...metrics.map(metricOf),
        ],
        ...(behavior ? { behavior } : {}),
      },
    });
    const shared = [...(cpuPercent === 'none' ? [] : ['cpu']), ...(memoryPercent === undefined ? [] : ['memory'])];
    this.node.addValidation({ validate: () => unrequestedIn(target, shared) });
  }
}

/** Why a workload has no number of replicas. */
export function targetProblems(target: Workload) {
  return target.kind === 'DaemonSet'
    ? [{ path: 'target', message: 'is a DaemonSet, which runs one pod per node, expected a workload with a number of replicas' }] : [];
}

function use(name: string, averageUtilization: number): MetricSpec {
  return { type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } };
}

function metricOf(wanted: ScalingMetric): MetricSpec {
  const { metric: name, labels = {} } = wanted;
  const metric = { name, ...(Object.keys(labels).length ? { selector: { matchLabels: { ...labels } } } : {}) };
  const target: MetricTarget = 'value' in wanted && wanted.value !== undefined
    ? { type: 'Value', value: String(wanted.value) } : { type: 'AverageValue', averageValue: String(wanted.perReplica) };
  switch (wanted.kind) {
    case 'pods': return { type: 'Pods', pods: { metric, target } };
    case 'object': return { type: 'Object', object: { metric, target, describedObject: { apiVersion: 'v1', ...wanted.of } } };
    case 'external': return { type: 'External', external: { metric, target } };
  }
}

/** What the pods of a target do not request, although a share of it is aimed at; of a target that is no construct nothing is known. */
function unrequestedIn(target: Workload, resources: readonly string[]): string[] {
  if (!Construct.isConstruct(target)) return [];
  const own = target.node.findAll().find(construct => ApiObject.isApiObject(construct) && construct.kind === target.kind);
  const { template } = ((own as ApiObject | undefined)?.toJson() as { spec?: { template?: PodTemplateSpec } } | undefined)?.spec ?? {};
  const { containers = [], initContainers = [] } = template?.spec ?? {};
  const counted = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')];
  // A limit is a request where none is said.
  return counted.flatMap(({ name, resources: { requests, limits } = {} }) => resources
    .filter(resource => requests?.[resource] === undefined && limits?.[resource] === undefined)
    .map(resource => `target: the container ${name} of ${target.kind} ${target.name} requests no ${resource}, expected some, a share of which is aimed at; request it, or aim at another metric`));
}
