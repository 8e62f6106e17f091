import { Construct } from 'constructs';
import { define } from './_object';
import { metadataOf, selectorFor, type Workload } from './target';
import type { Service as Manifest, ServicePort as ServicePortManifest } from '../imports/kubernetes';
import type { Protocol } from '../spec/ports';

export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** What a mesh or a gateway should expect there. @default - what follows from the protocol; for `tcp` nothing */
  readonly appProtocol?: string;
}

export interface ServiceProps {
  /** The workload whose pods are reached. */
  readonly target: Workload;
  /** The ports; the same number inside and outside of the pods. */
  readonly ports: readonly ServicePort[];
  /** Whether clients get the addresses of the pods rather than one of its own. @default false */
  readonly headless?: boolean;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
  /** The object's annotations. @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What a mesh or a gateway should expect on a port. @see https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol */
const appProtocols: Readonly<Record<Protocol, string | undefined>> = { http: 'http', grpc: 'kubernetes.io/h2c', tcp: undefined };

/**
 * Defines the stable name under which a workload's pods are reached inside the cluster.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export class Service extends Construct {
  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    const { target, ports, labels, annotations = {}, headless = false } = props;
    define<Manifest>(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...metadataOf(target, { labels, name: target.serviceName }),
        ...(Object.keys(annotations).length ? { annotations: { ...annotations } } : {}),
      },
      spec: {
        type: 'ClusterIP',
        ...(headless ? { clusterIP: 'None', publishNotReadyAddresses: true } : {}),
        selector: selectorFor(target).matchLabels,
        ...(ports.length ? { ports: ports.map(portManifestOf) } : {}),
      },
    });
  }
}

/** A port of a Service, which leads to the port of the same name in the pods. */
export function portManifestOf({ name, port, protocol, appProtocol = appProtocols[protocol] }: ServicePort): ServicePortManifest {
  return { name, port, targetPort: name, protocol: 'TCP', ...(appProtocol ? { appProtocol } : {}) };
}
