import { Construct } from 'constructs';
import { define } from './_object';
import { metadataOf, type Workload } from './target';
import type { GRPCRoute as GrpcManifest, HTTPRoute as Manifest } from '../imports/gateway';

export interface RouteProps {
  /** The workload that is exposed, through the Service of its name. */
  readonly target: Workload;
  /** The Gateway that carries the traffic. */
  readonly gateway: { readonly name: string; readonly namespace: string };
  /** The host name. */
  readonly host: string;
  /** The path, and everything below it; of an HTTP route only. @default '/' */
  readonly path?: string;
  /** The number of the Service's port. */
  readonly port: number;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines how a service is reached from outside of the cluster.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export class HTTPRoute extends Construct {
  constructor(scope: Construct, id: string, props: RouteProps) {
    super(scope, id);
    const { target, gateway, host, path = '/', port, labels } = props;
    define<Manifest>(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: metadataOf(target, { labels }),
      spec: {
        parentRefs: [{ name: gateway.name, namespace: gateway.namespace }],
        hostnames: [host],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: path } }], backendRefs: [{ name: target.serviceName ?? target.name, port }] }],
      },
    });
  }
}

/**
 * Defines how a gRPC service is reached from outside of the cluster.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/grpcroute/
 */
export class GRPCRoute extends Construct {
  constructor(scope: Construct, id: string, props: RouteProps) {
    super(scope, id);
    const { target, gateway, host, port, labels } = props;
    define<GrpcManifest>(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GRPCRoute',
      metadata: metadataOf(target, { labels }),
      spec: {
        parentRefs: [{ name: gateway.name, namespace: gateway.namespace }],
        hostnames: [host],
        rules: [{ backendRefs: [{ name: target.serviceName ?? target.name, port }] }],
      },
    });
  }
}
