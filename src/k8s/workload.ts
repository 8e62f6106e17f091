import { Construct } from 'constructs';
import { define } from './_object';
import { podTemplateOf } from './_pod-template';
import { labelsOf, selectorOf } from '../spec/names';
import { versionLabelOf } from '../spec/releases';
import { checksumOf, runtimeConfigOf, secretFilesOf } from '../spec/runtime-config';
import type { Workload } from './target';
import type { Deployment as Manifest } from '../imports/kubernetes';
import type { SettledService } from '../spec/settle';

export interface DeploymentProps {
  /** The service, settled for one environment. */
  readonly service: SettledService;
  /** The version that runs: tag, digest, or tag@digest. */
  readonly version: string;
}

/**
 * Defines the pods of a service, rolled without a gap. A changed configuration that the process cannot take over rolls them too.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class Deployment extends Construct implements Workload {
  readonly apiVersion = 'apps/v1';
  readonly kind = 'Deployment';
  readonly name: string;
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly metadata: { readonly namespace: string };
  readonly labels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    const { service, version } = props;
    const { name, namespace, scale } = service;
    this.name = name;
    this.matchLabels = selectorOf(name);
    this.metadata = { namespace };
    this.labels = labelsOf(service);
    const versioned = { ...this.labels, 'app.kubernetes.io/version': versionLabelOf(version) };
    const fixed = 'replicas' in scale;
    define<Manifest>(this, 'Resource', {
      apiVersion: this.apiVersion,
      kind: this.kind,
      metadata: {
        name, namespace,
        labels: versioned,
        // The autoscaler owns the number of replicas, so it is not written; Polaris asks for it all the same.
        ...(fixed ? {} : { annotations: { 'polaris.fairwinds.com/deploymentMissingReplicas-exempt': 'true' } }),
      },
      spec: {
        ...(fixed ? { replicas: scale.replicas } : {}),
        revisionHistoryLimit: 5,
        selector: { matchLabels: { ...this.matchLabels } },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
        template: podTemplateOf({
          service, version, labels: versioned,
          checksum: checksumOf(runtimeConfigOf(service)),
          secrets: secretFilesOf(service).length > 0,
        }),
      },
    });
  }
}
