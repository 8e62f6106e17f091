import { Construct } from 'constructs';
import { define } from './_object';
import { metadataOf, type Workload } from './target';
import type { GRPCRoute as GrpcManifest, HTTPRoute as HttpManifest, TLSRoute as TlsManifest } from '../imports/gateway';

/** What carries the traffic: a Gateway, or the listeners that a service brought to one. */
export interface RouteParent {
  /** @default 'Gateway' */
  readonly kind?: 'Gateway' | 'ListenerSet';
  readonly name: string;
  /** @default - the namespace of the route */
  readonly namespace?: string;
}

export interface RouteProps {
  /** The workload that is exposed, through the Service of its name. */
  readonly target: Workload;
  /** What carries the traffic. */
  readonly gateway: RouteParent;
  /** The host names, 1 to 16; `*.` stands for one name before the rest. */
  readonly hosts: readonly string[];
  /** The number of the Service's port. */
  readonly port: number;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/** One path of a service, and the port that answers. */
export interface PathRule {
  /** The path. */
  readonly path: string;
  /** Whether everything below the path is meant too, or it alone. @default 'prefix' */
  readonly match?: 'prefix' | 'exact';
  /** The number of the Service's port. */
  readonly port: number;
}

export interface HTTPRouteProps extends Omit<RouteProps, 'port'> {
  /** The paths, 1 to 16. */
  readonly rules: readonly PathRule[];
}

/**
 * Defines which requests from outside of the cluster a service gets.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export class HTTPRoute extends Construct {
  constructor(scope: Construct, id: string, props: HTTPRouteProps) {
    super(scope, id);
    define<HttpManifest>(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      ...shared(props),
      spec: {
        ...about(props),
        rules: props.rules.map(({ path, match = 'prefix', port }) => ({
          matches: [{ path: { type: match === 'exact' ? 'Exact' as const : 'PathPrefix' as const, value: path } }],
          backendRefs: [backend(props.target, port)],
        })),
      },
    });
  }
}

/**
 * Defines which gRPC requests from outside of the cluster a service gets.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/grpcroute/
 */
export class GRPCRoute extends Construct {
  constructor(scope: Construct, id: string, props: RouteProps) {
    super(scope, id);
    define<GrpcManifest>(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GRPCRoute',
      ...shared(props),
      spec: { ...about(props), rules: [{ backendRefs: [backend(props.target, props.port)] }] },
    });
  }
}

/**
 * Defines which TLS connections from outside of the cluster a service gets, with the encryption that the client began.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/tlsroute/
 */
export class TLSRoute extends Construct {
  constructor(scope: Construct, id: string, props: RouteProps) {
    super(scope, id);
    define<TlsManifest>(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'TLSRoute',
      ...shared(props),
      spec: { ...about(props), rules: [{ backendRefs: [backend(props.target, props.port)] }] },
    });
  }
}

const shared = ({ target, labels }: Pick<RouteProps, 'target' | 'labels'>) => ({ metadata: metadataOf(target, { labels }) });

const about = ({ gateway: { kind = 'Gateway', name, namespace }, hosts }: Pick<RouteProps, 'gateway' | 'hosts'>) => ({
  parentRefs: [{ group: 'gateway.networking.k8s.io', kind, name, ...(namespace ? { namespace } : {}) }],
  hostnames: [...hosts],
});

/**
 * With everything that the server would fill in: what it fills into a list that has no keys looks like a change to it at each apply, and like
 * drift to Argo CD.
 */
const backend = (target: Workload, port: number) => ({ group: '', kind: 'Service', name: target.serviceName ?? target.name, port, weight: 1 });
