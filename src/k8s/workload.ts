import { JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { podSelectorConfigOf, scalingTargetOf, subjectOf, type ScalingTarget } from './_cdk8s-plus';
import { define, type DefinedObject } from './_object';
import { podTemplateOf } from './_pod-template';
import { labelsOf } from '../spec/names';
import { versionLabelOf } from '../spec/releases';
import { checksumOf, runtimeConfigOf } from '../spec/runtime-config';
import { waive } from '../spec/waivers';
import type { Workload } from './target';
import type { Deployment as Manifest, PodTemplateSpec } from '../imports/kubernetes';
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
  readonly workloadName: string;
  readonly serviceName: string;
  readonly metadata: { readonly namespace: string };
  readonly labels: Readonly<Record<string, string>>;
  /** Its pods, as cdk8s-plus asks for them: to select, to connect with, to give a role to. */
  readonly toPodSelectorConfig = () => podSelectorConfigOf(this);
  readonly toNetworkPolicyPeerConfig = () => ({ podSelector: podSelectorConfigOf(this) });
  readonly toPodSelector = () => this;
  readonly toSubjectConfiguration = () => subjectOf(this.name, this.metadata.namespace);
  /** Whether an autoscaler owns the number of replicas. */
  hasAutoscaler: boolean;
  private readonly object: DefinedObject;
  private readonly template: PodTemplateSpec;
  private readonly replicas?: number;

  constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    const { service, version } = props;
    const { name, namespace, scale, rollout } = service;
    this.name = name;
    this.matchLabels = service.identity.selector;
    this.workloadName = service.identity.workload;
    this.serviceName = service.identity.service;
    this.metadata = { namespace };
    this.labels = labelsOf(service);
    const versioned = { ...this.labels, 'app.kubernetes.io/version': versionLabelOf(version) };
    const fixed = 'replicas' in scale;
    this.hasAutoscaler = !fixed;
    this.replicas = fixed ? scale.replicas : undefined;
    this.template = podTemplateOf({
      service, version, labels: versioned,
      checksum: checksumOf(runtimeConfigOf(service), service.files),
    });
    this.object = define<Manifest>(this, 'Resource', {
      apiVersion: this.apiVersion,
      kind: this.kind,
      metadata: {
        name: this.workloadName, namespace,
        labels: versioned,
      },
      spec: {
        ...(fixed ? { replicas: scale.replicas } : {}),
        revisionHistoryLimit: 5,
        selector: { matchLabels: { ...this.matchLabels } },
        strategy: rollout.recreate
          ? { type: 'Recreate' }
          : { type: 'RollingUpdate', rollingUpdate: { maxSurge: rollout.maxSurge, maxUnavailable: rollout.maxUnavailable } },
        ...(rollout.minReadySeconds ? { minReadySeconds: rollout.minReadySeconds } : {}),
        ...(rollout.progressSeconds === 600 ? {} : { progressDeadlineSeconds: rollout.progressSeconds }),
        template: this.template,
      },
    });
    if (!fixed) this.object.waive(noReplicas);
  }

  /** Tells the workload that an autoscaler owns the number of replicas, so that none is fixed. */
  markHasAutoscaler(): void {
    if (this.hasAutoscaler) return;
    this.hasAutoscaler = true;
    this.object.addJsonPatch(JsonPatch.remove('/spec/replicas'));
    this.object.waive(noReplicas);
  }

  /** What an autoscaler of cdk8s-plus scales. */
  toScalingTarget(): ScalingTarget {
    return scalingTargetOf(this, this.template.spec?.containers ?? [], this.hasAutoscaler ? undefined : this.replicas);
  }
}

/** Polaris asks for a number of replicas that kube-score forbids. */
const noReplicas = waive('deployment-single-replica', 'the autoscaler decides how many replicas there are, so no number is written');
