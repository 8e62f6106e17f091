import { Construct } from 'constructs';
import { define } from './_object';
import { MartyError } from '../errors';
import { disruptionSchema, type Disruption } from '../spec/disruption';
import { problemsOf } from '../spec/problems';
import { metadataOf, selectorFor, type Workload } from './target';
import type { PodDisruptionBudget as Manifest } from '../imports/kubernetes';

export type PodDisruptionBudgetProps = {
  /** The workload that is protected. */
  readonly target: Workload;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
} & Readonly<Disruption>;

/**
 * Defines what voluntary disruptions must leave alone. A pod that is broken anyway never stops a drain.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 * @throws PROPS_INVALID when the budget is none.
 */
export class PodDisruptionBudget extends Construct {
  constructor(scope: Construct, id: string, props: PodDisruptionBudgetProps) {
    const { target, labels, ...budget } = props;
    const problems = problemsOf(disruptionSchema, budget);
    if (problems.length) throw new MartyError('PROPS_INVALID', `${scope.node.path}/${id} cannot protect ${target?.name}:`, { problems });
    super(scope, id);
    define<Manifest>(this, 'Resource', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadataOf(target, { labels }),
      spec: { ...budget, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: selectorFor(target) },
    });
  }
}
