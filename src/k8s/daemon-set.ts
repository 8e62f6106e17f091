import { Construct } from 'constructs';
import { podSelectorConfigOf, subjectOf } from './_cdk8s-plus';
import { define } from './_object';
import { podTemplateOf } from './_pod-template';
import { labelsOf } from '../spec/names';
import { versionLabelOf } from '../spec/releases';
import { checksumOf, runtimeConfigOf } from '../spec/runtime-config';
import type { Workload } from './target';
import type { DeploymentProps } from './workload';
import type { DaemonSet as Manifest } from '../imports/kubernetes';

/**
 * Defines a service that runs once on every node where it may.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 */
export class DaemonSet extends Construct implements Workload {
  readonly apiVersion = 'apps/v1';
  readonly kind = 'DaemonSet';
  readonly name: string;
  readonly workloadName: string;
  readonly serviceName: string;
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly metadata: { readonly namespace: string };
  readonly labels: Readonly<Record<string, string>>;
  /** Its pods, as cdk8s-plus asks for them: to select, to connect with, to give a role to. */
  readonly toPodSelectorConfig = () => podSelectorConfigOf(this);
  readonly toNetworkPolicyPeerConfig = () => ({ podSelector: podSelectorConfigOf(this) });
  readonly toPodSelector = () => this;
  readonly toSubjectConfiguration = () => subjectOf(this.name, this.metadata.namespace);

  constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    const { service, version } = props;
    const { name, namespace, rollout } = service;
    this.name = name;
    this.matchLabels = service.identity.selector;
    this.workloadName = service.identity.workload;
    this.serviceName = service.identity.service;
    this.metadata = { namespace };
    this.labels = labelsOf(service);
    const versioned = { ...this.labels, 'app.kubernetes.io/version': versionLabelOf(version) };
    // Only one of the two may be more than nothing; on a node, the old pod usually has to go first.
    const unavailable = rollout.maxUnavailable === 0 || rollout.maxUnavailable === '0%' ? 1 : rollout.maxUnavailable;
    define<Manifest>(this, 'Resource', {
      apiVersion: this.apiVersion, kind: this.kind, metadata: { name: this.workloadName, namespace, labels: versioned },
      spec: {
        revisionHistoryLimit: 5,
        selector: { matchLabels: { ...this.matchLabels } },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: unavailable } },
        ...(rollout.minReadySeconds ? { minReadySeconds: rollout.minReadySeconds } : {}),
        template: podTemplateOf({ service, version, labels: versioned, checksum: checksumOf(runtimeConfigOf(service), service.files) }),
      },
    });
  }
}
