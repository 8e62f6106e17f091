import { Construct } from 'constructs';
import { define } from './_object';
import { metadataOf, type Workload } from './target';
import type { ScaledObject as Manifest } from '../imports/keda';

export interface ScaledObjectProps {
  /** The workload that is scaled. */
  readonly target: Workload;
  /** Fewest replicas, 0 to 1000. */
  readonly min: number;
  /** Most replicas, more than `min`. */
  readonly max: number;
  /** What replicas are made for. */
  readonly triggers: readonly { readonly type: string; readonly metadata: Readonly<Record<string, string>>; readonly authentication?: string }[];
  /** Seconds without events after which replicas go. @default 300 */
  readonly calmSeconds?: number;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines how many replicas of a workload run by the events that wait for it, none when there are none.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export class ScaledObject extends Construct {
  constructor(scope: Construct, id: string, props: ScaledObjectProps) {
    super(scope, id);
    const { target, min, max, triggers, calmSeconds = 300, labels } = props;
    target.markHasAutoscaler?.();
    define<Manifest>(this, 'Resource', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: metadataOf(target, { labels }),
      spec: {
        scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
        minReplicaCount: min,
        maxReplicaCount: max,
        cooldownPeriod: calmSeconds,
        triggers: triggers.map(({ type, metadata, authentication }) => (
          { type, metadata: { ...metadata }, ...(authentication ? { authenticationRef: { name: authentication } } : {}) })),
      },
    });
  }
}
