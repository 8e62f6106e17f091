import { Construct } from 'constructs';
import { define } from './_object';
import { metadataOf, type Workload } from './target';
import type { ServiceAccount as Manifest } from '../imports/kubernetes';

export interface ServiceAccountProps {
  /** The workload whose identity it is. */
  readonly target: Workload;
  /** What the cloud reads: the role or account that the identity stands for. @default - nothing */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines the identity of a workload. Its token is not given to the pods: nothing here calls the Kubernetes API.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/
 */
export class ServiceAccount extends Construct {
  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    define<Manifest>(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { ...metadataOf(props.target, { labels: props.labels }), ...(props.annotations ? { annotations: { ...props.annotations } } : {}) },
      automountServiceAccountToken: false,
    });
  }
}
