import { Construct } from 'constructs';
import { define } from './_object';
import { metadataOf, type Workload } from './target';
import type { PathRule } from './exposure';
import type { Ingress as Manifest } from '../imports/kubernetes';

export interface IngressProps {
  /** The workload that is exposed, through the Service of its name. */
  readonly target: Workload;
  /** The IngressClass of the controller. */
  readonly ingressClass: string;
  /** The host names; `*.` stands for one name before the rest. */
  readonly hosts: readonly string[];
  /** The paths. */
  readonly rules: readonly PathRule[];
  /** The Secret that holds the certificate. @default - the controller's own certificate */
  readonly certificate?: string;
  /** What the controller wants to know besides. @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines which requests from outside of the cluster a service gets, always over TLS.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export class Ingress extends Construct {
  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id);
    const { target, ingressClass, hosts, rules, certificate, annotations = {}, labels } = props;
    const service = target.serviceName ?? target.name;
    define<Manifest>(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { ...metadataOf(target, { labels }), ...(Object.keys(annotations).length ? { annotations: { ...annotations } } : {}) },
      spec: {
        ingressClassName: ingressClass,
        tls: [{ hosts: [...hosts], ...(certificate ? { secretName: certificate } : {}) }],
        rules: hosts.map(host => ({
          host,
          http: {
            paths: rules.map(({ path, match = 'prefix', port }) => ({
              path, pathType: match === 'exact' ? 'Exact' as const : 'Prefix' as const, backend: { service: { name: service, port: { number: port } } },
            })),
          },
        })),
      },
    });
  }
}
