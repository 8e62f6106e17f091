import { Construct } from 'constructs';
import { define } from './_object';
import { metadataOf, type Workload } from './target';
import type { ListenerSet as Manifest } from '../imports/gateway';

export interface ListenerSetProps {
  /** The workload that is exposed. */
  readonly target: Workload;
  /** The Gateway that takes the listeners in; its `allowedListeners` has to allow the namespace. */
  readonly gateway: { readonly name: string; readonly namespace: string };
  /** The host names, 1 to 16. */
  readonly hosts: readonly string[];
  /** The Secret that holds the certificate. @default - none: TLS passes through */
  readonly certificate?: string;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines listeners on port 443 that a service brings to a Gateway, one per host.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/listenerset/
 */
export class ListenerSet extends Construct {
  constructor(scope: Construct, id: string, props: ListenerSetProps) {
    super(scope, id);
    const { target, gateway, hosts, certificate, labels } = props;
    define<Manifest>(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ListenerSet',
      metadata: metadataOf(target, { labels }),
      spec: {
        parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway.name, namespace: gateway.namespace },
        listeners: hosts.map((hostname, index) => ({
          name: `${certificate ? 'https' : 'tls'}-${index}`,
          hostname,
          port: 443,
          ...(certificate
            ? { protocol: 'HTTPS', tls: { mode: 'Terminate' as const, certificateRefs: [{ group: '', kind: 'Secret', name: certificate }] } }
            : { protocol: 'TLS', tls: { mode: 'Passthrough' as const } }),
        })),
      },
    });
  }
}
