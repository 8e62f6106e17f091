import { Construct } from 'constructs';
import { define } from './_object';
import { management } from '../spec/ports';
import { metadataOf, selectorFor, type Workload } from './target';
import type { PodMonitor as PodManifest, ServiceMonitor as Manifest } from '../imports/monitoring';

export interface ServiceMonitorProps {
  /** The workload that is scraped; a ServiceMonitor finds it through a Service of the same labels. */
  readonly target: Workload;
  /** The labels by which the cluster's Prometheus selects monitors. @default {} */
  readonly monitorLabels?: Readonly<Record<string, string>>;
  /** The name of the port. @default 'management' */
  readonly port?: string;
  /** The path of the metrics. @default '/metrics' */
  readonly path?: string;
  /** Seconds between two scrapes, 1 to 3600. @default 30 */
  readonly intervalSeconds?: number;
  /** The object's labels besides. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines what Prometheus scrapes of a workload.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export class ServiceMonitor extends Construct {
  constructor(scope: Construct, id: string, props: ServiceMonitorProps) {
    super(scope, id);
    const { target, monitorLabels = {}, port = management.name, path = management.metrics, intervalSeconds = 30, labels } = props;
    const { labels: own, ...metadata } = metadataOf(target, { labels });
    define<Manifest>(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { ...metadata, labels: { ...own, ...monitorLabels } },
      spec: {
        jobLabel: 'app.kubernetes.io/name',
        selector: selectorFor(target),
        endpoints: [{ port, path, interval: `${intervalSeconds}s` }],
      },
    });
  }
}

/**
 * Defines what Prometheus scrapes of pods that no Service finds, such as those of jobs.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor
 */
export class PodMonitor extends Construct {
  constructor(scope: Construct, id: string, props: ServiceMonitorProps) {
    super(scope, id);
    const { target, monitorLabels = {}, port = management.name, path = management.metrics, intervalSeconds = 30, labels } = props;
    const { labels: own, ...metadata } = metadataOf(target, { labels });
    define<PodManifest>(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { ...metadata, labels: { ...own, ...monitorLabels } },
      spec: {
        jobLabel: 'app.kubernetes.io/name',
        selector: selectorFor(target),
        podMetricsEndpoints: [{ port, path, interval: `${intervalSeconds}s` }],
      },
    });
  }
}
